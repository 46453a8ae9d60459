import { createTestIntegration } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, marketoApi, refusal, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const save = (createFields?: boolean) =>
  testDestination.actions.upsertLead.executeHook('onMappingSave', {
    settings,
    payload: {},
    hookInputs: { createFields }
  } as never)

const described = (...fields: { name: string; dataType: string }[]) =>
  marketoApi()
    .get('/rest/v1/leads/describe2.json')
    .reply(
      200,
      success({
        fields,
        searchableFields: fields.filter(({ dataType }) => dataType === 'string').map(({ name }) => [name])
      })
    )

const createFields = (names: string[], ...results: object[]) =>
  marketoApi()
    .post('/rest/v1/leads/schema/fields.json', ({ input }: { input: { name: string }[] }) => {
      expect(input.map(({ name }) => name)).toEqual(names)
      return true
    })
    .reply(200, success(...results))

describe('MarketoV2.upsertLead, when the mapping is saved', () => {
  afterEach(endMarketo)

  it('creates nothing unless somebody asks for it', async () => {
    expect(await save()).toMatchObject({ successMessage: expect.stringContaining('Nothing was created') as string })
  })

  it('creates the lead fields that are missing, and says what was there', async () => {
    described({ name: 'userId', dataType: 'string' })
    createFields(['anonymousId'], { name: 'anonymousId', status: 'created' })
    expect(await save(true)).toMatchObject({
      successMessage: expect.stringMatching(/"userId" was there already.*"anonymousId" .* was created/) as string,
      savedData: { created: 'anonymousId' }
    })
  })

  it.each([
    ['a name in another case', { name: 'UserID', dataType: 'string' }, 'must have the API name "userId" exactly'],
    ['a type by which leads cannot be looked up', { name: 'userId', dataType: 'text' }, 'its type must be String']
  ])('says what to do about %s', async (_what: string, field: { name: string; dataType: string }, message: string) => {
    described(field, { name: 'anonymousId', dataType: 'string' })
    expect(await save(true)).toMatchObject({ error: { message: expect.stringContaining(message) as string } })
  })

  it('says which field Marketo did not create', async () => {
    described({ name: 'userId', dataType: 'string' })
    createFields(['anonymousId'], { status: 'skipped', reasons: [{ code: '1003', message: 'Not allowed' }] })
    expect(await save(true)).toMatchObject({
      error: { message: expect.stringContaining('"anonymousId" was not created') as string }
    })
  })

  it('says why it does not know which fields there are', async () => {
    marketoApi().get('/rest/v1/leads/describe2.json').reply(200, refusal('603', 'Access denied'))
    expect(await save(true)).toMatchObject({ error: { message: expect.stringContaining('603') as string } })
  })
})
