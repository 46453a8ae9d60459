import destination from '../../../src'
import { endMarketo, marketoApi, newLead, success } from '../__helpers__/marketo'
import { describeCar } from '../__helpers__/car'
import { identifiers, requestsOf, userId } from '../__helpers__/snapshot'

const actionSlug = 'syncCustomObject'
const destinationSlug = 'actions-marketo-v2'

const requiredFields = { userId, objectName: 'car_c', fields: { vin: 'A' } }

const allFields = {
  ...identifiers,
  leadId: 7,
  objectName: 'car_c',
  fields: { vin: 'A', tags: ['a', 'b'], year: '2003', oldMake: null },
  createLead: true,
  partitionName: 'Europe',
  enable_batching: true,
  batch_size: 300
}

const written = success({ seq: 0, marketoGUID: 'x', status: 'created' })

describe(`Testing snapshot for ${destinationSlug}'s ${actionSlug} destination action:`, () => {
  afterEach(endMarketo)

  it('required fields', async () => {
    describeCar()
    newLead().post('/rest/v1/customobjects/car_c.json').reply(200, written)
    expect(await requestsOf(actionSlug, requiredFields)).toMatchSnapshot()
  })

  it('all fields', async () => {
    describeCar()
    marketoApi().post('/rest/v1/customobjects/car_c.json').reply(200, written)
    expect(await requestsOf(actionSlug, allFields)).toMatchSnapshot()
  })

  it('has a value for every field', () => {
    expect(Object.keys(allFields).sort()).toEqual(Object.keys(destination.actions[actionSlug].fields).sort())
  })
})
