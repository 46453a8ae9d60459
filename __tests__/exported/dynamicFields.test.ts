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

  it('offer the approved forms, page by page', async () => {
    const forms = [
      { id: 3, name: 'Contact', status: 'approved', folder: { folderName: 'Website' } },
      { id: 4, name: 'Newsletter', status: 'approved with draft' },
      { id: 5, name: 'New', status: 'draft' }
    ]
    marketoApi()
      .get('/rest/asset/v1/forms.json')
      .query(({ offset }) => offset === '0')
      .reply(200, success(...forms))
    expect(await choicesFor('submitForm', 'formId')).toMatchObject({
      choices: [
        { label: 'Contact', value: '3' },
        { label: 'Newsletter', value: '4' }
      ]
    })
  })

  it('offer the fields of the chosen form by their REST API names, without the email', async () => {
    marketoApi()
      .get('/rest/asset/v1/form/3/fields.json')
      .reply(
        200,
        success(
          { id: 'FirstName', label: 'First Name:', dataType: 'text', required: true },
          { id: 'Email', label: 'Email:', dataType: 'email' },
          { id: 'Seat', dataType: 'text' },
          { id: 'Text1', dataType: 'htmltext' }
        )
      )
      .get('/rest/v1/leads/describe.json')
      .reply(200, success({ rest: { name: 'firstName' }, soap: { name: 'FirstName' } }))
    expect(await choicesFor('submitForm', 'formFields.__keys__', { formId: 3 })).toEqual({
      choices: [
        { label: 'First Name', value: 'firstName', description: 'firstName (text), required' },
        {
          label: 'Seat',
          value: 'Seat',
          description: 'Seat (text), a field of program members: compare the name with its API name'
        }
      ]
    })
    expect((await choicesFor('submitForm', 'formFields.__keys__')).error?.message).toContain('Choose a Form ID first')
  })

  it("offer programs, and the statuses of the chosen program's channel in their order", async () => {
    const program = { id: 2001, name: 'Webinar', channel: 'Webinars' }
    marketoApi()
      .get('/rest/asset/v1/programs.json')
      .query(true)
      .reply(200, success(program))
      .get('/rest/asset/v1/program/2001.json')
      .reply(200, success(program))
      .get('/rest/asset/v1/channel/byName.json?name=Webinars')
      .reply(
        200,
        success({
          progressionStatuses: [
            { name: 'Attended', step: 20, success: true },
            { name: 'Invited', step: 10 },
            { name: 'Old', step: 5, hidden: true }
          ]
        })
      )
    expect(valuesOf(await choicesFor('setProgramStatus', 'programId'))).toEqual(['2001'])
    expect(await choicesFor('setProgramStatus', 'status', { programId: 2001 })).toEqual({
      choices: [
        { label: 'Invited', value: 'Invited', description: 'Step 10 of Webinars' },
        { label: 'Attended', value: 'Attended', description: 'Step 20 of Webinars, counts as a success' }
      ]
    })
    expect((await choicesFor('setProgramStatus', 'status')).error?.message).toContain('Choose a Program ID first')
  })

  it('say that there is no program with that ID', async () => {
    marketoApi().get('/rest/asset/v1/program/9.json').reply(200, success())
    const { error } = await choicesFor('setProgramStatus', 'status', { programId: 9 })
    expect(error?.message).toContain('Marketo has no program with the ID 9')
  })

  it('offer the fields of program members that can be written', async () => {
    const fields = [field('registrationCode', 'string'), field('createdAt', 'datetime', false)]
    marketoApi().get('/rest/v1/programs/members/describe.json').reply(200, success({ fields }))
    expect(valuesOf(await choicesFor('setProgramStatus', 'memberFields.__keys__'))).toEqual(['registrationCode'])
  })

  it('offer custom objects, and the fields of the chosen one with the dedupe fields first', async () => {
    marketoApi()
      .get('/rest/v1/customobjects.json')
      .reply(200, success({ name: 'car_c', displayName: 'Car', description: 'A car' }, { name: 'pet_c' }))
      .get('/rest/v1/customobjects/car_c/describe.json')
      .reply(
        200,
        success({
          dedupeFields: ['vin'],
          relationships: [{ field: 'owner', relatedTo: { name: 'lead', field: 'Id' } }],
          fields: [
            field('year', 'integer'),
            field('owner', 'integer', false),
            field('vin', 'string'),
            field('marketoGUID', 'string', false)
          ]
        })
      )
    expect(await choicesFor('syncCustomObject', 'objectName')).toMatchObject({
      choices: [
        { label: 'Car', value: 'car_c', description: 'car_c: A car' },
        { label: 'pet_c', value: 'pet_c', description: 'pet_c' }
      ]
    })
    expect(await choicesFor('syncCustomObject', 'fields.__keys__', { objectName: 'car_c' })).toMatchObject({
      choices: [
        { label: 'The vin (dedupe field)', value: 'vin', description: expect.stringContaining('Map it') as string },
        { value: 'year' },
        { value: 'owner', description: expect.stringContaining('The link to the lead') as string }
      ]
    })
    expect((await choicesFor('syncCustomObject', 'fields.__keys__')).error?.message).toContain('Choose a Custom Object')
  })

  it('refuse a name of a custom object that would lead to another call', async () => {
    const { error } = await choicesFor('syncCustomObject', 'fields.__keys__', { objectName: '../leads' })
    expect(error?.message).toContain('letters, digits and underscores only')
  })

  it('offer the campaigns that can be requested, and the static lists', async () => {
    marketoApi()
      .get(/^\/rest\/(v1\/campaigns|asset\/v1\/smartCampaigns)\.json/)
      .reply(
        200,
        success({ id: 11, name: 'Receipt', active: true, isActive: true, isRequestable: true, type: 'trigger' })
      )
      .get('/rest/v1/lists.json')
      .query(true)
      .reply(200, { ...success({ id: 1001, name: 'Big Spenders' }), nextPageToken: 'more' })
    expect(valuesOf(await choicesFor('requestCampaign', 'campaignId'))).toEqual(['11'])
    expect(await choicesFor('syncList', 'listId')).toMatchObject({ choices: [{ value: '1001' }], nextPage: 'more' })
  })

  it('say why there are no choices', async () => {
    marketoApi().get('/rest/v1/leads/describe2.json').reply(200, refusal('603', 'Access denied'))
    expect(await choicesFor('upsertLead', 'lookupField')).toMatchObject({ choices: [], error: { code: '403' } })
  })
})
