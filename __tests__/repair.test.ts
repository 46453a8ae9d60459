import { anonymousTracking, callsOf, sendBatch, useSandbox } from './support/marketo'
import { leadFields, statusesOf, times } from './support/events'

const sandbox = useSandbox()
beforeEach(() => sandbox().reset({ leads: [], keepDefaults: false }))
afterEach(() => jest.restoreAllMocks())

const identify = (i: number, traits: object, more: object = {}) => ({
  type: 'identify' as const,
  userId: `u${i}`,
  traits: { email: `e${i}@x.org`, ...traits },
  ...more
})

/** Each test uses another instance, because the fields that an instance refuses are remembered for an hour. */
describe('A field of the default mapping that the instance does not have', () => {
  it('fails no lead, is named in the outcome, and is left out from then on', async () => {
    sandbox().removeField('gender')
    const events = times(3, (i) => identify(i, { gender: 'woman', firstName: `F${i}` }))
    const reports = await sendBatch('upsertLead', events)
    expect(statusesOf(reports)).toEqual([200, 200, 200])
    for (const { body } of reports) expect(body?.leftOut).toEqual([expect.stringMatching(/^gender: .*1006/)])
    expect(leadFields(sandbox()).map(({ firstName }) => firstName)).toEqual(['F0', 'F1', 'F2'])

    const again = async () => {
      const [report] = await sendBatch('upsertLead', [identify(0, { gender: 'woman', firstName: 'New' })])
      expect(report).toMatchObject({ status: 200, body: { leftOut: [expect.stringMatching(/^gender/)] } })
    }
    // One call finds the lead, and one writes it.
    expect(await callsOf(sandbox(), again)).toBe(2)
  })

  it('is a 400 that names the field if the customer maps it as a custom field', async () => {
    sandbox().removeField('city')
    const mapping = { customFields: { city: { '@path': '$.traits.town' } } }
    const [report] = await sendBatch('upsertLead', [identify(1, { town: 'Rome' })], { mapping })
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringMatching(/1006.*city/) as unknown })
  })

  it('is not confused with a custom field whose name contains its name', async () => {
    const mapping = { customFields: { 'company-size': 5, 'home city': 'Rome' } }
    const traits = { company: 'Segment', address: { city: 'Oslo' } }
    const [refused] = await sendBatch('upsertLead', [identify(1, traits)], { mapping })
    expect(refused).toMatchObject({ status: 400, errormessage: expect.stringMatching(/1006.*company-size/) as unknown })
    const [other] = await sendBatch('upsertLead', [identify(2, traits)])
    expect(other.body).not.toHaveProperty('leftOut')
    expect(leadFields(sandbox())).toMatchObject([{ company: 'Segment', city: 'Oslo' }])
  })

  it('is named only in the outcome of an event that has it', async () => {
    sandbox().removeField('state')
    const reports = await sendBatch('upsertLead', [identify(1, { address: { state: 'Oregon' } }), identify(2, {})])
    expect(reports.map(({ body }) => body?.leftOut)).toEqual([[expect.stringMatching(/^state/)], undefined])
  })
})

describe('Company, which Sync Leads may refuse,', () => {
  it('is left out if Marketo refuses it, even if the message names no field', async () => {
    const fault = { endpoint: 'syncLeads', kind: 'record', code: '1021', message: 'Not supported' } as const
    sandbox().addFault(fault)
    const [report] = await sendBatch('upsertLead', [identify(1, { company: 'Segment', lastName: 'L' })])
    expect(report).toMatchObject({ status: 200, body: { leftOut: [expect.stringMatching(/^company/)] } })
    expect(leadFields(sandbox())).toMatchObject([{ lastName: 'L' }])
  })
})

describe('A value whose type differs from its field', () => {
  const custom = (fields: Record<string, unknown>) => ({ mapping: { customFields: fields as never } })

  it.each<[string, unknown, string, unknown]>([
    ['a number written as text', '7', 'leadScoreExt', 7],
    ['a fraction written as text', ' 12.5 ', 'mrr', 12.5],
    ['a boolean written as text', 'TRUE', 'newsletter', true],
    ['a datetime for a date', '2024-05-31T23:00:00-08:00', 'contractStart', '2024-05-31'],
    ['a date in words', 'May 31, 2024', 'contractStart', '2024-05-31'],
    ['a number for text', 5, 'plan', '5']
  ])('is converted: %s', async (_what, value, field, stored) => {
    const [report] = await sendBatch('upsertLead', [identify(1, {})], custom({ [field]: value }))
    expect(report.status).toBe(200)
    expect(leadFields(sandbox())).toMatchObject([{ [field]: stored }])
  })

  it('fails only its own event if it cannot be converted', async () => {
    const mapping = { customFields: { leadScoreExt: { '@path': '$.traits.score' } } }
    const events = [identify(1, { score: 'many' }), identify(2, { score: '3' }), identify(1, { lastName: 'L' })]
    const reports = await sendBatch('upsertLead', events, { mapping })
    expect(statusesOf(reports)).toEqual([400, 200, 200])
    expect(leadFields(sandbox()).map(({ lastName, leadScoreExt }) => [lastName, leadScoreExt])).toContainEqual([
      'L',
      undefined
    ])
  })

  it('is no reason to convert anything of a lead that is created for an activity', async () => {
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'record', code: '1003', message: 'Bad', times: 2 })
    const [{ status }] = await sendBatch('sendCustomActivity', [identify(1, {})], {
      mapping: { activityTypeId: 100001, primaryAttributeValue: 'order' }
    })
    expect(status).toBe(400)
    expect(sandbox().state().leads).toEqual([])
  })

  it('costs no extra call if Marketo refuses nothing', async () => {
    expect(await callsOf(sandbox(), () => sendBatch('upsertLead', [identify(1, {})], custom({ plan: 'free' })))).toBe(3)
    expect(sandbox().state().usage.byEndpoint.describeLeads).toBeUndefined()
  })

  it('is converted for an attribute of a custom activity', async () => {
    const event = { type: 'track' as const, userId: 'u1', properties: { total: '12.5' } }
    const mapping = {
      activityTypeId: 100001,
      primaryAttributeValue: 'order',
      attributes: { total: { '@path': '$.properties.total' } }
    }
    const [report] = await sendBatch('sendCustomActivity', [event], { mapping, settings: anonymousTracking })
    expect(report.status).toBe(200)
    expect(sandbox().state().activities).toMatchObject([{ attributes: [{ apiName: 'total', value: 12.5 }] }])
  })
})
