import destination from '../../../src'
import { endMarketo, marketoApi, marketoCookie, success } from '../__helpers__/marketo'
import { requestsOf } from '../__helpers__/snapshot'

const actionSlug = 'submitForm'
const destinationSlug = 'actions-marketo-v2'

const requiredFields = { email: 'ada@example.com', formId: 3 }

const allFields = {
  email: 'ada@example.com',
  formId: 3,
  formFields: { firstName: 'Ada', tags: ['a', 'b'] },
  programId: 2001,
  pageUrl: 'https://example.com/join?utm=x',
  ipAddress: '192.150.22.5',
  userAgent: 'Mozilla/5.0',
  marketoCookie
}

describe(`Testing snapshot for ${destinationSlug}'s ${actionSlug} destination action:`, () => {
  afterEach(endMarketo)

  it('required fields', async () => {
    marketoApi()
      .post('/rest/v1/leads/submitForm.json')
      .reply(200, success({ id: 7, status: 'updated' }))
    expect(await requestsOf(actionSlug, requiredFields)).toMatchSnapshot()
  })

  it('all fields', async () => {
    marketoApi()
      .post('/rest/v1/leads/submitForm.json')
      .reply(200, success({ id: 7, status: 'updated' }))
    expect(await requestsOf(actionSlug, allFields)).toMatchSnapshot()
  })

  it('has a value for every field', () => {
    expect(Object.keys(allFields).sort()).toEqual(Object.keys(destination.actions[actionSlug].fields).sort())
  })
})
