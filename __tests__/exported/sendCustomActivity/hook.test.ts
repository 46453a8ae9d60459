import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import destination from '../../../src'
import { newTypeFor, planAttributes, wantedTypeIn } from '../../../src/sendCustomActivity/plan-type'
import { endMarketo, leadsOfUsers, marketoApi, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const attribute = (apiName: string, name: string, dataType = 'text') => ({ apiName, name, dataType })
const type = (name: string, apiName: string) => ({ id: 1, name, apiName, status: 'approved' })

const inputs = { typeName: 'Signed Up', primaryAttribute: 'Plan Name', attributes: ['Seats: integer', 'Notes'] }

const save = (hookInputs: object) =>
  testDestination.actions.sendCustomActivity.executeHook('onMappingSave', {
    settings,
    payload: {},
    hookInputs
  } as never) as Promise<{ savedData?: object; error?: { message: string } }>

describe('MarketoV2.sendCustomActivity, the hook onMappingSave', () => {
  afterEach(endMarketo)

  it('creates the type, adds its attributes and approves it', async () => {
    marketoApi()
      .get('/rest/v1/activities/external/types.json')
      .reply(200, success(type('Order Completed', 'orderCompleted_c')))
      .post('/rest/v1/activities/external/type.json', {
        apiName: 'signedUp',
        name: 'Signed Up',
        description: 'Created by Segment.',
        triggerName: 'Signed Up Happens',
        filterName: 'Signed Up Happened',
        primaryAttribute: { apiName: 'planName', name: 'Plan Name' }
      })
      .reply(200, success({ id: 100004, apiName: 'signedUp_c', status: 'draft' }))
      .post('/rest/v1/activities/external/type/signedUp_c/attributes/create.json', {
        attributes: [attribute('seats', 'Seats', 'integer'), attribute('notes', 'Notes')]
      })
      .reply(200, success({}))
      .post('/rest/v1/activities/external/type/signedUp_c/approve.json')
      .reply(200, success({}))

    expect((await save(inputs)).savedData).toEqual({ activityTypeId: 100004 })
  })

  it('creates nothing without a Type Name', async () => {
    expect((await save({ ...inputs, typeName: '' })).savedData).toEqual({})
  })

  it('makes events use its type before the one that is mapped', async () => {
    leadsOfUsers('user-1', { id: 7, userId: 'user-1' })
      .post('/rest/v1/activities/external.json', /"activityTypeId":100004,/)
      .reply(200, success({ id: 1, status: 'added' }))

    await testDestination.testAction('sendCustomActivity', {
      event: createTestEvent({ type: 'track', userId: 'user-1', anonymousId: undefined }),
      settings,
      mapping: {
        activityTypeId: 100001,
        primaryAttributeValue: 'Pro',
        onMappingSave: { inputs, outputs: { activityTypeId: 100004 } }
      },
      useDefaultMappings: true
    })
  })
})

describe('What a person asks for', () => {
  it('is a name, a primary attribute and attributes, which are text unless they have a type', () => {
    expect(
      wantedTypeIn({ ...inputs, attributes: ['Seats: Integer', ' Notes ', '', 'notes: text', 'Plan name'] })
    ).toEqual({
      name: 'Signed Up',
      primaryAttribute: 'Plan Name',
      attributes: [
        { name: 'Seats', dataType: 'integer' },
        { name: 'Notes', dataType: 'text' }
      ]
    })
  })

  it('is nothing without a name', () => {
    expect(wantedTypeIn({ attributes: ['Seats: nonsense'] })).toBeUndefined()
  })
})

describe('A new type', () => {
  const wanted = { name: 'Signed Up', primaryAttribute: 'Größe', attributes: [] }

  it('has an API name of letters and digits', () => {
    expect(newTypeFor(wanted, []).primaryAttribute).toEqual({ apiName: 'groE', name: 'Größe' })
    expect(newTypeFor({ ...wanted, primaryAttribute: '名前' }, []).primaryAttribute.apiName).toBe('primary')
  })

  it('gets other names if these are taken', () => {
    const there = { ...type('Old', 'SIGNEDUP_c'), triggerName: 'signed up happens', filterName: 'Signed Up Happened' }
    expect(newTypeFor(wanted, [there])).toMatchObject({
      apiName: 'signedUp2',
      name: 'Signed Up',
      triggerName: 'Signed Up Happens 2',
      filterName: 'Signed Up Happened 2'
    })
  })

  it('has no place beside ten others', () => {
    const ten = Array.from({ length: 10 }, (_, i) => type(`T${i}`, `t${i}`))
    expect(() => newTypeFor(wanted, ten)).toThrow(/its limit is 10/)
    expect(newTypeFor(wanted, ten.slice(1)).apiName).toBe('signedUp')
  })
})

describe('The attributes of a type', () => {
  const wanted = {
    name: 'Signed Up',
    primaryAttribute: 'Plan',
    attributes: [
      { name: 'Seats', dataType: 'integer' as const },
      { name: 'Notes', dataType: 'text' as const }
    ]
  }
  const seats = attribute('seats', 'Seats', 'integer')
  const notes = attribute('notes', 'Notes')
  const primaryAttribute = { apiName: 'plan', name: 'Plan' }

  it('that are missing are added and approved', () => {
    expect(planAttributes(wanted, { primaryAttribute, live: [seats], draft: [seats] })).toEqual({
      toAdd: [notes],
      needsApproval: true,
      notes: []
    })
  })

  it('that wait for approval are approved', () => {
    const described = { primaryAttribute, live: [seats], draft: [seats, notes] }
    expect(planAttributes(wanted, described)).toEqual({ toAdd: [], needsApproval: true, notes: [] })
  })

  it('that are there, by name or API name, stay as they are, and differences are told', () => {
    const there = [attribute('SEATS', 'Number of Seats', 'string'), notes]
    const described = { primaryAttribute: { apiName: 'id', name: 'ID' }, live: there, draft: there }
    expect(planAttributes(wanted, described)).toEqual({
      toAdd: [],
      needsApproval: false,
      notes: [expect.stringContaining('"ID"'), expect.stringContaining('is of type string')]
    })
  })

  it('get API names that the type does not have yet', () => {
    const there = [attribute('notes', 'Remarks')]
    const { toAdd } = planAttributes(
      { ...wanted, attributes: [{ name: 'No tes', dataType: 'text' }] },
      { primaryAttribute, live: there, draft: there }
    )
    expect(toAdd).toEqual([attribute('noTes2', 'No tes')])
  })

  it('have room for 20', () => {
    const there = Array.from({ length: 19 }, (_, i) => attribute(`a${i}`, `A${i}`))
    const described = { primaryAttribute, live: there, draft: there }
    expect(() => planAttributes(wanted, described)).toThrow(/21 attributes, but Marketo allows 20/)
  })
})
