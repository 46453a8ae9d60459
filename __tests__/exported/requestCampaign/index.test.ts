import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, leadsOfUsers, marketoApi, refusal, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const order = (userId: string, orderId: string) =>
  createTestEvent({ type: 'track', event: 'Order Completed', userId, anonymousId: undefined, properties: { orderId } })

const mapping = {
  userId: { '@path': '$.userId' },
  campaignId: 3001,
  tokens: { 'my.order': { '@path': '$.properties.orderId' } }
}

describe('MarketoV2.requestCampaign', () => {
  afterEach(endMarketo)

  it("requests the campaign for the user's lead, with the tokens", async () => {
    leadsOfUsers('user-1', { id: 7, userId: 'user-1' })
      .post('/rest/v1/campaigns/3001/trigger.json', {
        input: { leads: [{ id: 7 }], tokens: [{ name: '{{my.order}}', value: 'order-1' }] }
      })
      .reply(200, success({ id: 3001 }))

    await testDestination.testAction('requestCampaign', { event: order('user-1', 'order-1'), settings, mapping })
  })

  it('makes one call for all events of a batch with the same tokens', async () => {
    leadsOfUsers(
      'user-1,user-2,user-3',
      { id: 7, userId: 'user-1' },
      { id: 8, userId: 'user-2' },
      { id: 9, userId: 'user-3' }
    )
      .post('/rest/v1/campaigns/3001/trigger.json', {
        input: { leads: [{ id: 7 }, { id: 9 }], tokens: [{ name: '{{my.order}}', value: 'order-1' }] }
      })
      .reply(200, success({ id: 3001 }))
      .post('/rest/v1/campaigns/3001/trigger.json', {
        input: { leads: [{ id: 8 }], tokens: [{ name: '{{my.order}}', value: 'order-2' }] }
      })
      .reply(200, success({ id: 3001 }))

    const events = [order('user-1', 'order-1'), order('user-2', 'order-2'), order('user-3', 'order-1')]
    await expect(testDestination.executeBatch('requestCampaign', { events, settings, mapping })).resolves.toMatchObject(
      [
        { status: 200, sent: { id: 7 } },
        { status: 200, sent: { id: 8 } },
        { status: 200, sent: { id: 9 } }
      ]
    )
  })

  it('says which campaigns can be requested when Marketo refuses one', async () => {
    marketoApi().post('/rest/v1/campaigns/3001/trigger.json').reply(200, refusal('1003', 'Not a trigger campaign'))

    await expect(
      testDestination.testAction('requestCampaign', {
        event: order('user-1', 'order-1'),
        settings,
        mapping: { ...mapping, leadId: 7 }
      })
    ).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('Choose a trigger campaign with the trigger "Campaign is Requested"') as string
    })
  })
})
