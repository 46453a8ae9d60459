import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject, JSONValue } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, marketoApi, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

/** The record that Marketo gets for an Identify event with these traits, and the body of the outcome. */
async function written(traits: JSONObject, mapping: JSONObject = {}): Promise<{ record: JSONObject; body: object }> {
  const records: JSONObject[] = []
  marketoApi()
    .post('/rest/v1/leads.json')
    .reply(200, (_uri, { input }: { input: JSONObject[] }) => {
      records.push(...input)
      return success({ id: 7, status: 'updated' })
    })
  const [outcome] = await testDestination.executeBatch('upsertLead', {
    events: [createTestEvent({ type: 'identify', userId: 'user-1', anonymousId: undefined, traits })],
    settings,
    mapping: { ...destinationDefaults, lookupField: 'userId', ...mapping }
  })
  return { record: records[0], body: (outcome as { body: object }).body }
}

const destinationDefaults = Object.fromEntries(
  Object.entries(destination.actions.upsertLead.fields).flatMap(([key, { default: value }]) =>
    value === undefined ? [] : [[key, value as JSONValue]]
  )
)

describe('MarketoV2.upsertLead reads traits', () => {
  afterEach(endMarketo)

  it.each([
    ['in camelCase', { firstName: 'Ada', lastName: 'Lovelace' }, { firstName: 'Ada', lastName: 'Lovelace' }],
    ['in snake_case', { first_name: 'Ada', job_title: 'CTO' }, { firstName: 'Ada', title: 'CTO' }],
    ['from the full name', { name: 'Ada King Lovelace' }, { firstName: 'Ada', lastName: 'King Lovelace' }],
    ['beside an address', { city: 'London', zip: 'W1' }, { city: 'London', postalCode: 'W1' }],
    ['from an address as text', { address: '1 Main St' }, { address: '1 Main St' }],
    [
      'from an address as JSON text',
      { address: '{"city":"Eugene","street":"1 Main St"}' },
      { city: 'Eugene', address: '1 Main St' }
    ],
    ['from a company as JSON text', { company: '{"name":"Engines"}' }, { company: 'Engines' }],
    ['that mean nothing as absent', { firstName: 'undefined', lastName: '{{user.last}}', phone: ' ' }, {}],
    ['that are a list as absent', { phone: '[]', city: '["a"]' }, {}]
  ])('%s', async (_how: string, traits: JSONObject, fields: JSONObject) => {
    expect((await written(traits)).record).toEqual({ userId: 'user-1', ...fields })
  })

  it.each([
    ['2024-05-31', '2024-05-31'],
    ['2021-02-28T23:00:00-08:00', '2021-02-28'],
    ['05/31/2024', '2024-05-31'],
    ['May 31, 2024', '2024-05-31'],
    ['Fri, 31 May 2024 14:03:46 GMT', '2024-05-31'],
    ['Fri May 31 14:03:46 UTC 2024', '2024-05-31'],
    ['31 May 2024 02:03 PM', '2024-05-31'],
    ['20240531', '2024-05-31'],
    ['2024-05', '2024-05-01'],
    ['1717164226', '2024-05-31'],
    ['1717164226566', '2024-05-31'],
    ['May-31-2024', '2024-05-31'],
    ['2024-05-31 14:03:46,5 +05:30', '2024-05-31']
  ])('the day of %s', async (birthday: string, dateOfBirth: string) => {
    expect((await written({ birthday })).record).toEqual({ userId: 'user-1', dateOfBirth })
  })

  it.each(['2024-02-30', '31.05.2024', '13/31/2024', 'soon', '2024-05-31 25:00', 'May 31 24', '2024-05-31 13:00 PM'])(
    'but no day of %s, and says so',
    async (birthday: string) => {
      const { record, body } = await written({ birthday })
      expect(record).toEqual({ userId: 'user-1' })
      expect(body).toMatchObject({ leftOut: [expect.stringContaining('Date of Birth')] })
    }
  )
})

describe('MarketoV2.upsertLead writes Custom Fields', () => {
  afterEach(endMarketo)

  it('joins lists, clears a field with null, and leaves identifiers to their own fields', async () => {
    const custom = { tags: ['a', 'b'], json: '["c","d"]', oldPlan: null, blank: ' ', email: 'x@example.com', id: 1 }
    const { record, body } = await written({ custom }, { customFields: { '@path': '$.traits.custom' } })
    expect(record).toEqual({ userId: 'user-1', tags: 'a;b', json: 'c;d', oldPlan: null })
    expect(body).toMatchObject({ leftOut: expect.any(Array) as string[] })
  })

  it('never writes false into a field that protects an opt-out', async () => {
    const { record, body } = await written(
      { custom: { unsubscribed: 'false', doNotCall: false } },
      { customFields: { '@path': '$.traits.custom' } }
    )
    expect(record).toEqual({ userId: 'user-1', doNotCall: false })
    expect(body).toMatchObject({ leftOut: [expect.stringContaining('unsubscribed')] })
  })

  it('refuses an object', async () => {
    const [outcome] = await testDestination.executeBatch('upsertLead', {
      events: [createTestEvent({ type: 'identify', userId: 'user-1', traits: { plan: { name: 'pro' } } })],
      settings,
      mapping: { userId: 'user-1', lookupField: 'userId', customFields: { plan: { '@path': '$.traits.plan' } } }
    })
    expect(outcome).toMatchObject({ status: 400, errormessage: expect.stringContaining('holds an object') as string })
  })
})
