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

/** Mocks a Marketo that finds these folders and this list by name. */
const marketoWith = (folders: object[], list: object = NOTHING) =>
  marketoApi()
    .get('/rest/asset/v1/folder/byName.json')
    .query({ name: 'Segment', type: 'Folder' })
    .reply(200, success(...folders))
    .get('/rest/asset/v1/staticList/byName.json')
    .query({ name: 'Big Spenders' })
    .reply(200, list)

/** A list with the name in the folder, as the Asset API returns it. */
const TAKEN = success({ id: 1021, name: 'Big Spenders', folder: { id: 416, type: 'Folder' } })

it('A list is created with a form-encoded body, in the only folder of that name that can hold a list', async () => {
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

it('No list is created if several folders have the name', async () => {
  marketoWith([MARKETING, folder(500, '/Marketing Activities/Old/Segment')])
  await expect(connect()).rejects.toMatchObject({
    status: 400,
    message: expect.stringMatching(
      /2 folders named "Segment": \/Marketing Activities\/Segment, .*Folder Name/
    ) as string
  })
})

it('A list in one of several folders with the name is reused', async () => {
  marketoWith([folder(500, '/Old/Segment'), MARKETING], TAKEN)
    .get('/rest/v1/lists/1021.json')
    .reply(200, success({ id: 1021, name: 'Big Spenders', description: 'Computation ID: aud_1' }))
  await expect(connect()).resolves.toEqual({ externalId: '1021' })
})

it.each([
  ['a program with the ID of the folder', { id: 416, type: 'Program' }],
  ['no folder', undefined]
])('A list in %s does not count as a list in the folder', async (_where, place) => {
  marketoWith([MARKETING], success({ id: 1021, name: 'Big Spenders', description: 'aud_1', folder: place }))
  await expect(connect()).rejects.toMatchObject({ status: 400 })
})

it('A list that is deleted before it is read is not used', async () => {
  marketoWith([MARKETING], TAKEN).get('/rest/v1/lists/1021.json').reply(200, success())
  await expect(connect()).rejects.toMatchObject({ status: 400 })
})

it('A new list without an ID is a temporary error', async () => {
  marketoWith([MARKETING]).post('/rest/asset/v1/staticLists.json').reply(200, NOTHING)
  await expect(connect()).rejects.toMatchObject({ status: 502, message: expect.stringContaining('no ID') as string })
})

it('An error during the look-up of a list is reported as that error, not as a missing list', async () => {
  marketoApi().get('/rest/v1/lists/1021.json').reply(500, 'down')
  const running = new Destination<Settings, AudienceSettings>(destination)
  await expect(running.getAudience({ settings, externalId: '1021' })).rejects.toMatchObject({ status: 500 })
})

it('A program’s list is offered with the name of the program', async () => {
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
