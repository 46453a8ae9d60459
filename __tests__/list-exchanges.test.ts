import { Destination } from '@segment/actions-core'
import destination from '../src'
import type { AudienceSettings, Settings } from '../src/generated-types'
import { endMarketo, marketoApi, settings, success } from './exported/__helpers__/marketo'

afterEach(endMarketo)

const connect = () =>
  new Destination<Settings, AudienceSettings>(destination).createAudience({
    settings,
    audienceName: 'Big Spenders',
    audienceSettings: { folderName: 'Segment' },
    personas: { computation_id: 'aud_1', computation_key: 'big_spenders', namespace: 'spa_1' }
  })

const folder = (id: number, path: string, folderType?: string) => ({
  folderId: { id, type: 'Folder' },
  folderType,
  path,
  name: 'Segment'
})
const MARKETING = folder(416, '/Marketing Activities/Segment', 'Marketing Folder')
const NOTHING = { requestId: 'request', success: true, warnings: ['No assets found for the given search criteria.'] }

/** Marketo, with these folders of the name and this list of the name. */
const marketoWith = (folders: object[], list: object = NOTHING) =>
  marketoApi()
    .get('/rest/asset/v1/folder/byName.json')
    .query({ name: 'Segment', type: 'Folder' })
    .reply(200, success(...folders))
    .get('/rest/asset/v1/staticList/byName.json')
    .query({ name: 'Big Spenders' })
    .reply(200, list)

/** A list of the name in the folder, as the Asset API shows it to everybody. */
const TAKEN = success({ id: 1021, name: 'Big Spenders', folder: { id: 416, type: 'Folder' } })

it('A list is created by a form, in the one folder of the name that can hold it', async () => {
  marketoWith([folder(11, '/Design Studio/Segment', 'Email'), MARKETING])
    .post('/rest/asset/v1/staticLists.json', {
      folder: '{"id":416,"type":"Folder"}',
      name: 'Big Spenders',
      description: 'Kept in step by Segment. Computation ID: aud_1'
    })
    .matchHeader('content-type', /^application\/x-www-form-urlencoded/)
    .reply(200, success({ id: 1021, name: 'Big Spenders' }))
  await expect(connect()).resolves.toEqual({ externalId: '1021' })
})

it('A list is not created by guess where several folders have the name', async () => {
  marketoWith([MARKETING, folder(500, '/Marketing Activities/Old/Segment')])
  await expect(connect()).rejects.toMatchObject({
    status: 400,
    message: expect.stringMatching(
      /2 folders named "Segment": \/Marketing Activities\/Segment, .*Folder Name/
    ) as string
  })
})

it('A list that lies in one of several folders of the name is used again', async () => {
  marketoWith([folder(500, '/Old/Segment'), MARKETING], TAKEN)
    .get('/rest/v1/lists/1021.json')
    .reply(200, success({ id: 1021, name: 'Big Spenders', description: 'Computation ID: aud_1' }))
  await expect(connect()).resolves.toEqual({ externalId: '1021' })
})

it.each([
  ['a program with the number of the folder', { id: 416, type: 'Program' }],
  ['no folder', undefined]
])('A list in %s is not taken for one in the folder', async (_where, place) => {
  marketoWith([MARKETING], success({ id: 1021, name: 'Big Spenders', description: 'aud_1', folder: place }))
  await expect(connect()).rejects.toMatchObject({ status: 400 })
})

it('A list that is gone by the time it is looked at is not used', async () => {
  marketoWith([MARKETING], TAKEN).get('/rest/v1/lists/1021.json').reply(200, success())
  await expect(connect()).rejects.toMatchObject({ status: 400 })
})

it('A new list without an ID is a fault that passes', async () => {
  marketoWith([MARKETING]).post('/rest/asset/v1/staticLists.json').reply(200, NOTHING)
  await expect(connect()).rejects.toMatchObject({ status: 502, message: expect.stringContaining('no ID') as string })
})

it('A fault while a list is looked up is told as that fault, not as a list that is not there', async () => {
  marketoApi().get('/rest/v1/lists/1021.json').reply(500, 'down')
  const running = new Destination<Settings, AudienceSettings>(destination)
  await expect(running.getAudience({ settings, externalId: '1021' })).rejects.toMatchObject({ status: 500 })
})

it('A list of a program is offered with the name of the program', async () => {
  marketoApi()
    .get('/rest/v1/lists.json')
    .query({ batchSize: '300', nextPageToken: 'second' })
    .reply(200, { ...success({ id: 5, name: 'Guests', programName: 'Gala' }), nextPageToken: 'third' })
  const running = new Destination<Settings>(destination)
  const data = { settings, payload: {}, page: 'second' }
  await expect(running.actions.syncList.executeDynamicField('listId', data as never)).resolves.toEqual({
    choices: [{ label: 'Guests', value: '5', description: '5, in the program Gala' }],
    nextPage: 'third'
  })
})
