import type { Sandbox } from '../sandbox'
import { eventOf, times } from './support/events'
import { sendBatch, settings, useSandbox } from './support/marketo'
import type { TestEvent } from './support/marketo'

const sandbox = useSandbox()

const ADA = 'ada@example.com'
const ada = eventOf({ userId: 'ada', email: ADA })
const leadIds = () =>
  sandbox()
    .state()
    .leads.map(({ id }) => id)

/** Sends Upsert Lead with Merge Duplicates. All events must succeed. @returns the body of each outcome */
async function send(leads: NonNullable<Parameters<Sandbox['reset']>[0]>['leads'], ...events: TestEvent[]) {
  sandbox().reset({ leads })
  return later(...events)
}

async function later(...events: TestEvent[]) {
  const mapping = { mergeDuplicates: true, leadId: { '@path': '$.traits.leadId' } }
  const reports = await sendBatch('upsertLead', events, { settings, mapping })
  expect(new Set(reports.map(({ status }) => status))).toEqual(new Set([200]))
  return reports.map(({ body }) => body)
}

const TWINS = [
  { id: 1, userId: 'ada', email: ADA },
  { id: 2, email: ADA }
]

describe('Merge Duplicates', () => {
  it('merges the leads of one person', async () => {
    expect(await send([...TWINS, { id: 3, userId: 'ADA' }], ada)).toMatchObject([{ id: 1, merged: [2, 3] }])
    expect(leadIds()).toEqual([1])
  })

  it('does not merge leads that contradict each other', async () => {
    const [body] = await send([...TWINS, { id: 3, userId: 'bob', email: ADA }], ada)
    expect(body).not.toHaveProperty('merged')
    expect(leadIds()).toEqual([1, 2, 3])
  })

  it('merges a lead into which an earlier event has merged another', async () => {
    const leads = [...TWINS, { id: 5, userId: 'ada' }]
    const [first, second] = await send(
      leads,
      eventOf({ email: ADA }, { leadId: 1 }),
      eventOf({ userId: 'ada' }, { leadId: 5 })
    )
    expect([first?.merged, second?.merged]).toEqual([[2], [1]])
    expect(leadIds()).toEqual([5])
  })

  it('associates a visitor with what the lead of the event has become part of', async () => {
    const token = '_mch-x.org-1600000000001-12341'
    const first = eventOf({ email: ADA }, { leadId: 1 })
    const Marketo = { marketoCookie: `id:123-ABC-456&token:${token}` }
    const leads = [...TWINS, { id: 5, userId: 'ada' }]
    const bodies = await send(
      leads,
      { ...first, context: { ...first.context, Marketo } },
      eventOf({ userId: 'ada' }, { leadId: 5 })
    )
    expect(bodies).toMatchObject([{ webActivity: 'associated' }, { merged: [1] }])
    expect(sandbox().state().leads).toMatchObject([{ id: 5, cookies: [token] }])
  })

  it('brings the tokens of the merged lead along: a later event of the batch need not associate them', async () => {
    const token = '_mch-x.org-1600000000001-12341'
    sandbox().reset({ leads: [TWINS[0], { ...TWINS[1], cookies: [token] }] })
    const marketoCookie = `id:123-ABC-456&token:${token}`
    const [first, second] = await later(ada, { ...ada, context: { ...ada.context, Marketo: { marketoCookie } } })
    expect(first).toMatchObject({ id: 1, merged: [2] })
    expect(second).toMatchObject({ id: 1, webActivity: 'already associated' })
    expect(sandbox().state().usage.byEndpoint.associateLead).toBeUndefined()
  })

  it('does not start a merge until an earlier merge of the same lead is answered', async () => {
    sandbox().reset({ leads: [...TWINS, { id: 5, userId: 'ada' }] })
    sandbox().addFault({ endpoint: 'mergeLeads', kind: 'error', code: '606' })
    const [first, second] = await later(
      eventOf({ email: ADA }, { leadId: 1 }),
      eventOf({ userId: 'ada' }, { leadId: 5 })
    )
    expect(first?.notMerged).toMatch(/^2: .*606/)
    expect(second?.notMerged).toBe('1: not yet merged: with a later event')
    expect(leadIds()).toEqual([1, 2, 5])
  })

  it('merges nothing after a failed look-up, and the outcomes of its events say so', async () => {
    sandbox().reset({ leads: [...TWINS, { id: 5, userId: 'bob' }] })
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611', after: 3 })
    const [first, second] = await later(ada, eventOf({ userId: 'bob' }))
    expect(first?.notMerged).toMatch(/^not looked for: .*611/)
    expect(second?.notMerged).toMatch(/^not looked for: .*611/)
    expect(leadIds()).toEqual([1, 2, 5])
  })

  it('merges nothing by a value with a comma, which cannot be looked up together with others', async () => {
    const leads = [
      { id: 1, userId: 'ada,l', email: ADA },
      { id: 2, email: ADA }
    ]
    const [body] = await send(leads, eventOf({ userId: 'ada,l', email: ADA }))
    expect(body?.notMerged).toBe('not looked for: userId contains a comma')
    expect(leadIds()).toEqual([1, 2])
  })

  it('merges at most 50 times per batch, and names the remaining leads', async () => {
    const email = (i: number) => `a${i}@example.com`
    const leads = times(51, (i) => [
      { id: 2 * i + 1, email: email(i), userId: `u${i}` },
      { id: 2 * i + 2, email: email(i) }
    ]).flat()
    const bodies = await send(leads, ...times(51, (i) => eventOf({ email: email(i), userId: `u${i}` })))
    expect(bodies.filter((body) => body?.merged)).toHaveLength(50)
    expect(bodies.flatMap((body) => body?.notMerged ?? [])).toEqual([
      expect.stringMatching(/^\d+: not yet merged: with a later event$/)
    ])
    expect(leadIds()).toHaveLength(52)
  })

  it('still succeeds when the connection is lost, and merges with a later event', async () => {
    sandbox().reset({ leads: TWINS })
    sandbox().addFault({ endpoint: 'mergeLeads', kind: 'cut' })
    expect((await later(ada))[0]?.notMerged).toMatch(/^2: Merge Leads/)
    expect((await later(ada))[0]?.merged).toEqual([2])
    expect(leadIds()).toEqual([1])
  })
})
