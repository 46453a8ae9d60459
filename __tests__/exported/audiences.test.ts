import { createTestIntegration } from '@segment/actions-core'
import destination from '../../src'
import { endMarketo, marketoApi, refusal, settings, success } from './__helpers__/marketo'

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

  const FOLDER = { folderId: { id: 416, type: 'Folder' }, folderType: 'Marketing Folder', path: '/Marketing/Segment' }
  const create = (audienceSettings: { folderName?: string; listId?: number }) =>
    testDestination.createAudience({
      settings,
      audienceName: 'Big Spenders',
      audienceSettings,
      personas: { computation_id: 'aud_1', computation_key: 'big_spenders', namespace: 'spa_1' }
    })
  const folders = (...found: object[]) =>
    marketoApi()
      .get('/rest/asset/v1/folder/byName.json?name=Segment&type=Folder')
      .reply(200, success(...found))
  const listNamed = (...found: object[]) =>
    marketoApi()
      .get('/rest/asset/v1/staticList/byName.json?name=Big+Spenders')
      .reply(200, success(...found))
  const there = (description: string, folderId = 416) => ({
    id: 1001,
    name: 'Big Spenders',
    description,
    folder: { id: folderId, type: 'Folder' }
  })

  it('use the list that the audience names, if it is there', async () => {
    const list = () => marketoApi().get('/rest/v1/lists/1001.json')
    list().reply(200, success({ id: 1001, name: 'Big Spenders' }))
    expect(await create({ listId: 1001 })).toEqual({ externalId: '1001' })
    list().reply(200, refusal('1013', 'Object not found'))
    await expect(create({ listId: 1001 })).rejects.toThrow('Static List ID')
  })

  it('use a list of that name only if it was created for the same audience', async () => {
    folders(FOLDER)
    listNamed(there('Kept in step by Segment. Computation ID: aud_1'))
    expect(await create({ folderName: 'Segment' })).toEqual({ externalId: '1001' })
    folders(FOLDER)
    listNamed(there('Kept in step by Segment. Computation ID: aud_12'))
    await expect(create({ folderName: 'Segment' })).rejects.toThrow('already has a static list named "Big Spenders"')
    folders(FOLDER)
    listNamed(there('Computation ID: aud_1', 500))
    await expect(create({ folderName: 'Segment' })).rejects.toThrow('already has a static list named "Big Spenders"')
  })

  it('need one folder of that name', async () => {
    folders()
    await expect(create({ folderName: 'Segment' })).rejects.toThrow('no folder named "Segment"')
    folders({ ...FOLDER, folderType: 'Email' })
    await expect(create({ folderName: 'Segment' })).rejects.toThrow('no folder named "Segment"')
    folders(FOLDER, { ...FOLDER, folderId: { id: 500, type: 'Folder' } })
    listNamed()
    await expect(create({ folderName: 'Segment' })).rejects.toThrow('2 folders named "Segment"')
    await expect(create({})).rejects.toThrow('Folder Name')
  })

  it('say that their list is gone', async () => {
    marketoApi().get('/rest/v1/lists/1001.json').reply(200, refusal('1013', 'Object not found'))
    await expect(testDestination.getAudience({ settings, externalId: '1001' })).rejects.toThrow('list')
  })

  it('are found by the ID of their static list', async () => {
    marketoApi()
      .get('/rest/v1/lists/1001.json')
      .reply(200, success({ id: 1001, name: 'Big Spenders' }))

    await expect(testDestination.getAudience({ settings, externalId: '1001' })).resolves.toEqual({ externalId: '1001' })
  })
})
