import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, leadsOfUsers, marketoApi, refusal, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const event = createTestEvent({
  type: 'track',
  event: 'Order Completed',
  userId: 'user-1',
  anonymousId: undefined,
  timestamp: '2026-01-02T03:04:05.678Z',
  properties: { orderId: 'order-1', revenue: 12.5 }
})

const mapping = {
  activityTypeId: 100001,
  primaryAttributeValue: { '@path': '$.properties.orderId' },
  attributes: { revenue: { '@path': '$.properties.revenue' } }
}

const TYPES = success({ id: 100001, apiName: 'order_c', name: 'Order', status: 'approved' })
const attribute = (apiName: string, dataType: string) => ({ apiName, name: apiName, dataType })

/** Marketo tells which attributes the custom activity has, if it is asked. */
const describeOrder = (...attributes: object[]) =>
  marketoApi()
    .get('/rest/v1/activities/external/types.json')
    .reply(200, TYPES)
    .get('/rest/v1/activities/external/type/order_c/describe.json')
    .reply(200, success({ primaryAttribute: attribute('orderId', 'string'), attributes }))

/** What the destination has learned of types, it remembers for an hour for each API user. */
let users = 0

/** The outcome of an event about a known lead, with these attributes, for another API user. */
const recorded = async (attributes: object, more: object = {}) => {
  users += 1
  const [outcome] = await testDestination.executeBatch('sendCustomActivity', {
    events: [createTestEvent({ type: 'track', properties: { attributes } as never })],
    settings: { ...settings, clientId: `user-${users}` },
    mapping: {
      leadId: 7,
      activityTypeId: 100001,
      primaryAttributeValue: 'A-1',
      attributes: { '@path': '$.properties.attributes' },
      ...more
    }
  })
  return outcome
}

describe('MarketoV2.sendCustomActivity, with values', () => {
  afterEach(endMarketo)

  it('records an object as JSON text in an attribute that can hold it', async () => {
    describeOrder(attribute('properties', 'text'))
      .post('/rest/v1/activities/external.json', ({ input }: { input: { attributes: object[] }[] }) => {
        expect(input[0].attributes).toEqual([{ apiName: 'properties', value: '{"plan":"pro"}' }])
        return true
      })
      .reply(200, success({ marketoGUID: 'guid', status: 'added' }))
    expect(await recorded({ properties: { plan: 'pro' } })).toMatchObject({ status: 200 })
  })

  it('refuses an object in an attribute that cannot hold text', async () => {
    describeOrder(attribute('total', 'float'))
    expect(await recorded({ total: { amount: 1 } })).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('Attributes > total') as string
    })
  })

  it('lets Segment retry an event with an object while the types cannot be read', async () => {
    marketoApi().get('/rest/v1/activities/external/types.json').reply(200, refusal('608', 'Temporarily unavailable'))
    expect(await recorded({ properties: { a: 1 } })).toMatchObject({ status: 503 })
  })

  it('converts attributes to their types once Marketo refuses one', async () => {
    describeOrder(attribute('total', 'float'), attribute('first', 'boolean'))
      .post('/rest/v1/activities/external.json')
      .reply(200, success({ status: 'skipped', errors: [{ code: '1003', message: 'Invalid value' }] }))
      .post('/rest/v1/activities/external.json', ({ input }: { input: { attributes: object[] }[] }) => {
        expect(input[0].attributes).toEqual([
          { apiName: 'total', value: 12.5 },
          { apiName: 'first', value: true }
        ])
        return true
      })
      .reply(200, success({ marketoGUID: 'guid', status: 'added' }))
    expect(await recorded({ total: '12.5', first: 'yes' })).toMatchObject({ status: 200 })
  })

  it.each<[string, object, object, string]>([
    ['without a type', {}, { activityTypeId: null }, 'Activity Type ID is empty'],
    ['without a primary value', {}, { primaryAttributeValue: ' ' }, 'Primary Attribute Value is empty'],
    ['with 21 attributes', Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`a${i}`, 1])), {}, '20 at most'],
    ['with attributes of 70 KB', { long: 'x'.repeat(70_000) }, {}, 'is larger than the 65536 bytes'],
    ['with a date that cannot be read', {}, { activityDate: '31.05.2024' }, 'Activity Date']
  ])('refuses an activity %s', async (_what: string, attributes: object, more: object, message: string) => {
    expect(await recorded(attributes, more)).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining(message) as string
    })
  })
})

describe('MarketoV2.sendCustomActivity', () => {
  afterEach(endMarketo)

  it("adds the activity to the user's lead", async () => {
    leadsOfUsers('user-1', { id: 7, userId: 'user-1' })
      .post('/rest/v1/activities/external.json', {
        input: [
          {
            leadId: 7,
            activityDate: '2026-01-02T03:04:05+00:00',
            activityTypeId: 100001,
            primaryAttributeValue: 'order-1',
            attributes: [{ apiName: 'revenue', value: 12.5 }]
          }
        ]
      })
      .reply(200, success({ id: 1, status: 'added' }))

    await testDestination.testAction('sendCustomActivity', { event, settings, mapping, useDefaultMappings: true })
  })

  it('creates the lead first if there is none', async () => {
    marketoApi()
      .get('/rest/v1/leads.json')
      .query(true)
      .reply(200, success())
      .post('/rest/v1/leads.json', { action: 'createOrUpdate', lookupField: 'userId', input: [{ userId: 'user-1' }] })
      .reply(200, success({ id: 8, status: 'created' }))
      .post('/rest/v1/activities/external.json', /"leadId":8,/)
      .reply(200, success({ id: 2, status: 'added' }))

    await testDestination.testAction('sendCustomActivity', { event, settings, mapping, useDefaultMappings: true })
  })

  it('records nothing that the log has, with Prevent Duplicates', async () => {
    const recorded = {
      leadId: 7,
      activityTypeId: 100001,
      primaryAttributeValue: 'order-1',
      activityDate: '2026-01-02T03:04:05Z'
    }
    marketoApi()
      .get('/rest/v1/activities/pagingtoken.json')
      .query(true)
      .reply(200, { success: true, nextPageToken: 'token' })
      .get('/rest/v1/activities.json')
      .query({ nextPageToken: 'token', activityTypeIds: '100001', leadIds: '7' })
      .reply(200, { ...success(recorded), nextPageToken: 'next', moreResult: false })

    const responses = await testDestination.testAction('sendCustomActivity', {
      event,
      settings,
      mapping: { ...mapping, leadId: 7, preventDuplicates: true },
      useDefaultMappings: true
    })
    expect(responses.map(({ url }) => url)).toEqual([
      expect.stringContaining('pagingtoken.json'),
      expect.stringContaining('activities.json')
    ])
  })

  it('fails with status 429, so that Segment retries, when the daily quota is used up', async () => {
    marketoApi().post('/rest/v1/activities/external.json').reply(200, refusal('607', 'Daily API Request Limit reached'))

    await expect(
      testDestination.testAction('sendCustomActivity', {
        event,
        settings,
        mapping: { ...mapping, leadId: 7 },
        useDefaultMappings: true
      })
    ).rejects.toMatchObject({ status: 429 })
  })
})
