import destination from '../../../src'
import { endMarketo, marketoApi, newLead, success } from '../__helpers__/marketo'
import { identifiers, requestsOf, userId } from '../__helpers__/snapshot'

const actionSlug = 'sendCustomActivity'
const destinationSlug = 'actions-marketo-v2'

const requiredFields = { userId, activityTypeId: 100001, primaryAttributeValue: 'order-1', activityDate: '2026-01-02' }

const allFields = {
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
}

describe(`Testing snapshot for ${destinationSlug}'s ${actionSlug} destination action:`, () => {
  afterEach(endMarketo)

  it('required fields', async () => {
    newLead()
      .post('/rest/v1/activities/external.json')
      .reply(200, success({ id: 1, status: 'added' }))
    expect(await requestsOf(actionSlug, requiredFields)).toMatchSnapshot()
  })

  it('all fields', async () => {
    marketoApi()
      .post('/rest/v1/activities/external.json')
      .reply(200, success({ id: 1, status: 'added' }))
    expect(await requestsOf(actionSlug, allFields)).toMatchSnapshot()
  })

  it('has a value for every field', () => {
    expect(Object.keys(allFields).sort()).toEqual(Object.keys(destination.actions[actionSlug].fields).sort())
  })
})
