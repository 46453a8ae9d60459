import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import nock from 'nock'
import destination from '../../src'
import { marketoApi, marketoCookie, munchkin, settings, success } from './__helpers__/marketo'

const testDestination = createTestIntegration(destination)
const destinationSlug = 'actions-marketo-v2'

/** Fields that are not required, but without which an event would be about nobody. */
const userId = 'user-1'
const identifiers = { email: 'ada@example.com', userId, anonymousId: 'anonymous-1' }

const required: Record<string, JSONObject> = {
  upsertLead: { userId },
  sendCustomActivity: { userId, activityTypeId: 100001, primaryAttributeValue: 'order-1', activityDate: '2026-01-02' },
  visitWebPage: { userId, url: 'https://example.com/', userAgent: 'Mozilla/5.0', visitedAt: '2026-01-02T03:04:05Z' },
  syncList: { userId, listId: 1001, membership: 'add' },
  requestCampaign: { userId, campaignId: 3001 },
  setProgramStatus: { userId, programId: 2001, status: 'Registered' },
  submitForm: { email: 'ada@example.com', formId: 3 },
  syncCustomObject: { userId, objectName: 'car_c', fields: { vin: 'A' } }
}

const all: Record<string, JSONObject> = {
  upsertLead: {
    ...identifiers,
    firstName: 'Ada',
    lastName: 'Lovelace',
    name: 'Ada Lovelace',
    company: 'Engines',
    phone: '555-555-5555',
    dateOfBirth: '1815-12-10T00:00:00.000Z',
    gender: 'female',
    city: 'London',
    state: 'Greater London',
    country: 'UK',
    postalCode: 'W1',
    street: '12 St James',
    customFields: { plan: 'pro', tags: ['a', 'b'], oldPlan: null, score: 1.5 },
    lookupField: 'email',
    marketoCookie,
    associateWebActivity: true,
    mergeDuplicates: true,
    partitionName: 'Europe',
    enable_batching: true,
    batch_size: 300
  },
  sendCustomActivity: {
    ...identifiers,
    leadId: 7,
    activityTypeId: 100001,
    primaryAttributeValue: 'order-1',
    attributes: { revenue: 12.5, items: ['book', 'pen'], first: true },
    activityDate: '2026-01-02T03:04:05.678Z',
    createLead: true,
    partitionName: 'Europe',
    enable_batching: true,
    batch_size: 300
  },
  visitWebPage: {
    ...identifiers,
    leadId: 7,
    url: '/pricing?plan=pro&seats=3#yearly',
    userAgent: 'Mozilla/5.0',
    hostname: 'https://example.com:8443/',
    referrer: 'https://example.net/?q=a%20b',
    visitedAt: '2026-01-02T03:04:05.678Z',
    marketoCookie,
    associateLead: true,
    partitionName: 'Europe',
    enable_batching: true,
    batch_size: 300
  },
  syncCustomObject: {
    ...identifiers,
    leadId: 7,
    objectName: 'car_c',
    fields: { vin: 'A', tags: ['a', 'b'], year: '2003', oldMake: null },
    createLead: true,
    partitionName: 'Europe',
    enable_batching: true,
    batch_size: 300
  },
  syncList: {
    ...identifiers,
    leadId: 7,
    listId: 1001,
    membership: 'remove',
    createLead: true,
    partitionName: 'Europe',
    enable_batching: true,
    batch_size: 300,
    batch_keys: ['listId']
  },
  requestCampaign: {
    ...identifiers,
    leadId: 7,
    campaignId: 3001,
    tokens: { 'my.order': 'order-1', '{{my.coupon}}': 'x' },
    createLead: true,
    partitionName: 'Europe',
    enable_batching: true,
    batch_size: 300
  },
  setProgramStatus: {
    ...identifiers,
    leadId: 7,
    programId: 2001,
    status: 'Registered',
    createLead: true,
    partitionName: 'Europe',
    enable_batching: true,
    batch_size: 300
  },
  submitForm: {
    email: 'ada@example.com',
    formId: 3,
    formFields: { firstName: 'Ada', tags: ['a', 'b'] },
    programId: 2001,
    pageUrl: 'https://example.com/join?utm=x',
    ipAddress: '192.150.22.5',
    userAgent: 'Mozilla/5.0',
    marketoCookie
  }
}

/** What the action sends to Marketo, call by call. */
async function requestsOf(action: string, mapping: JSONObject) {
  const responses = await testDestination.testAction(action, { event: createTestEvent(), settings, mapping })
  return responses.map(({ request: { method, url }, options: { body } }) => ({
    method,
    url,
    body: typeof body === 'string' && body.startsWith('{') ? (JSON.parse(body) as JSONObject) : body
  }))
}

describe(`Testing snapshot for ${destinationSlug} destination:`, () => {
  beforeAll(() => {
    // JSON looks the same in every version of jest.
    expect.addSnapshotSerializer({
      test: () => true,
      print: (requests) => JSON.stringify(requests, null, 2)
    })
  })

  beforeEach(() => {
    const api = marketoApi().persist()
    api.get('/rest/v1/leads.json').query(true).reply(200, success())
    api.post('/rest/v1/leads.json').reply(200, success({ id: 7, status: 'created' }))
    api.post('/rest/v1/activities/external.json').reply(200, success({ id: 1, status: 'added' }))
    api.post('/rest/v1/lists/1001/leads.json').reply(200, success({ id: 7, status: 'added' }))
    api.delete('/rest/v1/lists/1001/leads.json?id=7').reply(200, success({ id: 7, status: 'removed' }))
    api.post('/rest/v1/campaigns/3001/trigger.json').reply(200, success({ id: 3001 }))
    api.post('/rest/v1/programs/2001/members/status.json').reply(200, success({ seq: 0, status: 'created', leadId: 7 }))
    api.post('/rest/v1/leads/submitForm.json').reply(200, success({ id: 7, status: 'updated' }))
    api.get('/rest/v1/customobjects/car_c/describe.json').reply(
      200,
      success({
        dedupeFields: ['vin'],
        relationships: [{ field: 'owner', type: 'child', object: { name: 'Lead', field: 'Id' } }],
        fields: [
          { name: 'vin', dataType: 'string' },
          { name: 'year', dataType: 'integer' }
        ]
      })
    )
    api.post('/rest/v1/customobjects/car_c.json').reply(200, success({ seq: 0, marketoGUID: 'x', status: 'created' }))
    api.post('/rest/v1/leads/7/associate.json').query(true).reply(200, success())
    munchkin().persist().post('/webevents/visitWebPage').query(true).reply(202)
  })

  afterEach(() => nock.cleanAll())

  for (const actionSlug in destination.actions) {
    it(`${actionSlug} action - required fields`, async () => {
      expect(await requestsOf(actionSlug, required[actionSlug])).toMatchSnapshot()
    })

    it(`${actionSlug} action - all fields`, async () => {
      expect(await requestsOf(actionSlug, all[actionSlug])).toMatchSnapshot()
    })
  }

  it('has a value for every field', () => {
    for (const [actionSlug, { fields }] of Object.entries(destination.actions)) {
      const without = { upsertLead: ['leadId'] }[actionSlug] ?? []
      expect([...Object.keys(all[actionSlug]), ...without].sort()).toEqual(Object.keys(fields).sort())
    }
  })
})
