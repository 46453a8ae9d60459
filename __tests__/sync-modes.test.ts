import type { JSONObject } from '@segment/actions-core'
import { eventOf, leadFields, statusesOf } from './support/events'
import { anonymousTracking, sendBatch, useSandbox } from './support/marketo'

const sandbox = useSandbox()
const ADA = { email: 'ada@example.com', userId: 'ada' }
const CEM = { email: 'cem@example.com', userId: 'cem' }
beforeEach(() => sandbox().reset({ leads: [ADA] }))

const usage = () => sandbox().state().usage
const mode = (name: string) => ({ settings: anonymousTracking, mapping: { __segment_internal_sync_mode: name } })

describe('Several events about one person in one batch', () => {
  const batch = [
    eventOf(CEM, { phone: '1' }),
    eventOf({ userId: 'cem' }, { phone: '2' }),
    eventOf({ email: CEM.email }, { phone: '3' }),
    eventOf(ADA, { phone: '4' }),
    eventOf({ userId: 'ada' }, { phone: '5' })
  ]

  it('with "add", the first event creates the lead, and the others fail because it exists', async () => {
    const reports = await sendBatch('upsertLead', batch, mode('add'))
    expect(statusesOf(reports)).toEqual([200, 400, 400, 400, 400])
    for (const { errormessage, sent } of reports.slice(1)) {
      expect(errormessage).toContain('lead exists')
      expect(sent).toBeUndefined()
    }
    expect(leadFields(sandbox())).toEqual([ADA, { ...CEM, phone: '1' }])
  })

  it('with "add", the next event creates the lead if the first is refused', async () => {
    const custom = {
      ...mode('add'),
      mapping: { ...mode('add').mapping, customFields: { mrr: { '@path': '$.traits.mrr' } } }
    }
    const events = ['much', 2, 3].map((mrr) => eventOf(CEM, { mrr }))
    expect(statusesOf(await sendBatch('upsertLead', events, custom))).toEqual([400, 200, 400])
    expect(leadFields(sandbox())).toEqual([ADA, { ...CEM, mrr: 2 }])
  })

  it('with "update", no event creates a lead, and the events about an existing lead are one record', async () => {
    const reports = await sendBatch('upsertLead', batch, mode('update'))
    expect(statusesOf(reports)).toEqual([400, 400, 400, 200, 200])
    expect(leadFields(sandbox())).toEqual([{ ...ADA, phone: '5' }])
    expect(usage().byEndpoint.syncLeads).toBe(1)
  })

  it('with "update", an event finds its lead by a key that the previous event wrote', async () => {
    const events = [
      eventOf({ userId: 'ada', email: 'new@example.com' }),
      eventOf({ email: 'new@example.com' }, { phone: '1' })
    ]
    expect(statusesOf(await sendBatch('upsertLead', events, mode('update')))).toEqual([200, 200])
    expect(leadFields(sandbox())).toEqual([{ userId: 'ada', email: 'new@example.com', phone: '1' }])
  })

  it('with Create Lead off, an event finds the lead that another event creates', async () => {
    const mapping: JSONObject = {
      activityTypeId: 100001,
      primaryAttributeValue: { '@path': '$.properties.mark' },
      createLead: { '@path': '$.properties.createLead' }
    }
    const events = [false, true, false].map((createLead, i) => ({
      ...eventOf({ userId: 'cem' }),
      properties: { createLead, mark: `${i}` }
    }))
    expect(statusesOf(await sendBatch('sendCustomActivity', events, { mapping }))).toEqual([400, 200, 200])
    expect(leadFields(sandbox())).toEqual([ADA, { userId: 'cem' }])
    expect(
      sandbox()
        .state()
        .activities.map(({ primaryAttributeValue }) => primaryAttributeValue)
    ).toEqual(['1', '2'])
  })
})
