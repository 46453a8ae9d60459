import type { JSONObject } from '@segment/actions-core'
import type { Endpoint } from '../sandbox/contract'
import { eventOf, leadWith, sendOne, statusesOf, WAYS } from './support/events'
import { sendBatch, useSandbox } from './support/marketo'
import type { ActionKey } from './support/marketo'

const sandbox = useSandbox()
const ADA = { id: 7, email: 'ada@example.com', userId: 'ada' }
const BOB = { id: 8, email: 'bob@example.com', userId: 'bob' }
beforeEach(() => sandbox().reset({ leads: [ADA, BOB] }))

const state = () => sandbox().state()
const ada = eventOf(ADA, { phone: '1' })
const bob = eventOf(BOB, { phone: '2' })
const ORDER: JSONObject = { activityTypeId: 100001, primaryAttributeValue: 'order' }

/** Deletes Ada's lead, or merges it into a lead with another ID, right before a call, as another API user would. */
function intrude(before: Endpoint, deed: 'delete' | 'merge'): void {
  sandbox().intrude(before, (marketo) => {
    for (const lead of marketo.leads.all().filter(({ id }) => id === ADA.id)) {
      if (deed === 'delete') marketo.leads.delete(lead)
      else marketo.merge(marketo.leads.create({ plan: 'pro' }, lead.partition), lead)
    }
  })
}

/** The lead that has Ada's keys now, with its activities and visits. */
function adasNow() {
  const { id, fields } = leadWith(sandbox(), 'userId', 'ada')
  return {
    isOld: id === ADA.id,
    fields,
    activities: state().activities.filter(({ leadId }) => leadId === id).length,
    visits: state().visits.filter(({ leadId }) => leadId === id).length
  }
}

describe('A lead that another API user deletes between look-up and write', () => {
  it.each(WAYS)('is created again by Upsert Lead (%s)', async (way) => {
    intrude('syncLeads', 'delete')
    const report = await sendOne(way, 'upsertLead', ada)
    expect(report).toMatchObject({ status: 200, body: { status: 'created' } })
    expect(adasNow()).toMatchObject({ isOld: false, fields: { email: ADA.email, phone: '1' } })
    expect(state().usage.byEndpoint).toEqual({ getLeads: 3, syncLeads: 2 })
  })

  it.each(WAYS)('is created again for an activity, which is recorded once (%s)', async (way) => {
    intrude('addActivities', 'delete')
    const report = await sendOne(way, 'sendCustomActivity', ada, { mapping: ORDER })
    expect(report.status).toBe(200)
    expect(adasNow()).toMatchObject({ isOld: false, activities: 1 })
    expect(state().activities).toHaveLength(1)
  })

  it.each(WAYS)('does not fail a visit: it is recorded once, and the outcome says what failed (%s)', async (way) => {
    intrude('associateLead', 'delete')
    const report = await sendOne(way, 'visitWebPage', ada)
    expect(report.status).toBeLessThan(300)
    expect(report.body?.webActivity).toMatch(/^failed: .*1004/)
    expect(state().visits).toMatchObject([{ leadId: null }])
    // Once the person has a lead again, the next visit also moves the first one to it.
    await sendBatch('upsertLead', [ada])
    expect((await sendOne(way, 'visitWebPage', ada)).body?.webActivity).toBe('associated')
    expect(adasNow().visits).toBe(2)
  })

  it.each<[ActionKey, Endpoint, JSONObject]>([
    ['upsertLead', 'syncLeads', { __segment_internal_sync_mode: 'update' }],
    ['sendCustomActivity', 'addActivities', { ...ORDER, createLead: false }]
  ])(
    'is not created by %s if the mapping creates no leads: the event fails for good',
    async (action, before, mapping) => {
      intrude(before, 'delete')
      const [report, other] = await sendBatch(action, [ada, bob], { mapping })
      expect(report).toMatchObject({
        status: 400,
        errormessage: expect.stringContaining('No lead in Marketo') as string
      })
      expect(other.status).toBe(200)
      expect(state().leads.map(({ id }) => id)).toEqual([BOB.id])
    }
  )
})

describe('A lead that another API user merges into another lead between look-up and write', () => {
  it.each<[ActionKey, Endpoint, JSONObject]>([
    ['upsertLead', 'syncLeads', {}],
    ['sendCustomActivity', 'addActivities', ORDER]
  ])('is replaced by the other lead, which gets the data of %s', async (action, before, mapping) => {
    intrude(before, 'merge')
    const reports = await sendBatch(action, [ada, bob, ada], { mapping })
    expect(statusesOf(reports)).toEqual([200, 200, 200])
    const isActivity = action === 'sendCustomActivity'
    expect(adasNow()).toMatchObject({ isOld: false, fields: { plan: 'pro' }, activities: isActivity ? 2 : 0 })
    if (!isActivity) expect(adasNow().fields).toMatchObject({ phone: '1' })
    expect(state().activities).toHaveLength(isActivity ? 3 : 0)
    expect(state().leads).toHaveLength(2)
  })
})
