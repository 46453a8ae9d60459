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
