import type { JSONObject } from '@segment/actions-core'
import type { Fault, LeadSeed } from '../sandbox'
import { eventOf, statusesOf, times } from './support/events'
import { sendBatch, useSandbox } from './support/marketo'
import type { TestEvent } from './support/marketo'

/** What can't be undone: an opt-out that is lost in a merge, or taken back by an old trait. */

const sandbox = useSandbox()
const ADA = 'ada@example.com'
const ada = eventOf({ userId: 'ada', email: ADA })
const leads = () =>
  sandbox()
    .state()
    .leads.map(({ id, fields }) => ({ id, ...fields }))

async function merge(seeds: LeadSeed[], ...events: TestEvent[]) {
  sandbox().reset({ leads: seeds, keepDefaults: false })
  const mapping = { mergeDuplicates: true, leadId: { '@path': '$.traits.leadId' } }
  const reports = await sendBatch('upsertLead', events, { mapping })
  expect(new Set(statusesOf(reports))).toEqual(new Set([200]))
  return reports.map(({ body }) => body)
}

describe('A merge', () => {
  it.each(['unsubscribed', 'doNotCall', 'marketingSuspended', 'emailInvalid', 'blackListed'])(
    'keeps %s of the lead that disappears',
    async (field) => {
      const twins = [
        { id: 1, userId: 'ada', email: ADA, [field]: false },
        { id: 2, email: ADA, [field]: true }
      ]
      expect(await merge(twins, ada)).toMatchObject([{ merged: [2] }])
      expect(leads()).toMatchObject([{ id: 1, [field]: true }])
    }
  )

  it('keeps it through a chain of merges, with one call more for the whole batch', async () => {
    const seeds = [
      { id: 1, userId: 'ada', email: ADA },
      { id: 2, email: ADA, doNotCall: true },
      { id: 5, userId: 'ada' },
      { id: 7, userId: 'bob', email: 'bob@x.org' },
      { id: 8, userId: 'bob', unsubscribed: true }
    ]
    const events = [
      eventOf({ email: ADA }, { leadId: 1 }),
      eventOf({ userId: 'ada' }, { leadId: 5 }),
      eventOf({ userId: 'bob', email: 'bob@x.org' })
    ]
    await merge(seeds, ...events)
    expect(leads()).toMatchObject([
      { id: 5, doNotCall: true },
      { id: 7, unsubscribed: true }
    ])
    // The second one, after the records of the events.
    expect(sandbox().state().usage.byEndpoint.syncLeads).toBe(2)
  })

  it('is not made if that fails, and the outcome says so; others are made', async () => {
    const seeds = [
      { id: 1, userId: 'ada', email: ADA },
      { id: 2, email: ADA, doNotCall: true },
      { id: 7, userId: 'bob', email: 'bob@x.org' },
      { id: 8, userId: 'bob' }
    ]
    const fault: Fault = { endpoint: 'syncLeads', kind: 'error', code: '611', after: 1 }
    sandbox().reset({ leads: seeds, keepDefaults: false })
    sandbox().addFault(fault)
    const reports = await sendBatch('upsertLead', [ada, eventOf({ userId: 'bob', email: 'bob@x.org' })], {
      mapping: { mergeDuplicates: true }
    })
    expect(reports.map(({ body }) => [body?.notMerged, body?.merged])).toEqual([
      [expect.stringMatching(/^2: doNotCall must be kept first\. .*611/), undefined],
      [undefined, [8]]
    ])
    expect(leads().map(({ id }) => id)).toEqual([1, 2, 7])
  })

  it.each(['sfdcId', 'sfdcLeadId', 'sfdcContactId'])(
    'never makes a lead with a value in %s disappear',
    async (field) => {
      const twins = [
        { id: 1, userId: 'ada', email: ADA },
        { id: 2, email: ADA, [field]: '00Q' },
        { id: 3, email: ADA }
      ]
      const [body] = await merge(twins, ada)
      expect(body?.notMerged).toMatch(new RegExp(`^2, 3: 2 .*${field}.*CRM`))
      expect(leads()).toHaveLength(3)
    }
  )

  it('may make the lead of a CRM the one that stays', async () => {
    const twins = [
      { id: 1, userId: 'ada', email: ADA, sfdcContactId: '003' },
      { id: 2, email: ADA }
    ]
    expect(await merge(twins, ada)).toMatchObject([{ merged: [2] }])
  })

  it('is not made if Marketo does not say which fields it has', async () => {
    sandbox().reset({
      leads: [
        { id: 1, userId: 'ada', email: ADA },
        { id: 2, email: ADA }
      ],
      keepDefaults: false
    })
    sandbox().addFault({ endpoint: 'describeLeads', kind: 'error', code: '603' })
    const [{ body }] = await sendBatch('upsertLead', [ada], { mapping: { mergeDuplicates: true } })
    expect(body?.notMerged).toMatch(/^not looked for: .*603/)
  })

  it('works in an instance without Salesforce, and asks for its fields once', async () => {
    for (const field of ['sfdcId', 'sfdcLeadId', 'sfdcContactId', 'blackListed']) sandbox().removeField(field)
    const twins = times(2, (i) => ({ id: i + 1, email: ADA, ...(i === 0 && { userId: 'ada' }) }))
    sandbox().reset({ leads: twins, keepDefaults: false })
    const send = () => sendBatch('upsertLead', [ada], { mapping: { mergeDuplicates: true } })
    expect((await send())[0].body).toMatchObject({ merged: [2] })
    await send()
    expect(sandbox().state().usage.byEndpoint.describeLeads).toBe(1)
  })
})

describe('Never to False', () => {
  const written = async (value: unknown, neverToFalse?: string[] | null) => {
    sandbox().reset({ leads: [{ id: 1, userId: 'ada', unsubscribed: true }], keepDefaults: false })
    const [report] = await sendBatch(
      'upsertLead',
      [eventOf({ userId: 'ada' }, { c: { unsubscribed: value as boolean } })],
      {
        mapping: {
          customFields: { '@path': '$.traits.c' },
          ...(neverToFalse !== undefined && { neverToFalse })
        }
      }
    )
    return { report, unsubscribed: leads()[0] && (leads()[0] as JSONObject).unsubscribed }
  }

  it.each([false, 'false', ' No ', 0, '0', null])('keeps an opt-out by default: %j', async (value) => {
    const { report, unsubscribed } = await written(value)
    expect(unsubscribed).toBe(true)
    expect(report).toMatchObject({
      status: 200,
      body: { leftOut: [expect.stringMatching(/^unsubscribed: Never to False/)] }
    })
    expect(sandbox().state().usage.byEndpoint).toEqual({ getLeads: 1, syncLeads: 1 })
  })

  it.each([true, 'yes', 1])('lets an opt-out pass: %j', async (value) => {
    const { report } = await written(value)
    expect(report.body).not.toHaveProperty('leftOut')
  })

  it('takes names in any case', async () => {
    expect(await written(false, ['UNSUBSCRIBED '])).toMatchObject({ unsubscribed: true })
  })

  it.each([[[]], [null]])('is off if the mapping has %j', async (names) => {
    expect((await written(false, names)).unsubscribed).toBe(false)
  })
})
