import { createTestIntegration } from '@segment/actions-core'
import type { DynamicFieldResponse, JSONObject } from '@segment/actions-core'
import destination from '../../src'
import { endMarketo, marketoApi, refusal, settings, success } from './__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const field = (name: string, dataType: string, updateable = true) => ({
  name,
  displayName: `The ${name}`,
  dataType,
  updateable
})

const LEAD_FIELDS = success({
  searchableFields: [['email'], ['userId'], ['id'], ['cookies']],
  fields: [
    field('id', 'integer', false),
    field('cookies', 'text', false),
    field('email', 'email'),
    field('userId', 'string'),
    field('plan', 'string')
  ]
})

const ACTIVITY_TYPES = success(
  { id: 100001, apiName: 'order_c', name: 'Order', description: 'An order', status: 'approved with draft' },
  { id: 100002, apiName: 'trial_c', name: 'Trial', status: 'approved' },
  { id: 100003, apiName: 'draft_c', name: 'Draft', status: 'draft' }
)

const valuesOf = ({ choices }: DynamicFieldResponse) => choices.map(({ value }) => value)

/** Asks for the choices of a field, or of an object field's keys, as the framework does. */
async function choicesFor(action: string, name: string, payload: JSONObject = {}): Promise<DynamicFieldResponse> {
  const response: unknown = await testDestination.testDynamicField(action, name, { settings, payload })
  return response as DynamicFieldResponse
}

describe('MarketoV2 dynamic fields', () => {
  afterEach(endMarketo)

  it('offer the lead fields that can be written', async () => {
    marketoApi().get('/rest/v1/leads/describe2.json').reply(200, LEAD_FIELDS)
    expect(await choicesFor('upsertLead', 'customFields.__keys__')).toEqual({
      choices: [{ label: 'The plan', value: 'plan', description: 'plan (string)' }]
    })
  })

  it('offer Automatic and the fields by which leads can be looked up', async () => {
    marketoApi().get('/rest/v1/leads/describe2.json').reply(200, LEAD_FIELDS)
    expect(valuesOf(await choicesFor('upsertLead', 'lookupField'))).toEqual(['automatic', 'id', 'email', 'userId'])
  })

  it('offer the custom activities that are approved', async () => {
    marketoApi().get('/rest/v1/activities/external/types.json').reply(200, ACTIVITY_TYPES)
    expect(await choicesFor('sendCustomActivity', 'activityTypeId')).toEqual({
      choices: [
        { label: 'Order', value: '100001', description: '100001: An order' },
        { label: 'Trial', value: '100002', description: '100002' }
      ]
    })
  })

  it('offer the attributes of the chosen custom activity', async () => {
    marketoApi()
      .get('/rest/v1/activities/external/types.json')
      .reply(200, ACTIVITY_TYPES)
      .get('/rest/v1/activities/external/type/order_c/describe.json')
      .reply(
        200,
        success({
          primaryAttribute: { apiName: 'orderId', name: 'Order ID', dataType: 'string' },
          attributes: [{ apiName: 'total', name: 'Total', dataType: 'float' }]
        })
      )
    expect(await choicesFor('sendCustomActivity', 'attributes.__keys__', { activityTypeId: 100001 })).toEqual({
      choices: [
        {
          label: 'Total',
          value: 'total',
          description: 'total (float). The primary field, Order ID, is set by Primary Attribute Value.'
        }
      ]
    })
  })

  it('ask the customer to choose a custom activity first', async () => {
    const { choices, error } = await choicesFor('sendCustomActivity', 'attributes.__keys__')
    expect(choices).toEqual([])
    expect(error?.message).toContain('Choose an Activity Type ID first')
  })

  it('say why there are no choices', async () => {
    marketoApi().get('/rest/v1/leads/describe2.json').reply(200, refusal('603', 'Access denied'))
    expect(await choicesFor('upsertLead', 'lookupField')).toMatchObject({ choices: [], error: { code: '403' } })
  })
})
