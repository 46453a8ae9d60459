import type { JSONObject } from '@segment/actions-core'
import type { Fault } from '../sandbox/contract'
import * as limits from '../src/marketo/limits'
import { eventOf, leadFields, leadWith, sendOne, statusesOf, times, WAYS } from './support/events'
import type { Who } from './support/events'
import { anonymousTracking, callsOf, sendBatch, settings, useSandbox } from './support/marketo'
import type { Sending, TestEvent } from './support/marketo'

const sandbox = useSandbox()
const time: { BATCH_MS: number } = limits
const ADA = { id: 7, email: 'ada@example.com', userId: 'ada' }
const BOB = { id: 8, email: 'bob@example.com', userId: 'bob' }
beforeEach(() => {
  sandbox().reset({ leads: [ADA, BOB] })
  sandbox().setLimits({ callsPerWindow: 100_000 })
})
afterEach(() => jest.restoreAllMocks())

/** The sandbox's static lists. */
const NEWSLETTER = 1001
const TRIAL = 1002

const membersOf = (listId: number) =>
  sandbox()
    .state()
    .lists.find(({ id }) => id === listId)?.leadIds
const calls = () => sandbox().state().usage.byEndpoint

/** What an audience of Engage says when somebody enters or leaves it. */
const audienceEvent = (who: Who, isMember: boolean, listId = NEWSLETTER): TestEvent => ({
  ...eventOf(who),
  type: 'track',
  event: isMember ? 'Audience Entered' : 'Audience Exited',
  properties: { audience_key: 'vip', vip: isMember },
  context: {
    personas: { computation_class: 'audience', computation_key: 'vip', external_audience_id: String(listId) }
  }
})

/** What reverse ETL says of a row. */
const rowEvent = (who: Who, event: 'new' | 'updated' | 'deleted'): TestEvent => ({
  ...eventOf(who),
  type: 'track',
  event
})

const put = (membership: 'add' | 'remove', more: JSONObject = {}): Sending => ({
  mapping: { listId: NEWSLETTER, membership, ...more }
})

/** Lets the events themselves say what they are for. */
const asEventSays: Sending = {
  mapping: { listId: { '@path': '$.traits.list' }, membership: { '@path': '$.traits.membership' } }
}
const said = (who: Who, membership: string, list = NEWSLETTER) => eventOf(who, { membership, list })

describe.each(WAYS)('An audience (%s)', (way) => {
  it('puts who enters on its list, and takes off who leaves', async () => {
    expect(await sendOne(way, 'syncList', audienceEvent(ADA, true))).toMatchObject({
      status: 200,
      body: { id: 7, status: 'added' }
    })
    expect(membersOf(NEWSLETTER)).toEqual([7])
    expect(await sendOne(way, 'syncList', audienceEvent(ADA, false))).toMatchObject({
      status: 200,
      body: { id: 7, status: 'removed' }
    })
    expect(membersOf(NEWSLETTER)).toEqual([])
  })

  it('that tells of its members by Identify events is followed, too', async () => {
    const event = { ...audienceEvent(ADA, true), type: 'identify' as const, traits: { vip: true } }
    expect((await sendOne(way, 'syncList', event)).status).toBe(200)
    expect(membersOf(NEWSLETTER)).toEqual([7])
  })

  it('without a list is refused by Segment, which names the field', async () => {
    const report = await sendOne(way, 'syncList', { ...eventOf(ADA) }, { mapping: { membership: 'add' } })
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('listId') as string })
  })
})

describe.each(WAYS)('Reverse ETL (%s)', (way) => {
  it.each<[string, 'new' | 'updated' | 'deleted', 'on the list' | 'off the list' | 'refused']>([
    ['mirror', 'new', 'on the list'],
    ['mirror', 'updated', 'on the list'],
    ['mirror', 'deleted', 'off the list'],
    ['add', 'new', 'on the list'],
    ['add', 'deleted', 'refused'],
    ['update', 'updated', 'on the list'],
    ['upsert', 'new', 'on the list'],
    ['upsert', 'updated', 'on the list'],
    ['upsert', 'deleted', 'refused'],
    ['delete', 'deleted', 'off the list'],
    ['delete', 'new', 'refused']
  ])('with sync mode %s: a row that is %s is %s', async (mode, event, end) => {
    if (end === 'off the list') await sendOne(way, 'syncList', eventOf(ADA), put('add'))
    const mapping = { listId: NEWSLETTER, __segment_internal_sync_mode: mode }
    const report = await sendOne(way, 'syncList', rowEvent(ADA, event), { mapping })
    expect(report.status).toBe(end === 'refused' ? 400 : 200)
    expect(membersOf(NEWSLETTER)).toEqual(end === 'on the list' ? [7] : [])
  })
})

describe.each(WAYS)('Membership (%s)', (way) => {
  it.each<['add' | 'remove', number[]]>([
    ['add', [7]],
    ['remove', []]
  ])('set to %s wins over what the event says', async (membership, members) => {
    await sendOne(way, 'syncList', audienceEvent(ADA, membership === 'remove'), put(membership))
    expect(membersOf(NEWSLETTER)).toEqual(members)
  })

  it('that nothing tells is refused, with what to do, before a call is made', async () => {
    const report = await sendOne(way, 'syncList', eventOf(ADA), { mapping: { listId: NEWSLETTER } })
    expect(report).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/^Membership is unknown.*Set Membership to Add or Remove/) as string
    })
    expect(sandbox().state().usage.total).toBe(0)
  })

  it.each([0, -5])('on the list %d is refused, and the message names the field', async (listId) => {
    const report = await sendOne(way, 'syncList', eventOf(ADA), put('add', { listId }))
    expect(report).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/^Static List ID must be/) as string
    })
  })

  it('on a list that Marketo does not have is refused', async () => {
    const report = await sendOne(way, 'syncList', eventOf(ADA), put('add', { listId: 99 }))
    expect(report).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/1013.*correct Static List ID/) as string
    })
  })
})

describe.each(WAYS)('What is already so is done (%s)', (way) => {
  it('for somebody who is on the list already', async () => {
    await sendOne(way, 'syncList', eventOf(ADA), put('add'))
    expect((await sendOne(way, 'syncList', eventOf(ADA), put('add'))).status).toBe(200)
    expect(membersOf(NEWSLETTER)).toEqual([7])
  })

  it('for somebody who is to leave and is not on the list', async () => {
    expect(await sendOne(way, 'syncList', eventOf(ADA), put('remove'))).toMatchObject({
      status: 200,
      body: { reasons: [{ code: '1015' }] }
    })
  })

  it.each<[string, Who, JSONObject]>([
    ['whom Marketo does not know', { userId: 'eve', email: 'eve@example.com' }, {}],
    ['whose lead is gone', {}, { leadId: 99 }]
  ])('for somebody who is to leave and %s: nobody is created', async (_what, who, more) => {
    expect(await sendOne(way, 'syncList', eventOf(who), put('remove', more))).toMatchObject({
      status: 200,
      body: { result: expect.stringContaining('nothing to remove') as string }
    })
    expect(leadFields(sandbox())).toHaveLength(2)
    expect(calls().syncLeads).toBeUndefined()
  })
})

describe.each(WAYS)('Somebody new (%s)', (way) => {
  const eve = eventOf({ userId: 'eve', email: 'eve@example.com' }, { city: 'Paris' })

  it('becomes a lead with no more than the keys, in the partition of the mapping, and is put on the list', async () => {
    expect((await sendOne(way, 'syncList', eve, put('add', { partitionName: 'EMEA' }))).status).toBe(200)
    const lead = leadWith(sandbox(), 'userId', 'eve')
    expect(lead).toMatchObject({ partition: 'EMEA', fields: { email: 'eve@example.com', userId: 'eve' } })
    expect(lead.fields.city).toBeUndefined()
    expect(membersOf(NEWSLETTER)).toEqual([lead.id])
  })

  it('with Create Lead off fails as a lead not found', async () => {
    const report = await sendOne(way, 'syncList', eve, put('add', { createLead: false }))
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringMatching(/No lead.*Create Lead/) as string })
    expect(leadFields(sandbox())).toHaveLength(2)
  })
})

describe('In a batch', () => {
  it('the last word about a person counts, by whatever key the person is known', async () => {
    const events = [
      said({ userId: 'ada' }, 'add'),
      said({ email: ADA.email, userId: 'ada' }, 'remove'),
      said(BOB, 'remove'),
      said({ userId: 'bob' }, 'add')
    ]
    expect(statusesOf(await sendBatch('syncList', events, asEventSays))).toEqual([200, 200, 200, 200])
    expect(membersOf(NEWSLETTER)).toEqual([8])
    expect(calls()).toMatchObject({ addToList: 1, removeFromList: 1 })
  })

  it('somebody who is to leave before being known is created only when coming back', async () => {
    const eve = { userId: 'eve' }
    const reports = await sendBatch('syncList', [said(eve, 'remove'), said(eve, 'add')], asEventSays)
    expect(statusesOf(reports)).toEqual([200, 200])
    expect(membersOf(NEWSLETTER)).toEqual([leadWith(sandbox(), 'userId', 'eve').id])
  })

  it('several lists are kept apart, each with one call for those who enter and one for those who leave', async () => {
    const events = [NEWSLETTER, TRIAL, 99].flatMap((list) => [said(ADA, 'add', list), said(BOB, 'remove', list)])
    expect(statusesOf(await sendBatch('syncList', events, asEventSays))).toEqual([200, 200, 200, 200, 400, 400])
    expect([membersOf(NEWSLETTER), membersOf(TRIAL)]).toEqual([[7], [7]])
    expect(calls()).toMatchObject({ addToList: 3, removeFromList: 3 })
  })

  it('a bad event costs no other', async () => {
    const events = [said(ADA, 'add'), said(BOB, 'maybe'), said({}, 'add'), said(BOB, 'add')]
    expect(statusesOf(await sendBatch('syncList', events, asEventSays))).toEqual([200, 400, 400, 200])
    expect(membersOf(NEWSLETTER)).toEqual([7, 8])
  })

  it('unknown membership costs only the events that do not say it', async () => {
    const events = [audienceEvent(ADA, true), { ...audienceEvent(BOB, true), properties: {} }, audienceEvent(BOB, true)]
    expect(statusesOf(await sendBatch('syncList', events))).toEqual([200, 400, 200])
  })

  it('membership stays with its event when Segment refuses the one before', async () => {
    const events = [{ ...audienceEvent(ADA, true), context: {} }, audienceEvent(ADA, false), audienceEvent(BOB, true)]
    expect(statusesOf(await sendBatch('syncList', events))).toEqual([400, 200, 200])
    expect(membersOf(NEWSLETTER)).toEqual([8])
  })
})

describe('The list that a mapping is connected to', () => {
  const connected = (id: unknown): Sending => ({
    mapping: {
      listId: NEWSLETTER,
      membership: 'add',
      retlOnMappingSave: { inputs: {}, outputs: { id, name: 'Trial Users' } } as JSONObject
    }
  })

  it.each(WAYS)('goes before the field Static List ID (%s)', async (way) => {
    expect((await sendOne(way, 'syncList', eventOf(ADA), connected(String(TRIAL)))).status).toBe(200)
    expect([membersOf(NEWSLETTER), membersOf(TRIAL)]).toEqual([[], [7]])
  })

  it('is refused when what was saved is no ID', async () => {
    const report = await sendOne('batch', 'syncList', eventOf(ADA), connected({ id: TRIAL }))
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('Static List ID') as string })
  })

  it('does not count when there is none', async () => {
    await sendOne('batch', 'syncList', eventOf(ADA), connected(''))
    expect(membersOf(NEWSLETTER)).toEqual([7])
  })
})

describe('A lead that is lost between look-up and list', () => {
  it('is looked up once more, created anew, and put on the list', async () => {
    sandbox().intrude('addToList', ({ leads }) => {
      for (const lead of leads.all().filter(({ id }) => id === 7)) leads.delete(lead)
    })
    const reports = await sendBatch('syncList', [said(ADA, 'add'), said(BOB, 'add')], asEventSays)
    expect(statusesOf(reports)).toEqual([200, 200])
    expect(membersOf(NEWSLETTER)).toEqual([8, leadWith(sandbox(), 'userId', 'ada').id])
  })

  it('is done when it was to leave', async () => {
    sandbox().intrude('removeFromList', ({ leads }) => {
      for (const lead of leads.all()) leads.delete(lead)
    })
    const reports = await sendBatch('syncList', [said(ADA, 'remove'), said(BOB, 'remove')], asEventSays)
    expect(statusesOf(reports)).toEqual([200, 200])
    expect(leadFields(sandbox())).toEqual([])
  })
})

describe('When a call fails, only its own events fail:', () => {
  const everybody = [said(ADA, 'add'), said(BOB, 'remove')]

  it.each<[string, Fault['endpoint'], Omit<Fault, 'endpoint'>, number[]]>([
    ['a throttled add', 'addToList', { kind: 'error', code: '606' }, [429, 200]],
    ['an add without permission', 'addToList', { kind: 'error', code: '603' }, [403, 200]],
    ['an add that is cut off', 'addToList', { kind: 'cut' }, [503, 200]],
    ['an add with a broken answer', 'addToList', { kind: 'broken' }, [502, 200]],
    ['an add with a result too few', 'addToList', { kind: 'short' }, [500, 200]],
    ['a throttled removal', 'removeFromList', { kind: 'error', code: '615' }, [200, 429]],
    ['a removal without an answer in time', 'removeFromList', { kind: 'error', code: '604' }, [200, 504]],
    ['a removal that is cut off', 'removeFromList', { kind: 'cut', executed: true }, [200, 503]],
    ['a gateway at a removal', 'removeFromList', { kind: 'status', status: 502 }, [200, 502]],
    ['a look-up that is throttled', 'getLeads', { kind: 'error', code: '606' }, [429, 429]]
  ])('%s', async (_what, endpoint, fault, statuses) => {
    sandbox().addFault({ endpoint, ...fault })
    expect(statusesOf(await sendBatch('syncList', everybody, asEventSays))).toEqual(statuses)
    // Sent again, they end as they should.
    expect(statusesOf(await sendBatch('syncList', everybody, asEventSays))).toEqual([200, 200])
    expect(membersOf(NEWSLETTER)).toEqual([7])
  })

  it('a missing permission is named', async () => {
    sandbox().revoke('Read-Write Lead')
    const [report] = await sendBatch('syncList', everybody, asEventSays)
    expect(report).toMatchObject({ status: 403, errormessage: expect.stringContaining('"Read-Write Lead"') as string })
  })

  it('a record that is throttled', async () => {
    sandbox().addFault({ endpoint: 'addToList', kind: 'record', code: '1029' })
    expect(statusesOf(await sendBatch('syncList', everybody, asEventSays))).toEqual([429, 200])
  })
})

describe('For 300 known people', () => {
  const leads = times(300, (i) => ({ id: 10_000_000 + i, email: `p${i}@example.com`, userId: `u${i}` }))
  const people = leads.map(({ email, userId }) => eventOf({ email, userId }))
  beforeEach(() => {
    jest.replaceProperty(time, 'BATCH_MS', 60_000)
    sandbox().reset({ leads })
    sandbox().setLimits({ callsPerWindow: 100_000 })
  })

  it.each<[string, number, 'add' | 'remove', JSONObject]>([
    ['by email, who enter', 2, 'add', {}],
    ['by email, who leave', 2, 'remove', {}],
    ['by Marketo Lead ID', 1, 'add', { leadId: { '@path': '$.traits.lead' } }]
  ])('%s, it takes %d calls', async (_what, expected, membership, more) => {
    const events = people.map((event, i) => ({ ...event, traits: { ...event.traits, lead: leads[i].id } }))
    const cost = await callsOf(sandbox(), async () => {
      const statuses = statusesOf(await sendBatch('syncList', events, put(membership, more)))
      expect(statuses).toEqual(times(300, () => 200))
    })
    expect(cost).toBe(expected)
    expect(membersOf(NEWSLETTER)).toHaveLength(membership === 'add' ? 300 : 0)
  })
})

it('No call is started once the time for a batch is over: the rest is sent again', async () => {
  jest.replaceProperty(time, 'BATCH_MS', 150)
  sandbox().addFault({ endpoint: 'getLeads', kind: 'delay', ms: 300 })
  const [report] = await sendBatch('syncList', [said(ADA, 'add')], asEventSays)
  expect(report).toMatchObject({
    status: 503,
    errormessage: expect.stringContaining('Add to List: not started') as string
  })
  expect(membersOf(NEWSLETTER)).toEqual([])
})

it('Anonymous visitors are put on a list only while anonymous tracking is on', async () => {
  const visitor = eventOf({ anonymousId: 'x-1' })
  const on = await sendBatch('syncList', [visitor], { ...put('add'), settings: anonymousTracking })
  const off = await sendBatch('syncList', [visitor], { ...put('add'), settings })
  expect(statusesOf([...on, ...off])).toEqual([200, 400])
})
