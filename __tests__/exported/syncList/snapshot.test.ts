import destination from '../../../src'
import { endMarketo, marketoApi, newLead, success } from '../__helpers__/marketo'
import { identifiers, requestsOf, userId } from '../__helpers__/snapshot'

const actionSlug = 'syncList'
const destinationSlug = 'actions-marketo-v2'

const requiredFields = { userId, listId: 1001, membership: 'add' }

const allFields = {
  ...identifiers,
  leadId: 7,
  listId: 1001,
  membership: 'remove',
  createLead: true,
  partitionName: 'Europe',
  enable_batching: true,
  batch_size: 300,
  batch_keys: ['listId']
}

describe(`Testing snapshot for ${destinationSlug}'s ${actionSlug} destination action:`, () => {
  afterEach(endMarketo)

  it('required fields', async () => {
    newLead()
      .post('/rest/v1/lists/1001/leads.json')
      .reply(200, success({ id: 7, status: 'added' }))
    expect(await requestsOf(actionSlug, requiredFields)).toMatchSnapshot()
  })

  it('all fields', async () => {
    marketoApi()
      .delete('/rest/v1/lists/1001/leads.json?id=7')
      .reply(200, success({ id: 7, status: 'removed' }))
    expect(await requestsOf(actionSlug, allFields)).toMatchSnapshot()
  })

  it('has a value for every field', () => {
    expect(Object.keys(allFields).sort()).toEqual(Object.keys(destination.actions[actionSlug].fields).sort())
  })
})
