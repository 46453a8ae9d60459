import destination from '../../../src'
import { endMarketo, marketoApi, newLead, success } from '../__helpers__/marketo'
import { identifiers, requestsOf, userId } from '../__helpers__/snapshot'

const actionSlug = 'setProgramStatus'
const destinationSlug = 'actions-marketo-v2'

const requiredFields = { userId, programId: 2001, status: 'Registered' }

const allFields = {
  ...identifiers,
  leadId: 7,
  programId: 2001,
  status: 'Registered',
  createLead: true,
  partitionName: 'Europe',
  enable_batching: true,
  batch_size: 300
}

describe(`Testing snapshot for ${destinationSlug}'s ${actionSlug} destination action:`, () => {
  afterEach(endMarketo)

  it('required fields', async () => {
    newLead()
      .post('/rest/v1/programs/2001/members/status.json')
      .reply(200, success({ seq: 0, status: 'created', leadId: 7 }))
    expect(await requestsOf(actionSlug, requiredFields)).toMatchSnapshot()
  })

  it('all fields', async () => {
    marketoApi()
      .post('/rest/v1/programs/2001/members/status.json')
      .reply(200, success({ seq: 0, status: 'created', leadId: 7 }))
    expect(await requestsOf(actionSlug, allFields)).toMatchSnapshot()
  })

  it('has a value for every field', () => {
    expect(Object.keys(allFields).sort()).toEqual(Object.keys(destination.actions[actionSlug].fields).sort())
  })
})
