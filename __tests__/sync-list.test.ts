import type { JSONObject } from '@segment/actions-core'
import type { Fault } from '../sandbox/contract'
import * as limits from '../src/marketo/transport/limits'
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

/** The event of an Engage audience when a person enters or leaves it. */
const audienceEvent = (who: Who, isMember: boolean, listId = NEWSLETTER): TestEvent => ({
  ...eventOf(who),
  type: 'track',
  event: isMember ? 'Audience Entered' : 'Audience Exited',
  properties: { audience_key: 'vip', vip: isMember },
  context: {
    personas: { computation_class: 'audience', computation_key: 'vip', external_audience_id: String(listId) }
  }
})

/** The event of reverse ETL for a row. */
const rowEvent = (who: Who, event: 'new' | 'updated' | 'deleted'): TestEvent => ({
  ...eventOf(who),
  type: 'track',
  event
})

const put = (membership: 'add' | 'remove', more: JSONObject = {}): Sending => ({
  mapping: { listId: NEWSLETTER, membership, ...more }
})

/** Takes the list and the membership from each event. */
const asEventSays: Sending = {
  mapping: { listId: { '@path': '$.traits.list' }, membership: { '@path': '$.traits.membership' } }
}
const said = (who: Who, membership: string, list = NEWSLETTER) => eventOf(who, { membership, list })

describe.each(WAYS)('An audience (%s)', (way) => {
  it('adds people who enter it to its list, and removes people who leave it', async () => {
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

  it('that sends its members as Identify events is synced, too', async () => {
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
  ])('set to %s takes precedence over the event', async (membership, members) => {
    await sendOne(way, 'syncList', audienceEvent(ADA, membership === 'remove'), put(membership))
    expect(membersOf(NEWSLETTER)).toEqual(members)
  })

  it('that is unknown is refused before any call, and the error says what to do', async () => {
    const report = await sendOne(way, 'syncList', eventOf(ADA), { mapping: { listId: NEWSLETTER } })
    expect(report).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/^Membership is unknown.*Set Membership to Add or Remove/) as string
    })
    expect(sandbox().state().usage.total).toBe(0)
  })

  it.each([0, -5])('in the list %d is refused, and the error names the field', async (listId) => {
    const report = await sendOne(way, 'syncList', eventOf(ADA), put('add', { listId }))
    expect(report).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/^Static List ID must be/) as string
    })
  })

  it('in a list that Marketo does not have is refused', async () => {
    const report = await sendOne(way, 'syncList', eventOf(ADA), put('add', { listId: 99 }))
    expect(report).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/1013.*correct Static List ID/) as string
    })
  })
})

describe.each(WAYS)('Automatic membership (%s)', (way) => {
  const on = [7]
  const off: number[] = []
  const refused = undefined

  it.each<[string, string, string, JSONObject, number[] | undefined]>([
    ['a boolean', 'Any Name', 'audience', { vip: true }, on],
    ['a boolean against the name', 'Audience Entered', 'audience', { vip: false }, off],
    ['the text "true"', 'Audience Entered', 'audience', { vip: 'true' }, on],
    ['the text "False"', 'Audience Exited', 'audience', { vip: ' False ' }, off],
    ['text against the name', 'Audience Entered', 'audience', { vip: 'false' }, off],
    ['the text "false" in a Journey step', 'Any Name', 'journey_step', { vip: 'false' }, off],
    ['a Journey step that says no more', 'Any Name', 'journey_step', {}, on],
    ['a Journey step with an object of its name', 'Any Name', 'journey_step', { vip: { a: 1 } }, on],
    ['a Journey step that is exited by its name', 'Audience Exited', 'journey_step', {}, off],
    ['the exit of a Journey step', 'Any Name', 'journey_step', { vip: false }, off],
    ['only the name of an entry', 'Audience Entered', 'audience', {}, on],
    ['only the name of an exit', 'Audience Exited', 'audience', {}, off],
    ['text that is no membership, but the name', 'Audience Exited', 'audience', { vip: 'maybe' }, off],
    ['nothing in an audience', 'Any Name', 'audience', {}, refused],
    ['the text of a computed trait', 'Any Name', 'trait', { vip: 'true' }, refused],
    ['the value of another key', 'Any Name', 'audience', { other: true }, refused]
  ])('is read from %s', async (_what, event, computationClass, said, members) => {
    if (members === off) await sendOne(way, 'syncList', eventOf(ADA), put('add'))
    for (const type of ['track', 'identify'] as const) {
      const report = await sendOne(way, 'syncList', {
        ...{ ...eventOf(ADA), type, event },
        ...(type === 'track' ? { properties: said } : { traits: said }),
        context: {
          personas: { computation_class: computationClass, computation_key: 'vip', external_audience_id: '1001' }
        }
      })
      expect(report.status).toBe(members === refused ? 400 : 200)
      expect(membersOf(NEWSLETTER)).toEqual(members ?? [])
    }
  })

  it('is read from the name of an event that has nothing else', async () => {
    const mapping = { listId: NEWSLETTER }
    await sendOne(way, 'syncList', { ...eventOf(ADA), event: 'Audience Entered', context: {} }, { mapping })
    expect(membersOf(NEWSLETTER)).toEqual([7])
    await sendOne(way, 'syncList', { ...eventOf(ADA), event: 'Audience Exited', context: {} }, { mapping })
    expect(membersOf(NEWSLETTER)).toEqual([])
  })
})

describe.each(WAYS)('A membership that is already right counts as done (%s)', (way) => {
  it('for a person who is already on the list', async () => {
    await sendOne(way, 'syncList', eventOf(ADA), put('add'))
    expect((await sendOne(way, 'syncList', eventOf(ADA), put('add'))).status).toBe(200)
    expect(membersOf(NEWSLETTER)).toEqual([7])
  })

  it('for a person who leaves and is not on the list', async () => {
    expect(await sendOne(way, 'syncList', eventOf(ADA), put('remove'))).toMatchObject({
      status: 200,
      body: { reasons: [{ code: '1015' }] }
    })
  })

  it.each<[string, Who, JSONObject]>([
    ['is unknown to Marketo', { userId: 'eve', email: 'eve@example.com' }, {}],
    ['has no lead any more', {}, { leadId: 99 }]
  ])('for a person who leaves and %s: no lead is created', async (_what, who, more) => {
    expect(await sendOne(way, 'syncList', eventOf(who), put('remove', more))).toMatchObject({
      status: 200,
      body: { result: expect.stringContaining('nothing to remove') as string }
    })
    expect(leadFields(sandbox())).toHaveLength(2)
    expect(calls().syncLeads).toBeUndefined()
  })
})

describe.each(WAYS)('A new person (%s)', (way) => {
  const eve = eventOf({ userId: 'eve', email: 'eve@example.com' }, { city: 'Paris' })

  it('becomes a lead with only the keys, in the partition of the mapping, and is added to the list', async () => {
    expect((await sendOne(way, 'syncList', eve, put('add', { partitionName: 'EMEA' }))).status).toBe(200)
    const lead = leadWith(sandbox(), 'userId', 'eve')
    expect(lead).toMatchObject({ partition: 'EMEA', fields: { email: 'eve@example.com', userId: 'eve' } })
    expect(lead.fields.city).toBeUndefined()
    expect(membersOf(NEWSLETTER)).toEqual([lead.id])
  })

  it('fails with Create Lead off because no lead was found', async () => {
    const report = await sendOne(way, 'syncList', eve, put('add', { createLead: false }))
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringMatching(/No lead.*Create Lead/) as string })
    expect(leadFields(sandbox())).toHaveLength(2)
  })
})

describe('In a batch', () => {
  it('the last event about a person counts, whatever key identifies the person', async () => {
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

  it('an unknown person who leaves is created only when they come back', async () => {
    const eve = { userId: 'eve' }
    const reports = await sendBatch('syncList', [said(eve, 'remove'), said(eve, 'add')], asEventSays)
    expect(statusesOf(reports)).toEqual([200, 200])
    expect(membersOf(NEWSLETTER)).toEqual([leadWith(sandbox(), 'userId', 'eve').id])
  })

  it('each list has one call for the people who enter and one for the people who leave', async () => {
    const events = [NEWSLETTER, TRIAL, 99].flatMap((list) => [said(ADA, 'add', list), said(BOB, 'remove', list)])
    expect(statusesOf(await sendBatch('syncList', events, asEventSays))).toEqual([200, 200, 200, 200, 400, 400])
    expect([membersOf(NEWSLETTER), membersOf(TRIAL)]).toEqual([[7], [7]])
    expect(calls()).toMatchObject({ addToList: 3, removeFromList: 3 })
  })

  it('a bad event fails no other event', async () => {
    const events = [said(ADA, 'add'), said(BOB, 'maybe'), said({}, 'add'), said(BOB, 'add')]
    expect(statusesOf(await sendBatch('syncList', events, asEventSays))).toEqual([200, 400, 400, 200])
    expect(membersOf(NEWSLETTER)).toEqual([7, 8])
  })

  it('unknown membership fails only the events that lack it', async () => {
    const unknown = { ...audienceEvent(BOB, true), event: 'Audience Changed', properties: {} }
    const events = [audienceEvent(ADA, true), unknown, audienceEvent(BOB, true)]
    expect(statusesOf(await sendBatch('syncList', events))).toEqual([200, 400, 200])
  })

  it('membership stays with its event when Segment refuses the previous event', async () => {
    const asText = { ...audienceEvent(BOB, true), properties: { vip: 'true' } }
    const events = [{ ...audienceEvent(ADA, true), context: {} }, audienceEvent(ADA, false), asText]
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

  it.each(WAYS)('takes precedence over the field Static List ID (%s)', async (way) => {
    expect((await sendOne(way, 'syncList', eventOf(ADA), connected(String(TRIAL)))).status).toBe(200)
    expect([membersOf(NEWSLETTER), membersOf(TRIAL)]).toEqual([[], [7]])
  })

  it('is refused when the saved value is not an ID', async () => {
    const report = await sendOne('batch', 'syncList', eventOf(ADA), connected({ id: TRIAL }))
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('Static List ID') as string })
  })

  it('is ignored when it is empty', async () => {
    await sendOne('batch', 'syncList', eventOf(ADA), connected(''))
    expect(membersOf(NEWSLETTER)).toEqual([7])
  })
})

describe('A lead that is deleted between the look-up and the list call', () => {
  it('is looked up again, created again and added to the list', async () => {
    sandbox().intrude('addToList', ({ leads }) => {
      for (const lead of leads.all().filter(({ id }) => id === 7)) leads.delete(lead)
    })
    const reports = await sendBatch('syncList', [said(ADA, 'add'), said(BOB, 'add')], asEventSays)
    expect(statusesOf(reports)).toEqual([200, 200])
    expect(membersOf(NEWSLETTER)).toEqual([8, leadWith(sandbox(), 'userId', 'ada').id])
  })

  it('counts as removed when it leaves the list', async () => {
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
    ['an add that loses its connection', 'addToList', { kind: 'cut' }, [503, 200]],
    ['an add with a broken answer', 'addToList', { kind: 'broken' }, [502, 200]],
    ['an add with one result too few', 'addToList', { kind: 'short' }, [500, 200]],
    ['a throttled removal', 'removeFromList', { kind: 'error', code: '615' }, [200, 429]],
    ['a removal that times out', 'removeFromList', { kind: 'error', code: '604' }, [200, 504]],
    ['a removal that loses its connection', 'removeFromList', { kind: 'cut', executed: true }, [200, 503]],
    ['a removal with a gateway error', 'removeFromList', { kind: 'status', status: 502 }, [200, 502]],
    ['a throttled look-up', 'getLeads', { kind: 'error', code: '606' }, [429, 429]]
  ])('%s', async (_what, endpoint, fault, statuses) => {
    sandbox().addFault({ endpoint, ...fault })
    expect(statusesOf(await sendBatch('syncList', everybody, asEventSays))).toEqual(statuses)
    // A retry succeeds.
    expect(statusesOf(await sendBatch('syncList', everybody, asEventSays))).toEqual([200, 200])
    expect(membersOf(NEWSLETTER)).toEqual([7])
  })

  it('a missing permission, which the error names', async () => {
    sandbox().revoke('Read-Write Lead')
    const [report] = await sendBatch('syncList', everybody, asEventSays)
    expect(report).toMatchObject({ status: 403, errormessage: expect.stringContaining('"Read-Write Lead"') as string })
  })

  it('a throttled record', async () => {
    sandbox().addFault({ endpoint: 'addToList', kind: 'record', code: '1029' })
    expect(statusesOf(await sendBatch('syncList', everybody, asEventSays))).toEqual([429, 200])
  })
})

describe('A batch of 300 people', () => {
  const leads = times(300, (i) => ({ id: 10_000_000 + i, email: `p${i}@example.com`, userId: `u${i}` }))
  const people = leads.map(({ email, userId }) => eventOf({ email, userId }))
  beforeEach(() => {
    jest.replaceProperty(time, 'BATCH_MS', 60_000)
    sandbox().reset({ leads })
    sandbox().setLimits({ callsPerWindow: 100_000 })
  })

  it.each<[string, number, 'add' | 'remove', JSONObject]>([
    ['who enter, known by email,', 2, 'add', {}],
    ['who leave, known by email,', 2, 'remove', {}],
    ['who enter, known by Marketo Lead ID,', 1, 'add', { leadId: { '@path': '$.traits.lead' } }]
  ])('%s takes %d calls', async (_what, expected, membership, more) => {
    const events = people.map((event, i) => ({ ...event, traits: { ...event.traits, lead: leads[i].id } }))
    const cost = await callsOf(sandbox(), async () => {
      const statuses = statusesOf(await sendBatch('syncList', events, put(membership, more)))
      expect(statuses).toEqual(times(300, () => 200))
    })
    expect(cost).toBe(expected)
    expect(membersOf(NEWSLETTER)).toHaveLength(membership === 'add' ? 300 : 0)
  })
})

it('No call starts after the time limit of a batch: Segment retries the rest', async () => {
  jest.replaceProperty(time, 'BATCH_MS', 150)
  sandbox().addFault({ endpoint: 'getLeads', kind: 'delay', ms: 300 })
  const [report] = await sendBatch('syncList', [said(ADA, 'add')], asEventSays)
  expect(report).toMatchObject({
    status: 503,
    errormessage: expect.stringContaining('Add to List: not started') as string
  })
  expect(membersOf(NEWSLETTER)).toEqual([])
})

it('Anonymous visitors are added to a list only if anonymous tracking is on', async () => {
  const visitor = eventOf({ anonymousId: 'x-1' })
  const on = await sendBatch('syncList', [visitor], { ...put('add'), settings: anonymousTracking })
  const off = await sendBatch('syncList', [visitor], { ...put('add'), settings })
  expect(statusesOf([...on, ...off])).toEqual([200, 400])
})
