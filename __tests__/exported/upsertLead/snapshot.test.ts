import destination from '../../../src'
import { endMarketo, marketoApi, marketoCookie, newLead, success } from '../__helpers__/marketo'
import { identifiers, requestsOf, userId } from '../__helpers__/snapshot'

const actionSlug = 'upsertLead'
const destinationSlug = 'actions-marketo-v2'

const requiredFields = { userId }

const allFields = {
  ...identifiers,
  leadId: 7,
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
}

describe(`Testing snapshot for ${destinationSlug}'s ${actionSlug} destination action:`, () => {
  afterEach(endMarketo)

  it('required fields', async () => {
    newLead()
    expect(await requestsOf(actionSlug, requiredFields)).toMatchSnapshot()
  })

  it('all fields', async () => {
    marketoApi()
      .get('/rest/v1/leads.json')
      .query(true)
      .reply(200, success())
      .post('/rest/v1/leads.json')
      .reply(200, success({ id: 7, status: 'created' }))
      .post('/rest/v1/leads/7/associate.json')
      .query(true)
      .reply(200, success())
    expect(await requestsOf(actionSlug, allFields)).toMatchSnapshot()
  })

  it('has a value for every field', () => {
    expect(Object.keys(allFields).sort()).toEqual(Object.keys(destination.actions[actionSlug].fields).sort())
  })
})
