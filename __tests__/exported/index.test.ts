import { createTestIntegration } from '@segment/actions-core'
import destination from '../../src'
import { endMarketo, marketoApi, refusal, settings, success } from './__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const described = (...searchable: string[]) =>
  success({
    searchableFields: searchable.map((name) => [name]),
    fields: searchable.map((name) => ({ name, displayName: name, dataType: 'string', updateable: true }))
  })

describe('MarketoV2', () => {
  afterEach(endMarketo)

  describe('testAuthentication', () => {
    it('accepts an instance that has the custom fields', async () => {
      marketoApi().get('/rest/v1/leads/describe2.json').reply(200, described('email', 'userId', 'anonymousId'))
      await expect(testDestination.testAuthentication(settings)).resolves.not.toThrow()
    })

    it('names the field that is missing', async () => {
      marketoApi().get('/rest/v1/leads/describe2.json').reply(200, described('email', 'userId'))
      await expect(testDestination.testAuthentication(settings)).rejects.toThrow('API name "anonymousId"')
    })

    it('names the permission that the role lacks', async () => {
      marketoApi().get('/rest/v1/leads/describe2.json').reply(200, refusal('603', 'Access denied'))
      await expect(testDestination.testAuthentication(settings)).rejects.toThrow('"Read-Only Lead"')
    })

    it('sends nothing when the Munchkin Account ID is not valid', async () => {
      await expect(testDestination.testAuthentication({ ...settings, munchkinId: 'example.com/?' })).rejects.toThrow(
        'must look like 123-ABC-456'
      )
    })
  })

  describe('onDelete', () => {
    it("deletes the user's leads", async () => {
      marketoApi()
        .get('/rest/v1/leads.json')
        .query(({ filterType }) => filterType === 'userId')
        .reply(200, success({ id: 7, userId: 'user-1' }))
        .post('/rest/v1/leads/delete.json', { input: [{ id: 7 }] })
        .reply(200, success({ id: 7, status: 'deleted' }))

      await testDestination.onDelete?.(
        { type: 'delete', userId: 'user-1' },
        { ...settings, trackAnonymousActivity: false }
      )
    })
  })
})
