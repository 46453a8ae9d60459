import { anonymousTracking, sendBatch, useSandbox } from './support/marketo'
import type { TestEvent } from './support/marketo'
import { eventOf, statusesOf } from './support/events'

const sandbox = useSandbox()
const state = () => sandbox().state()
const COOKIE = 'id:123-ABC-456&token:_mch-x.org-1600000000001-12341'

describe('With a Lookup Field,', () => {
  it('an event for another partition waits (503) for a write that will be retried', async () => {
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

  it('later events with another one wait (503) if an earlier event will be retried', async () => {
    sandbox().reset({ leads: [], keepDefaults: false })
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'error', code: '611' })
    const events = [
      eventOf({ userId: 'u2', email: 'ada@example.com' }, { key: 'email' }),
      eventOf({ userId: 'u1', email: 'ada@example.com' }, { key: 'userId' })
    ]
    const mapping = { lookupField: { '@path': '$.traits.key' } }
    expect(statusesOf(await sendBatch('upsertLead', events, { mapping }))).toEqual([500, 503])
    expect(state().leads).toEqual([])
  })

  it('a value that Marketo refuses fails only its own event', async () => {
    sandbox().reset({ leads: [{ id: 11, userId: 'u1' }] })
    const mapping = { lookupField: 'userId', customFields: { mrr: { '@path': '$.traits.mrr' } } }
    const events = [1, 3, 'much'].map((mrr, i) => eventOf({ userId: 'u1' }, { mrr, phone: `${i}` }))
    expect(statusesOf(await sendBatch('upsertLead', events, { mapping }))).toEqual([200, 200, 400])
    expect(state().leads).toMatchObject([{ id: 11, fields: { mrr: 3, phone: '1' } }])
  })

  it('only the first event creates a lead if the mapping only creates leads', async () => {
    sandbox().reset({ leads: [], keepDefaults: false })
    const mapping = { lookupField: 'userId', __segment_internal_sync_mode: 'add' }
    const events = ['Ada', 'Bob'].map((firstName) => eventOf({ userId: 'u1' }, { firstName }))
    expect(statusesOf(await sendBatch('upsertLead', events, { mapping }))).toEqual([200, 400])
    expect(state().leads).toMatchObject([{ fields: { userId: 'u1', firstName: 'Ada' } }])
  })

  it('an event may have no other key of a lead than its anonymous ID', async () => {
    const event = eventOf({ anonymousId: 'k' }, { plan: 'gold' })
    sandbox().reset({ leads: [{ id: 7, plan: 'gold' }], keepDefaults: false })
    const mapping = { lookupField: 'plan', customFields: { plan: { '@path': '$.traits.plan' } }, marketoCookie: COOKIE }
    const [report] = await sendBatch('upsertLead', [event], { mapping, settings: anonymousTracking })
    expect(report).toMatchObject({ status: 200, body: { id: 7, webActivity: 'associated' } })
  })
})
