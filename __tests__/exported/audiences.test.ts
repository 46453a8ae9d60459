import { createTestIntegration } from '@segment/actions-core'
import destination from '../../src'
import { endMarketo, marketoApi, settings, success } from './__helpers__/marketo'

const testDestination = createTestIntegration(destination)

describe('MarketoV2 audiences', () => {
  afterEach(endMarketo)

  it('are created as static lists', async () => {
    marketoApi()
      .get('/rest/asset/v1/folder/byName.json?name=Segment&type=Folder')
      .reply(200, success({ folderId: { id: 416, type: 'Folder' }, folderType: 'Marketing Folder' }))
      .get('/rest/asset/v1/staticList/byName.json?name=Big+Spenders')
      .reply(200, { success: true, warnings: ['No assets found for the given search criteria.'] })
      .post('/rest/asset/v1/staticLists.json', /Computation\+ID%3A\+aud_1/)
      .reply(200, success({ id: 1001, name: 'Big Spenders' }))

    await expect(
      testDestination.createAudience({
        settings,
        audienceName: 'Big Spenders',
        audienceSettings: { folderName: 'Segment' },
        personas: { computation_id: 'aud_1', computation_key: 'big_spenders', namespace: 'spa_1' }
      })
    ).resolves.toEqual({ externalId: '1001' })
  })

  it('are found by the ID of their static list', async () => {
    marketoApi()
      .get('/rest/v1/lists/1001.json')
      .reply(200, success({ id: 1001, name: 'Big Spenders' }))

    await expect(testDestination.getAudience({ settings, externalId: '1001' })).resolves.toEqual({ externalId: '1001' })
  })
})
