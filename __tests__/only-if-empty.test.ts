import type { LeadSeed } from '../sandbox'
import { eventOf, sendOne, statusesOf, times, WAYS } from './support/events'
import { anonymousTracking, sendBatch, useSandbox } from './support/marketo'
import type { Sending } from './support/marketo'

/** Only If Empty: what is known first stays. */

const sandbox = useSandbox()
const calls = () => sandbox().state().usage.byEndpoint
const start = (...leads: LeadSeed[]) => sandbox().reset({ leads, keepDefaults: false })
const fields = () =>
  sandbox()
    .state()
    .leads.map((lead) => lead.fields)

const rule = (mapping: object = {}, onlyIfEmpty: string[] = ['leadSource', 'mrr', 'newsletter']): Sending => ({
  mapping: { customFields: { '@path': '$.traits.c' }, onlyIfEmpty, ...mapping }
})
const ada = (c: Record<string, string | number | boolean | null>) =>
  eventOf({ userId: 'ada', email: 'ada@x.org' }, { c })
const ADA = { id: 7, userId: 'ada', email: 'ada@x.org' }

describe.each(WAYS)('A field that is written only while the lead has no value (%s)', (way) => {
  it.each<[string, LeadSeed, object, object]>([
    ['is written while it is empty', {}, { leadSource: 'Ad' }, { leadSource: 'Ad' }],
    ['is left out if the lead has text', { leadSource: 'Web' }, { leadSource: 'Ad' }, { leadSource: 'Web' }],
    ['is left out if the lead has 0', { mrr: 0 }, { mrr: 5 }, { mrr: 0 }],
    ['is left out if the lead has false', { newsletter: false }, { newsletter: true }, { newsletter: false }],
    ['is not cleared', { leadSource: 'Web' }, { leadSource: null }, { leadSource: 'Web' }]
  ])('%s', async (_what, seed, written, after) => {
    start({ ...ADA, ...seed })
    const report = await sendOne(way, 'upsertLead', ada(written as never), rule())
    expect(fields()).toEqual([{ userId: 'ada', email: 'ada@x.org', ...after }])
    const isLeftOut = Object.keys(seed).length > 0
    const leftOut = isLeftOut ? [expect.stringMatching(/: the lead has a value, and Only If Empty/)] : undefined
    expect(report.body?.leftOut).toEqual(leftOut)
    expect(calls()).toEqual({ getLeads: 1, syncLeads: 1 })
  })

  it.each([
    ['a Lookup Field', { lookupField: 'email' }],
    ['a lead ID', { leadId: 7 }],
    ['a lead ID as Lookup Field', { leadId: 7, lookupField: 'id' }]
  ])('costs one look-up more with %s, and none if the event has no such field', async (_what, mapping) => {
    start({ ...ADA, leadSource: 'Web' })
    await sendOne(way, 'upsertLead', ada({ leadSource: 'Ad', plan: 'pro' }), rule(mapping))
    expect(fields()).toMatchObject([{ leadSource: 'Web', plan: 'pro' }])
    expect(calls()).toEqual({ getLeads: 1, syncLeads: 1 })
    await sendOne(way, 'upsertLead', ada({ plan: 'free' }), rule(mapping))
    expect(calls()).toEqual({ getLeads: 1, syncLeads: 2 })
  })

  it('never holds back an identifier or the lookup field', async () => {
    start({ ...ADA, plan: 'pro' })
    const identifiers = ['id', 'email', 'userId', 'plan']
    const report = await sendOne(way, 'upsertLead', ada({ plan: 'pro' }), rule({ lookupField: 'plan' }, identifiers))
    expect(report.status).toBe(200)
    expect(report.body).not.toHaveProperty('leftOut')
    expect(calls()).toEqual({ syncLeads: 1 })
  })

  it('needs no look-up of a lead that is only created', async () => {
    start()
    const add = rule({ lookupField: 'email', __segment_internal_sync_mode: 'add' })
    await sendOne(way, 'upsertLead', ada({ leadSource: 'Ad' }), add)
    expect(fields()).toMatchObject([{ leadSource: 'Ad' }])
    expect(calls()).toEqual({ syncLeads: 1 })
  })

  it('costs only its own event if the instance lacks it', async () => {
    start(ADA, { id: 8, userId: 'bob', email: 'bob@x.org', leadSource: 'Web' })
    const events = [
      ada({ noSuchField: 'x' }),
      eventOf({ userId: 'bob', email: 'bob@x.org' }, { c: { leadSource: 'Ad', plan: 'pro' } }),
      eventOf({ userId: 'cem', email: 'cem@x.org' }, { city: 'Rome' })
    ]
    const sending = rule({}, ['noSuchField', 'leadSource'])
    if (way === 'batch') expect(statusesOf(await sendBatch('upsertLead', events, sending))).toEqual([400, 200, 200])
    else
      for (const [i, event] of events.entries())
        expect((await sendOne(way, 'upsertLead', event, sending)).status).toBe(i ? 200 : 400)
    expect(fields()).toMatchObject([{ userId: 'ada' }, { leadSource: 'Web', plan: 'pro' }, { city: 'Rome' }])
    // One tells which fields the instance has.
    if (way === 'batch') expect(calls()).toMatchObject({ describeLeads: 1 })
  })
})

describe('In a batch,', () => {
  it('known people still take two calls', async () => {
    start(...times(300, (i) => ({ id: i + 1, email: `p${i}@x.org`, ...(i % 2 && { leadSource: 'Web' }) })))
    const events = times(300, (i) => eventOf({ userId: `u${i}`, email: `p${i}@x.org` }, { c: { leadSource: 'Ad' } }))
    expect(new Set(statusesOf(await sendBatch('upsertLead', events, rule())))).toEqual(new Set([200]))
    expect(fields().filter(({ leadSource }) => leadSource === 'Ad')).toHaveLength(150)
    expect(calls()).toEqual({ getLeads: 1, syncLeads: 1 })
  })

  it.each([
    ['by email', {}],
    ['by a Lookup Field', { lookupField: 'email' }]
  ])('the first event fills the field, and the second one leaves it (%s)', async (_what, mapping) => {
    start()
    const events = [ada({ plan: 'free' }), ada({ leadSource: 'First' }), ada({ leadSource: 'Second' })]
    const reports = await sendBatch('upsertLead', events, rule(mapping))
    expect(fields()).toMatchObject([{ leadSource: 'First', plan: 'free' }])
    expect(reports.map(({ body }) => body?.leftOut)).toEqual([
      undefined,
      undefined,
      [expect.stringMatching(/^leadSource/)]
    ])
    expect(calls().syncLeads).toBe(1)
  })

  it.each([
    ['by email', {}],
    ['by a Lookup Field', { lookupField: 'email' }]
  ])('the second event fills the field if Marketo refuses the first one (%s)', async (_what, mapping) => {
    start(ADA)
    const events = [ada({ leadSource: 'First', trialEndsAt: 'never' }), ada({ leadSource: 'Second' })]
    expect(statusesOf(await sendBatch('upsertLead', events, rule(mapping)))).toEqual([400, 200])
    expect(fields()).toMatchObject([{ leadSource: 'Second' }])
  })

  it('a merge may fill the field for the next event', async () => {
    start(ADA, { id: 8, email: 'ada@x.org', leadSource: 'Twin' })
    const events = [ada({ plan: 'pro' }), ada({ leadSource: 'Ad' })]
    await sendBatch('upsertLead', events, rule({ mergeDuplicates: true }))
    expect(fields()).toMatchObject([{ leadSource: 'Twin', plan: 'pro' }])
  })
})

describe('If the values cannot be looked up,', () => {
  it.each([
    ['by lead ID', { leadId: 7 }],
    ['by a Lookup Field', { lookupField: 'email' }]
  ])('the event is retried, and later ones about the same lead wait (%s)', async (_what, mapping) => {
    start({ ...ADA, leadSource: 'Web' })
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611' })
    const events = [ada({ leadSource: 'Ad' }), ada({ plan: 'pro' })]
    expect(statusesOf(await sendBatch('upsertLead', events, rule(mapping)))).toEqual([500, 503])
    expect(fields()).toMatchObject([{ leadSource: 'Web' }])
  })

  it.each([
    ['by lead ID', { leadId: 7 }],
    ['by a Lookup Field', { lookupField: 'email' }]
  ])(
    'because nobody may ask which fields there are, the events without such a field are written (%s)',
    async (_what, mapping) => {
      start(ADA)
      sandbox().addFault({ endpoint: 'describeLeads', kind: 'error', code: '603', times: 9 })
      const bob = eventOf({ userId: 'bob', email: 'bob@x.org' }, { c: { plan: 'pro' } })
      const sending = rule(mapping, ['noSuchField'])
      const byKey = 'leadId' in mapping ? { ...sending, settings: anonymousTracking } : sending
      const events = 'leadId' in mapping ? [ada({ noSuchField: 'x' })] : [ada({ noSuchField: 'x' }), bob]
      const reports = await sendBatch('upsertLead', events, byKey)
      expect(statusesOf(reports)).toEqual([403, 200].slice(0, events.length))
      expect(reports[0].errormessage).toMatch(/Describe Lead.*603/)
    }
  )
})

it('A field that Marketo describes but refuses to return fails only the events that have it', async () => {
  start(ADA)
  sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '1006' })
  const bob = eventOf({ userId: 'bob', email: 'bob@x.org' })
  const [first, second] = await sendBatch('upsertLead', [ada({ leadSource: 'Ad' }), bob], rule({}))
  expect(first).toMatchObject({ status: 400, errormessage: expect.stringMatching(/Get Leads.*1006/) as string })
  expect(second.status).toBe(200)
})
