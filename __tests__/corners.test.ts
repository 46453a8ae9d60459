import type { Fault } from '../sandbox/contract'
import { anonymousTracking, sendBatch, useSandbox } from './support/marketo'
import type { TestEvent } from './support/marketo'
import { eventOf, statusesOf } from './support/events'

const sandbox = useSandbox()
const state = () => sandbox().state()
const ACTIVITY = { activityTypeId: 100001, primaryAttributeValue: 'order' }

it('An event about a lead whose write just failed for now waits for that one: 503', async () => {
  sandbox().reset({ leads: [{ id: 11, userId: 'u1' }], keepDefaults: false })
  sandbox().addFault({ endpoint: 'syncLeads', kind: 'record', code: '1016' })
  // The first event takes the user ID from the lead, so the second one has to wait until that is written.
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

it('An event about a lead whose creation just failed for now waits, too: Marketo may have created it', async () => {
  sandbox().reset({ leads: [], keepDefaults: false })
  sandbox().addFault({ endpoint: 'syncLeads', kind: 'broken', executed: true })
  const events: TestEvent[] = [
    { type: 'identify', userId: 'u1', anonymousId: undefined },
    { type: 'identify', userId: undefined, anonymousId: 'x' },
    // Takes the anonymous ID that the second lead is created by, so it has to wait until that is written.
    { type: 'identify', userId: 'u1', anonymousId: 'x' }
  ]
  const send = () => sendBatch('upsertLead', events, { settings: anonymousTracking })
  expect(statusesOf(await send())).toEqual([502, 200, 503])
  expect(statusesOf(await send())).toEqual([200, 200, 200])
  expect(state().leads.map(({ fields }) => fields.userId)).toEqual(['u1', undefined])
})

it('While one event waits for a write, what later ones need is looked up with what earlier ones need', async () => {
  sandbox().reset({ leads: [{ id: 11, userId: 'bob' }] })
  const mapping = { leadId: { '@path': '$.traits.leadId' } }
  const events: TestEvent[] = [
    eventOf({ userId: 'new-1' }),
    eventOf({ email: 'cem@example.com' }),
    // Takes the email that the lead before is to be created by.
    eventOf({ email: 'cem@example.com' }, { leadId: 11 }),
    eventOf({ userId: 'new-2' })
  ]
  expect(statusesOf(await sendBatch('upsertLead', events, { settings: anonymousTracking, mapping }))).toEqual([
    200, 200, 200, 200
  ])
  // By email, by lead ID and by user ID; the lead with the email is created before the other one takes it.
  expect(state().usage.byEndpoint).toMatchObject({ getLeads: 3 })
})

it('A visit that could not be reported leaves it to the next one to associate the visitor', async () => {
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

it('A browser of which nothing else is known keeps its token when nobody can tell who owns it', async () => {
  sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611' })
  const visit = { ...eventOf({ anonymousId: 'x' }), type: 'page' as const }
  const [report] = await sendBatch('visitWebPage', [visit], { settings: anonymousTracking })
  expect(report).toMatchObject({ status: 202 })
  expect(state().visits).toMatchObject([{ leadId: null }])
})

it('What Marketo and we leave out of one event is told together', async () => {
  sandbox().removeField('gender')
  const event = { type: 'identify' as const, userId: 'u9', traits: { email: 'none', gender: 'woman' } }
  const [report] = await sendBatch('upsertLead', [event])
  expect(report.body?.leftOut).toEqual([expect.stringMatching(/^Email/), expect.stringMatching(/^gender/)])
})

describe('An activity that Marketo refuses for a value', () => {
  const event = { type: 'track' as const, userId: 'u1', properties: { total: '12.5' } }
  const attributes = { total: { '@path': '$.properties.total' } }

  it.each<[string, Fault]>([
    ['the types cannot be looked up', { endpoint: 'activityTypes', kind: 'error', code: '603' }],
    ['the type is not described', { endpoint: 'activityType', kind: 'short' }]
  ])('keeps its refusal when %s', async (_, fault) => {
    sandbox().addFault(fault)
    // Another type than in other tests: what was looked up is remembered for an hour.
    const mapping = { ...ACTIVITY, activityTypeId: 100002, attributes: { minutes: '45' } }
    const [report] = await sendBatch('sendCustomActivity', [event], { mapping })
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('1001') as string })
    expect(state().usage.byEndpoint).toMatchObject({ activityTypes: 1, addActivities: 1 })
  })

  it('keeps its refusal when there is no such activity type', async () => {
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

it('A null among values that are converted still clears its field', async () => {
  const mapping = { customFields: { leadScoreExt: '7', plan: null } }
  const event = { type: 'identify' as const, userId: 'u1', traits: {} }
  await sendBatch('upsertLead', [event], { mapping: { customFields: { plan: 'free' } } })
  expect((await sendBatch('upsertLead', [event], { mapping }))[0].status).toBe(200)
  const lead = state().leads.find(({ fields }) => fields.userId === 'u1')
  expect(lead?.fields).toMatchObject({ leadScoreExt: 7 })
  expect(lead?.fields).not.toHaveProperty('plan')
})
