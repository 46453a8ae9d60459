import type { JSONObject } from '@segment/actions-core'
import { eventOf, leadFields, sendOne, WAYS } from './support/events'
import { sendBatch, useSandbox } from './support/marketo'

const sandbox = useSandbox()
const ADA = { id: 7, email: 'ada@example.com', userId: 'ada' }
beforeEach(() => sandbox().reset({ leads: [ADA] }))

const calls = () => sandbox().state().usage.byEndpoint
const ada = eventOf({ userId: 'ada', email: ADA.email }, { address: { city: 'London' } })
const ORDER: JSONObject = { activityTypeId: 100001, primaryAttributeValue: 'order' }

/** Marketo refuses the write, as if the lead was merged, deleted or duplicated after the look-up. */
const loseLead = (endpoint: 'syncLeads' | 'addActivities', code: string, times = 1) =>
  sandbox().addFault({ endpoint, kind: 'record', code, times })

describe.each(WAYS)('A lead that is lost between look-up and write (%s)', (way) => {
  it.each(['1004', '1005', '1007'])('is looked up and written again by Upsert Lead after %s', async (code) => {
    loseLead('syncLeads', code)
    expect(await sendOne(way, 'upsertLead', ada)).toMatchObject({ status: 200, body: { id: 7 } })
    expect(leadFields(sandbox())).toEqual([{ email: ADA.email, userId: 'ada', city: 'London' }])
    expect(calls()).toEqual({ getLeads: 2, syncLeads: 2 })
  })

  it.each(['1004', '1005', '1007'])('makes Segment retry if it is lost again with %s', async (code) => {
    loseLead('syncLeads', code, 2)
    const report = await sendOne(way, 'upsertLead', ada)
    expect(report.status).toBe(503)
    expect(report.errormessage).toMatch(new RegExp(`^Marketo error ${code}, twice: .*usually temporary`))
    expect(calls()).toEqual({ getLeads: 2, syncLeads: 2 })
  })

  it('gets its activity once, after a second look-up', async () => {
    loseLead('addActivities', '1004')
    const report = await sendOne(way, 'sendCustomActivity', ada, { mapping: ORDER })
    expect(report.status).toBe(200)
    expect(sandbox().state().activities).toMatchObject([{ leadId: 7 }])
    expect(calls()).toEqual({ getLeads: 2, addActivities: 2 })
  })

  it('gets its activity if it is new, and somebody else creates it at the same time', async () => {
    sandbox().reset({ leads: [], keepDefaults: false })
    loseLead('syncLeads', '1005')
    expect((await sendOne(way, 'sendCustomActivity', ada, { mapping: ORDER })).status).toBe(200)
    expect(leadFields(sandbox())).toEqual([{ email: ADA.email, userId: 'ada' }])
    expect(sandbox().state().activities).toHaveLength(1)
  })

  it.each(['upsertLead', 'sendCustomActivity'] as const)(
    'fails %s for good if the customer mapped its ID',
    async (action) => {
      loseLead(action === 'upsertLead' ? 'syncLeads' : 'addActivities', '1004')
      const report = await sendOne(way, action, ada, { mapping: { ...ORDER, leadId: 7 } })
      expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('1004') as string })
      expect(sandbox().state().usage.total).toBe(1)
    }
  )
})

it('Of two events about a lead that is gone, only the one that maps its ID fails', async () => {
  sandbox().intrude('syncLeads', (marketo) => {
    for (const lead of marketo.leads.all().filter(({ id }) => id === ADA.id)) marketo.leads.delete(lead)
  })
  const byId = eventOf({}, { leadId: 7 })
  const reports = await sendBatch('upsertLead', [ada, byId], { mapping: { leadId: { '@path': '$.traits.leadId' } } })
  expect(reports.map(({ status }) => status)).toEqual([200, 400])
  expect(leadFields(sandbox())).toEqual([{ email: ADA.email, userId: 'ada', city: 'London' }])
})

it('While an event waits to be sent again, another one’s lead is looked up again and created', async () => {
  sandbox().reset({ leads: [ADA, { id: 8, userId: 'bob' }] })
  sandbox().addFault({ endpoint: 'removeFromList', kind: 'cut' })
  sandbox().intrude('addToList', (marketo) => {
    for (const lead of marketo.leads.all().filter(({ id }) => id === 8)) marketo.leads.delete(lead)
  })
  const events = [
    eventOf({ userId: 'ada' }, { membership: 'remove' }),
    eventOf({ userId: 'bob' }, { membership: 'add' })
  ]
  const mapping = { listId: 1001, membership: { '@path': '$.traits.membership' }, createLead: true }
  expect((await sendBatch('syncList', events, { mapping })).map(({ status }) => status)).toEqual([503, 200])
  expect(leadFields(sandbox())).toEqual([{ email: ADA.email, userId: 'ada' }, { userId: 'bob' }])
})

describe('With several events about one lead,', () => {
  const mapping = { customFields: { mrr: { '@path': '$.traits.mrr' } } }

  it('a value that Marketo refuses fails only its own event', async () => {
    const events = [1, 3, 'much'].map((mrr, i) => eventOf({ userId: 'ada' }, { mrr, phone: `${i}` }))
    const reports = await sendBatch('upsertLead', events, { mapping })
    expect(reports.map(({ status }) => status)).toEqual([200, 200, 400])
    expect(leadFields(sandbox())).toMatchObject([{ mrr: 3, phone: '1' }])
  })

  it('later events wait for an earlier one that failed temporarily', async () => {
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'error', code: '611' })
    const reports = await sendBatch('upsertLead', [ada, eventOf({ userId: 'ada' }, { phone: '1' })])
    expect(reports.every(({ status }) => status >= 500)).toBe(true)
    expect(leadFields(sandbox())).toEqual([{ email: ADA.email, userId: 'ada' }])
  })
})
