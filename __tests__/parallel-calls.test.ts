import { eventOf, statusesOf, times } from './support/events'
import { sendBatch, useSandbox } from './support/marketo'
import type { Sending } from './support/marketo'

/** Independent calls of a batch run in parallel, at most five at once. Beyond its own limit, Marketo answers 615. */

const sandbox = useSandbox({ callsPerWindow: 1_000 })
const people = (count: number) => times(count, (i) => eventOf({ userId: `u${i}`, email: `p${i}@example.com` }))

/** The statuses of a batch while Marketo allows this many calls at once and answers slowly. */
async function statusesWith(
  concurrentCalls: number,
  action: Parameters<typeof sendBatch>[0],
  events: Parameters<typeof sendBatch>[1],
  sending: Sending
): Promise<Set<number>> {
  sandbox().setLimits({ concurrentCalls })
  sandbox().addFault({ endpoint: '*', kind: 'delay', ms: 100, times: 1_000 })
  return new Set(statusesOf(await sendBatch(action, events, sending)))
}

describe('Exactly five calls of one batch run at once', () => {
  const byEmail = { mapping: { lookupField: 'email' } }
  it.each<[number, number[]]>([
    [5, [200]],
    [4, [200, 429]]
  ])('when leads are written (%i allowed)', async (allowed, statuses) => {
    expect(await statusesWith(allowed, 'upsertLead', people(2_000), byEmail)).toEqual(new Set(statuses))
  })

  const activities = {
    mapping: { activityTypeId: 100001, primaryAttributeValue: 'x', leadId: 7, email: null, userId: null }
  }
  it.each<[number, number[]]>([
    [5, [200]],
    [4, [200, 429]]
  ])('when activities are written (%i allowed)', async (allowed, statuses) => {
    sandbox().reset({ leads: [{ id: 7 }] })
    expect(await statusesWith(allowed, 'sendCustomActivity', people(2_000), activities)).toEqual(new Set(statuses))
  })

  it.each<[number, number[]]>([
    [5, [200]],
    [4, [429]]
  ])('when people are looked up (%i allowed)', async (allowed, statuses) => {
    // If one of the look-ups is refused, nothing is written.
    const update = { mapping: { __segment_internal_sync_mode: 'update' } }
    sandbox().reset({ leads: times(1_500, (i) => ({ userId: `u${i}`, email: `p${i}@example.com` })) })
    expect(await statusesWith(allowed, 'upsertLead', people(1_500), update)).toEqual(new Set(statuses))
  })

  it.each<[number, number[]]>([
    [5, [200]],
    [4, [200, 429]]
  ])('when people are added to several lists (%i allowed)', async (allowed, statuses) => {
    const leads = times(8, (i) => ({ id: 11 + i, userId: `u${i}`, email: `p${i}@example.com` }))
    sandbox().reset({ leads, assets: { lists: 8 } })
    const lists = sandbox().state().lists
    const events = people(8).map((event, i) => ({ ...event, properties: { list: lists[i].id } }))
    const mapping = { listId: { '@path': '$.properties.list' }, membership: 'add' }
    expect(await statusesWith(allowed, 'syncList', events, { mapping })).toEqual(new Set(statuses))
  })
})

it('The owners of the cookies are looked up in parallel with the leads', async () => {
  const COOKIE = 'id:123-ABC-456&token:_mch-example.com-1741098586131-10001'
  sandbox().setLimits({ concurrentCalls: 1 })
  sandbox().addFault({ endpoint: 'getLeads', kind: 'delay', ms: 100, times: 1_000 })
  const [event] = people(1)
  const [report] = await sendBatch('upsertLead', [{ ...event, context: { Marketo: { marketoCookie: COOKIE } } }])
  // One of the two calls exceeds the limit of one.
  expect(JSON.stringify(report)).toMatch(/error 615/)
})
