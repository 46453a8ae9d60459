import type { Fault } from '../sandbox/contract'
import { anonymousTracking, sendBatch, useSandbox } from './support/marketo'
import type { TestEvent } from './support/marketo'
import { eventOf, statusesOf } from './support/events'

const sandbox = useSandbox()
const state = () => sandbox().state()
const ACTIVITY = { activityTypeId: 100001, primaryAttributeValue: 'order' }
const COOKIE = 'id:123-ABC-456&token:_mch-x.org-1600000000001-12341'

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
  expect(state().leads).toHaveLength(1)
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
  expect(state().leads.map(({ fields }) => fields.userId)).toEqual(['u1', undefined])
})

it('With a lookup field, an event for another partition waits (503) for a write that will be retried', async () => {
  sandbox().reset({ leads: [{ id: 11, userId: 'u1' }], keepDefaults: false })
  sandbox().addFault({ endpoint: 'syncLeads', kind: 'record', code: '1016' })
  const mapping = { lookupField: 'userId', partitionName: { '@path': '$.traits.partition' } }
  const events = [
    eventOf({ userId: 'u1' }, { firstName: 'Old' }),
    eventOf({ userId: 'u1' }, { firstName: 'New', partition: 'Default' })
  ]
  const send = (some: TestEvent[]) => sendBatch('upsertLead', some, { mapping })
  expect(statusesOf(await send(events))).toEqual([429, 503])
  expect(statusesOf(await send(events))).toEqual([200, 200])
  expect(state().leads).toMatchObject([{ fields: { firstName: 'New' } }])
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
  expect(state().usage.byEndpoint).toMatchObject({ getLeads: 3 })
})

it('When a visit cannot be reported, the next visit associates the visitor', async () => {
  sandbox().reset({ leads: [{ id: 11, userId: 'u1' }], keepDefaults: false })
  sandbox().addFault({ endpoint: 'munchkin', kind: 'status', status: 503 })
  const visits = ['/1', '/2'].map((path) => ({
    ...eventOf({ userId: 'u1' }),
    type: 'page' as const,
    properties: { url: `https://x.org${path}` }
  }))
  const reports = await sendBatch('visitWebPage', visits)
  expect(statusesOf(reports).sort()).toEqual([202, 503])
  expect(reports.map(({ body }) => body?.webActivity)).toContain('associated')
  expect(state().visits).toMatchObject([{ leadId: 11 }])
})

it('A visit with only an anonymous ID is recorded even if the owner of its token cannot be looked up', async () => {
  sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611' })
  const visit = { ...eventOf({ anonymousId: 'x' }), type: 'page' as const }
  const [report] = await sendBatch('visitWebPage', [visit], { settings: anonymousTracking })
  expect(report).toMatchObject({ status: 202 })
  expect(state().visits).toMatchObject([{ leadId: null }])
})

it('One list in the outcome names what the destination and Marketo left out', async () => {
  sandbox().removeField('gender')
  const event = { type: 'identify' as const, userId: 'u9', traits: { email: 'none', gender: 'woman' } }
  const [report] = await sendBatch('upsertLead', [event])
  expect(report.body?.leftOut).toEqual([expect.stringMatching(/^Email/), expect.stringMatching(/^gender/)])
})

describe('An activity with a value that Marketo refuses', () => {
  const event = { type: 'track' as const, userId: 'u1', properties: { total: '12.5' } }
  const attributes = { total: { '@path': '$.properties.total' } }

  it.each<[string, Fault]>([
    ['the types cannot be looked up', { endpoint: 'activityTypes', kind: 'error', code: '603' }],
    ['the type is not described', { endpoint: 'activityType', kind: 'short' }]
  ])('is refused for good when %s', async (_, fault) => {
    sandbox().addFault(fault)
    // No other test uses this type, because look-ups are cached for an hour.
    const mapping = { ...ACTIVITY, activityTypeId: 100002, attributes: { minutes: '45' } }
    const [report] = await sendBatch('sendCustomActivity', [event], { mapping })
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('1001') as string })
    expect(state().usage.byEndpoint).toMatchObject({ activityTypes: 1, addActivities: 1 })
  })

  it('is refused for good when its type does not exist', async () => {
    const [report] = await sendBatch('sendCustomActivity', [event], {
      mapping: { ...ACTIVITY, activityTypeId: 999, attributes }
    })
    expect(report.status).toBe(400)
  })

  it('is recorded once when an attribute is converted', async () => {
    const [report] = await sendBatch('sendCustomActivity', [event], { mapping: { ...ACTIVITY, attributes } })
    expect(report.status).toBe(200)
    expect(state().activities.map(({ attributes }) => attributes)).toEqual([[{ apiName: 'total', value: 12.5 }]])
  })
})

it('A null still clears its field when other values are converted', async () => {
  const mapping = { customFields: { leadScoreExt: '7', plan: null } }
  const event = { type: 'identify' as const, userId: 'u1', traits: {} }
  await sendBatch('upsertLead', [event], { mapping: { customFields: { plan: 'free' } } })
  expect((await sendBatch('upsertLead', [event], { mapping }))[0].status).toBe(200)
  const lead = state().leads.find(({ fields }) => fields.userId === 'u1')
  expect(lead?.fields).toMatchObject({ leadScoreExt: 7 })
  expect(lead?.fields).not.toHaveProperty('plan')
})

it('Of several leads in one call, the lead of the latest event is the one updated last, as if the events came one by one', async () => {
  const leads = [
    { id: 11, userId: 'u1' },
    { id: 12, userId: 'u2' }
  ]
  sandbox().reset({ leads, keepDefaults: false })
  const events = ['u1', 'u2', 'u1'].map((userId, i) => eventOf({ userId }, { firstName: `${i}` }))
  expect(statusesOf(await sendBatch('upsertLead', events))).toEqual([200, 200, 200])
  const updated = Object.fromEntries(state().leads.map(({ id, updatedAt }) => [id, updatedAt]))
  expect(updated[11] > updated[12]).toBe(true)
})

it('With a lookup field, a value that Marketo refuses fails only its own event', async () => {
  sandbox().reset({ leads: [{ id: 11, userId: 'u1' }] })
  const mapping = { lookupField: 'userId', customFields: { mrr: { '@path': '$.traits.mrr' } } }
  const events = [1, 3, 'much'].map((mrr, i) => eventOf({ userId: 'u1' }, { mrr, phone: `${i}` }))
  expect(statusesOf(await sendBatch('upsertLead', events, { mapping }))).toEqual([200, 200, 400])
  expect(state().leads).toMatchObject([{ id: 11, fields: { mrr: 3, phone: '1' } }])
})

it('With a lookup field, only the first event creates a lead if the mapping only creates leads', async () => {
  sandbox().reset({ leads: [], keepDefaults: false })
  const mapping = { lookupField: 'userId', __segment_internal_sync_mode: 'add' }
  const events = ['Ada', 'Bob'].map((firstName) => eventOf({ userId: 'u1' }, { firstName }))
  expect(statusesOf(await sendBatch('upsertLead', events, { mapping }))).toEqual([200, 400])
  expect(state().leads).toMatchObject([{ fields: { userId: 'u1', firstName: 'Ada' } }])
})

it('With a lookup field, an event may have no other key of a lead than its anonymous ID', async () => {
  const event = eventOf({ anonymousId: 'k' }, { plan: 'gold' })
  sandbox().reset({ leads: [{ id: 7, plan: 'gold' }], keepDefaults: false })
  const mapping = { lookupField: 'plan', customFields: { plan: { '@path': '$.traits.plan' } }, marketoCookie: COOKIE }
  const [report] = await sendBatch('upsertLead', [event], { mapping, settings: anonymousTracking })
  expect(report).toMatchObject({ status: 200, body: { id: 7, webActivity: 'associated' } })
})
