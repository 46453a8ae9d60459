import destination from '../../../src'
import { endMarketo, marketoApi, newLead, success } from '../__helpers__/marketo'
import { identifiers, requestsOf, userId } from '../__helpers__/snapshot'

const actionSlug = 'requestCampaign'
const destinationSlug = 'actions-marketo-v2'

const requiredFields = { userId, campaignId: 3001 }

const allFields = {
  ...identifiers,
  leadId: 7,
  campaignId: 3001,
  tokens: { 'my.order': 'order-1', '{{my.coupon}}': 'x' },
  createLead: true,
  partitionName: 'Europe',
  enable_batching: true,
  batch_size: 300
}

describe(`Testing snapshot for ${destinationSlug}'s ${actionSlug} destination action:`, () => {
  afterEach(endMarketo)

  it('required fields', async () => {
    newLead()
      .post('/rest/v1/campaigns/3001/trigger.json')
      .reply(200, success({ id: 3001 }))
    expect(await requestsOf(actionSlug, requiredFields)).toMatchSnapshot()
  })

  it('all fields', async () => {
    marketoApi()
      .post('/rest/v1/campaigns/3001/trigger.json')
      .reply(200, success({ id: 3001 }))
    expect(await requestsOf(actionSlug, allFields)).toMatchSnapshot()
  })

  it('has a value for every field', () => {
    expect(Object.keys(allFields).sort()).toEqual(Object.keys(destination.actions[actionSlug].fields).sort())
  })
})
