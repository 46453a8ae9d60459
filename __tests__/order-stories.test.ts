import { createRequestClient } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import type { Fault } from '../sandbox/contract'
import { Credentials } from '../src/marketo/transport/access-token'
import { MarketoClient } from '../src/marketo/transport/client'
import { refusedFields, rememberRefused } from '../src/marketo/areas/instance-fields'
import { eventOf, leadFields, leadWith, statusesOf, times } from './support/events'
import { anonymousTracking, exchangesOfBatch, sendBatch, useSandbox } from './support/marketo'
import type { ActionKey, Sending, TestEvent } from './support/marketo'

/** Stories behind the law (law.test.ts) and the order of retries (order.test.ts). */

const sandbox = useSandbox({ callsPerWindow: 1_000_000 })
const start = (...leads: JSONObject[]) => sandbox().reset({ leads, keepDefaults: false })
const custom: Sending = { mapping: { customFields: { '@path': '$.traits.c' } } }

/** Sends a batch, then again those events that Segment retries, in order. @returns the statuses of the first attempt */
async function retried(action: ActionKey, events: TestEvent[], sending?: Sending): Promise<number[]> {
  const statuses = statusesOf(await sendBatch(action, events, sending))
  const again = events.filter((_, i) => statuses[i] === 429 || statuses[i] >= 500)
  if (again.length > 0) expect(Math.max(...statusesOf(await sendBatch(action, again, sending)))).toBeLessThan(300)
  return statuses
}

describe('A record that Marketo refuses', () => {
  it('moves no key: the next event about the shared address stays with its own person', async () => {
    start(
      { userId: 'u1', email: 'info@x.org', firstName: 'Ann' },
      { userId: 'u2', email: 'bob@x.org', firstName: 'Bob' }
    )
    const events = [
      eventOf({ userId: 'u3', email: 'info@x.org' }, { c: { noSuchField: 1 } }),
      eventOf({ userId: 'u1', email: 'bob@x.org' }, { c: { plan: 'pro' } })
    ]
    expect(statusesOf(await sendBatch('upsertLead', events, custom))).toEqual([400, 200])
    expect(leadFields(sandbox())).toEqual([
      { userId: 'u1', email: 'bob@x.org', firstName: 'Ann', plan: 'pro' },
      { userId: 'u2', email: 'bob@x.org', firstName: 'Bob' }
    ])
  })

  it('or accepts decides whose lead is meant, so who may be meant waits (the example in docs/decisions.md)', async () => {
    start({ userId: 'ann' }, { userId: 'bob', email: 'family@x.org' })
    const events = [
      eventOf({ userId: 'ann', email: 'family@x.org' }, { c: { plan: 'pro' } }),
      eventOf({ email: 'family@x.org' }, { c: { plan: 'shared' } }),
      eventOf({ userId: 'bob' }, { c: { plan: 'bob' } }),
      eventOf({ userId: 'carol' }, { c: { plan: 'carol' } })
    ]
    const { reports, exchanges } = await exchangesOfBatch('upsertLead', events, {
      ...custom,
      settings: anonymousTracking
    })
    expect(statusesOf(reports)).toEqual([200, 200, 200, 200])
    const plans = exchanges.flatMap(({ options }) => [...`${options.body as string}`.matchAll(/"plan":"(\w+)"/g)])
    expect(plans.map(([, plan]) => plan)).toEqual(['shared', 'carol', 'bob'])
  })

  it('decides whether a lead gets a user ID before another event changes its email', async () => {
    sandbox().reset({ leads: [{ id: 7, email: 'a@x.org' }], keepDefaults: false })
    const events = [
      eventOf({ userId: 'u1', email: 'a@x.org' }, { c: { noSuchField: 1 } }),
      eventOf({ email: 'b@x.org' }, { leadId: 7 }),
      eventOf({ userId: 'u1' }, { c: { plan: 'pro' } })
    ]
    const mapping = { ...custom.mapping, leadId: { '@path': '$.traits.leadId' } }
    expect(statusesOf(await sendBatch('upsertLead', events, { mapping }))).toEqual([400, 200, 200])
    expect(leadFields(sandbox())).toEqual([{ email: 'b@x.org' }, { userId: 'u1', plan: 'pro' }])
  })

  it('may concern a lead that shares an address with one that a later event has changed already', async () => {
    start({ userId: 'u1', email: 'info@x.org' }, { userId: 'u2', email: 'info@x.org' })
    const of = (userId: string, c: JSONObject) => eventOf({ userId, email: 'info@x.org' }, { c })
    const events = [of('u2', { mrr: 'much' }), of('u2', { plan: 'second' }), of('u1', { plan: 'first' })]
    expect(statusesOf(await sendBatch('upsertLead', events, custom))).toEqual([400, 200, 200])
    expect(leadFields(sandbox()).map(({ plan }) => plan)).toEqual(['first', 'second'])
  })

  it('is refused for all events that send the same, with one call', async () => {
    start({ userId: 'u1' })
    const events = times(5, () => eventOf({ userId: 'u1' }, { c: { noSuchField: 1 } }))
    expect(statusesOf(await sendBatch('upsertLead', events, custom))).toEqual(times(5, () => 400))
    expect(sandbox().state().usage.byEndpoint.syncLeads).toBe(1)
  })

  it('and is repaired, never overtakes a newer one of the same lead', async () => {
    start({ userId: 'u1' })
    const events = [
      eventOf({ userId: 'u1' }, { c: { leadScoreExt: '5', plan: 'old' } }),
      eventOf({ userId: 'u1' }, { c: { noSuchField: 1 } }),
      eventOf({ userId: 'u1' }, { c: { leadScoreExt: 6, plan: 'new' } })
    ]
    expect(statusesOf(await sendBatch('upsertLead', events, custom))).toEqual([200, 400, 200])
    expect(leadFields(sandbox())).toEqual([{ userId: 'u1', leadScoreExt: 6, plan: 'new' }])
  })
})

describe('After a passing fault,', () => {
  it('a look-up that fails holds back the later events of the same person', async () => {
    start({ userId: 'u1', email: 'ann@x.org' })
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '606', after: 1 })
    const events = [
      eventOf({ userId: 'u1' }, { company: 'Old Inc' }),
      eventOf({ userId: 'u1', email: 'ann@x.org' }, { company: 'New Inc' })
    ]
    expect(await retried('upsertLead', events)).toEqual([429, 503])
    expect(leadFields(sandbox())).toEqual([{ userId: 'u1', email: 'ann@x.org', company: 'New Inc' }])
  })

  it('a mapped lead whose look-up fails, too, waits for an event whose lead is unknown: they may be about one person', async () => {
    start({ id: 7, email: 'ann@x.org' })
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611', times: 2 })
    const events = [eventOf({ email: 'ann@x.org' }, { city: 'Rome' }), eventOf({}, { city: 'Paris', leadId: 7 })]
    const byId: Sending = { settings: anonymousTracking, mapping: { leadId: { '@path': '$.traits.leadId' } } }
    expect(await retried('upsertLead', events, byId)).toEqual([500, 503])
    expect(leadFields(sandbox())).toEqual([{ email: 'ann@x.org', city: 'Paris' }])
  })

  it('a creation that is throttled holds back an update of another lead that the person may be on', async () => {
    start({ email: 'ann@x.org' })
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'error', code: '606' })
    const events = [
      eventOf({ userId: 'u1', email: 'old@x.org' }, { company: 'Old Inc' }),
      eventOf({ userId: 'u1', email: 'ann@x.org' }, { company: 'New Inc' })
    ]
    expect(await retried('upsertLead', events)).toEqual([429, 503])
    expect(leadWith(sandbox(), 'email', 'ann@x.org').fields.company).toBe('New Inc')
    expect(leadFields(sandbox())).toHaveLength(2)
  })

  it('other people on the same email, the same browser or in the same batch are not held back', async () => {
    start({ userId: 'u1', email: 'info@x.org' }, { userId: 'u2', email: 'info@x.org' }, { userId: 'u3' })
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'error', code: '611' })
    const events = [
      eventOf({ userId: 'new', anonymousId: 'k' }),
      eventOf({ userId: 'u1', email: 'info@x.org', anonymousId: 'k' }),
      eventOf({ userId: 'u2', email: 'info@x.org', anonymousId: 'k' }),
      eventOf({ userId: 'u3', anonymousId: 'k' })
    ]
    const reports = await sendBatch('upsertLead', events, { settings: anonymousTracking })
    // One call creates, and one updates.
    expect(statusesOf(reports).filter((status) => status === 200).length).toBeGreaterThan(0)
    expect(reports.filter(({ errormessage = '' }) => errormessage.includes('an earlier event'))).toEqual([])
  })

  it('a person stays on a list if the last word was "add"', async () => {
    start({ userId: 'u1' })
    sandbox().addFault({ endpoint: 'removeFromList', kind: 'error', code: '606' })
    const mapping = { listId: { '@path': '$.traits.list' }, membership: { '@path': '$.traits.word' } }
    const events = ['add', 'remove', 'add'].map((word) => eventOf({ userId: 'u1' }, { list: 1001, word }))
    await retried('syncList', events, { mapping })
    expect(
      sandbox()
        .state()
        .lists.find(({ id }) => id === 1001)?.leadIds
    ).toEqual([1001])
  })

  it('"placed" is mailed before "shipped"', async () => {
    start({ userId: 'u1' })
    sandbox().addFault({ endpoint: 'requestCampaign', kind: 'error', code: '606' })
    const mapping = { campaignId: 3001, tokens: { 'my.state': { '@path': '$.traits.state' } } }
    const events = ['placed', 'shipped'].map((state) => eventOf({ userId: 'u1' }, { state }))
    expect(await retried('requestCampaign', events, { mapping })).toEqual([429, 503])
    expect(
      sandbox()
        .state()
        .campaignRuns.map(({ tokens }) => tokens['{{my.state}}'])
    ).toEqual(['placed', 'shipped'])
  })

  it('a sold car stays with its new owner, even if the lead of its old one could not be created', async () => {
    start({ id: 11, userId: 'u2' })
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'error', code: '606' })
    const events = [eventOf({ userId: 'u1' }), eventOf({ userId: 'u2' })]
    const mapping = { objectName: 'car_c', fields: { vin: 'V' } }
    expect(await retried('syncCustomObject', events, { mapping })).toEqual([429, 503])
    expect(sandbox().state().objects).toMatchObject([{ leadId: 11 }])
  })

  it('records of one lead that do not fit into one call keep their order', async () => {
    start({ userId: 'u1' })
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'error', code: '606' })
    const mapping = { customFields: { notes: { '@path': '$.traits.notes' }, noSuchField: { '@path': '$.traits.bad' } } }
    const events = times(50, (i) =>
      eventOf({ userId: 'u1' }, { notes: `${i} ${'x'.repeat(29_000)}`, ...(i === 0 && { bad: 1 }) })
    )
    sandbox().clearFaults()
    // The refused event makes each of the others a record of its own: 1.4 MB.
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'error', code: '606', after: 1 })
    const statuses = statusesOf(await sendBatch('upsertLead', events, { mapping }))
    expect(new Set(statuses)).toEqual(new Set([429, 503]))
    const [first, ...others] = await sendBatch('upsertLead', events, { mapping })
    expect(first.status).toBe(400)
    expect(new Set(statusesOf(others))).toEqual(new Set([200]))
    expect(String(leadFields(sandbox())[0].notes)).toMatch(/^49 /)
  })
})

describe('Types that cannot be looked up for a moment', () => {
  it('are asked for once by batches that run at the same time', async () => {
    start({ userId: 'u1' }, { userId: 'u2' })
    const score = (userId: string) =>
      sendBatch('upsertLead', [eventOf({ userId }, { c: { leadScoreExt: '5' } })], custom)
    expect((await Promise.all([score('u1'), score('u2')])).flatMap(statusesOf)).toEqual([200, 200])
    expect(sandbox().state().usage.byEndpoint.describeLeads).toBe(1)
  })

  it('are no reason to retry if the API user may not ask for them', async () => {
    start({ userId: 'u1' })
    sandbox().addFault({ endpoint: 'describeLeads', kind: 'error', code: '603' })
    const events = [eventOf({ userId: 'u1' }, { c: { leadScoreExt: '5' } })]
    expect(statusesOf(await sendBatch('upsertLead', events, custom))).toEqual([400])
  })

  const fault: Fault = { endpoint: 'describeLeads', kind: 'error', code: '606' }

  it('are a reason to retry an event, and are asked for once a batch', async () => {
    start(...times(300, (i) => ({ userId: `u${i}` })))
    sandbox().addFault(fault)
    const events = times(300, (i) => eventOf({ userId: `u${i}` }, { c: { leadScoreExt: '5' } }))
    expect(new Set(await retried('upsertLead', events, custom))).toEqual(new Set([429]))
    expect(leadFields(sandbox()).map(({ leadScoreExt }) => leadScoreExt)).toEqual(times(300, () => 5))
    expect(sandbox().state().usage.byEndpoint.describeLeads).toBe(2)
  })

  it('are a reason to retry an activity, and to look again for a type that was not approved', async () => {
    start({ userId: 'u1' })
    const mapping = { activityTypeId: 100001, primaryAttributeValue: 'x', attributes: { total: '12.5' } }
    for (const endpoint of ['activityTypes', 'activityType'] as const) sandbox().addFault({ ...fault, endpoint })
    for (const status of [429, 429, 200]) {
      expect(statusesOf(await sendBatch('sendCustomActivity', [eventOf({ userId: 'u1' })], { mapping }))).toEqual([
        status
      ])
    }
    const unknown = { ...mapping, activityTypeId: 100003 }
    for (const calls of [1, 2]) {
      await sendBatch('sendCustomActivity', [eventOf({ userId: 'u1' })], { mapping: unknown })
      expect(sandbox().state().usage.byEndpoint.activityTypes).toBe(3 + calls)
    }
  })
})

describe('Types that cannot be looked up for a moment, of activities with objects', () => {
  const attributes = (items: JSONObject | number) => ({ ...eventOf({ userId: 'u1' }), properties: { items } })
  const mapping = {
    activityTypeId: 100001,
    primaryAttributeValue: 'x',
    attributes: { items: { '@path': '$.properties.items' } },
    createLead: true
  }

  it('are a reason to retry before a lead is created, and hold back what follows', async () => {
    start()
    sandbox().addFault({ endpoint: 'activityTypes', kind: 'cut' })
    const events = [attributes({ high: 5 }), attributes(5)]
    expect(statusesOf(await sendBatch('sendCustomActivity', events, { mapping }))).toEqual([503, 503])
    expect(sandbox().state().leads).toEqual([])
    expect(statusesOf(await sendBatch('sendCustomActivity', events, { mapping }))).toEqual([400, 200])
  })

  it('are a reason to look nobody up if all events wait for them', async () => {
    start()
    sandbox().addFault({ endpoint: 'activityTypes', kind: 'cut' })
    expect(statusesOf(await sendBatch('sendCustomActivity', [attributes({ high: 5 })], { mapping }))).toEqual([503])
    expect(sandbox().state().usage.byEndpoint.getLeads).toBeUndefined()
  })
})

describe('What a visitor writes', () => {
  it('makes no field be left out for anybody', async () => {
    start()
    const junk = eventOf({ userId: 'x' }, { c: { "a' 'firstName' 'phone": 1 } })
    expect(statusesOf(await sendBatch('upsertLead', [junk], custom))).toEqual([400])
    const ann = eventOf({ userId: 'ann' }, { firstName: 'Ann', phone: '555' })
    expect((await sendBatch('upsertLead', [ann], custom))[0].body).not.toHaveProperty('leftOut')
    expect(leadFields(sandbox())).toEqual([{ userId: 'ann', firstName: 'Ann', phone: '555' }])
  })

  it('makes nothing be left out of a record that has the field by choice', async () => {
    start()
    sandbox().removeField('phone')
    const demanding: Sending = { mapping: { customFields: { phone: '1' } } }
    expect(statusesOf(await sendBatch('upsertLead', [eventOf({ userId: 'x' })], demanding))).toEqual([400])
  })
})

it('What one API user may not write is not left out for another one', () => {
  const clientOf = (clientId: string) =>
    new MarketoClient(createRequestClient(), new Credentials('123-ABC-456', clientId, 'secret'))
  rememberRefused(clientOf('one'), 'gender', 'no such field')
  expect(refusedFields(clientOf('one'))?.get('gender')).toBe('no such field')
  expect(refusedFields(clientOf('another'))).toBeUndefined()
})

it('A company that Marketo refuses for one lead is written to the next one', async () => {
  start({ userId: 'u1' }, { userId: 'u2' })
  const company = (userId: string) => eventOf({ userId }, { company: 'Initech' })
  sandbox().addFault({ endpoint: 'syncLeads', kind: 'record', code: '1021', message: 'Not supported' })
  expect((await sendBatch('upsertLead', [company('u1')]))[0].body?.leftOut).toHaveLength(1)
  expect((await sendBatch('upsertLead', [company('u2')]))[0].body).not.toHaveProperty('leftOut')
})

it('Two people who use a shared address in turn end as one by one: a retry goes on after 20 rounds', async () => {
  const email = 'family@x.org'
  const inTurn = [{ userId: 'u1', email }, { email }, { userId: 'u2', email }, { email }]
  const events = times(60, (i) => eventOf(inTurn[i % 4], { city: `${i}` }))
  const send = async (some: TestEvent[]) =>
    statusesOf(await sendBatch('upsertLead', some, { settings: anonymousTracking }))
  start({ userId: 'u1' }, { userId: 'u2', email })
  expect(await send(events)).toEqual([...times(40, () => 200), ...times(20, () => 503)])
  expect(await send(events.slice(40))).toEqual(times(20, () => 200))
  const inBatch = leadFields(sandbox())
  start({ userId: 'u1' }, { userId: 'u2', email })
  for (const event of events) await send([event])
  expect(inBatch).toEqual(leadFields(sandbox()))
})

it('With Merge Duplicates, the lead of the last event stays', async () => {
  start({ id: 11, email: 'ann@x.org', firstName: 'Ann' })
  const events = [eventOf({ userId: 'u1' }), eventOf({ userId: 'u1', email: 'ann@x.org' })]
  const reports = await sendBatch('upsertLead', events, { mapping: { mergeDuplicates: true } })
  expect(reports.map(({ body }) => body?.merged)).toEqual([undefined, [expect.any(Number)]])
  expect(sandbox().state().leads).toMatchObject([{ id: 11, fields: { userId: 'u1', firstName: 'Ann' } }])
})

it('An event is retried (503) if the write of its lead has just failed temporarily', async () => {
  sandbox().reset({ leads: [{ id: 11, userId: 'u1' }], keepDefaults: false })
  sandbox().addFault({ endpoint: 'syncLeads', kind: 'record', code: '1016' })
  // The first event replaces the user ID of the lead, so the second event has to wait for that write.
  const mapping = { leadId: { '@path': '$.traits.leadId' } }
  const events: TestEvent[] = [
    { type: 'identify', userId: 'u2', traits: { leadId: 11 } },
    { type: 'identify', userId: 'u1', traits: { firstName: 'One' } }
  ]
  const reports = await sendBatch('upsertLead', events, { mapping })
  expect(statusesOf(reports)).toEqual([429, 503])
  expect(reports[1].sent).toBeUndefined()
  expect(sandbox().state().leads).toHaveLength(1)
})

it('An event is retried (503) if the creation of its lead has just failed temporarily: the lead may exist', async () => {
  sandbox().reset({ leads: [], keepDefaults: false })
  sandbox().addFault({ endpoint: 'syncLeads', kind: 'broken', executed: true })
  const events: TestEvent[] = [
    { type: 'identify', userId: 'u1', anonymousId: undefined },
    { type: 'identify', userId: undefined, anonymousId: 'x' },
    // Takes over the anonymous ID that creates the second lead, so it has to wait for that write.
    { type: 'identify', userId: 'u1', anonymousId: 'x' }
  ]
  const send = () => sendBatch('upsertLead', events, { settings: anonymousTracking })
  expect(statusesOf(await send())).toEqual([502, 200, 503])
  expect(statusesOf(await send())).toEqual([200, 200, 200])
  expect(
    sandbox()
      .state()
      .leads.map(({ fields }) => fields.userId)
  ).toEqual(['u1', undefined])
})

it('While one event waits for a write, the keys of earlier and later events are looked up together', async () => {
  sandbox().reset({ leads: [{ id: 11, userId: 'bob' }] })
  const mapping = { leadId: { '@path': '$.traits.leadId' } }
  const events: TestEvent[] = [
    eventOf({ userId: 'new-1' }),
    eventOf({ email: 'cem@example.com' }),
    // Takes over the email that creates the lead of the previous event.
    eventOf({ email: 'cem@example.com' }, { leadId: 11 }),
    eventOf({ userId: 'new-2' })
  ]
  expect(statusesOf(await sendBatch('upsertLead', events, { settings: anonymousTracking, mapping }))).toEqual([
    200, 200, 200, 200
  ])
  // By email, by lead ID and by user ID. The lead with the email is created before the other lead takes it over.
  expect(sandbox().state().usage.byEndpoint).toMatchObject({ getLeads: 3 })
})

it('Of several leads in one call, the lead of the latest event is the one updated last, as if the events came one by one', async () => {
  const leads = [
    { id: 11, userId: 'u1' },
    { id: 12, userId: 'u2' }
  ]
  sandbox().reset({ leads, keepDefaults: false })
  const events = ['u1', 'u2', 'u1'].map((userId, i) => eventOf({ userId }, { firstName: `${i}` }))
  expect(statusesOf(await sendBatch('upsertLead', events))).toEqual([200, 200, 200])
  const updated = Object.fromEntries(
    sandbox()
      .state()
      .leads.map(({ id, updatedAt }) => [id, updatedAt])
  )
  expect(updated[11] > updated[12]).toBe(true)
})

it('A null still clears its field when other values are converted', async () => {
  const mapping = { customFields: { leadScoreExt: '7', plan: null } }
  const event = { type: 'identify' as const, userId: 'u1', traits: {} }
  await sendBatch('upsertLead', [event], { mapping: { customFields: { plan: 'free' } } })
  expect((await sendBatch('upsertLead', [event], { mapping }))[0].status).toBe(200)
  const lead = sandbox()
    .state()
    .leads.find(({ fields }) => fields.userId === 'u1')
  expect(lead?.fields).toMatchObject({ leadScoreExt: 7 })
  expect(lead?.fields).not.toHaveProperty('plan')
})
