import { Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import type { Fault } from '../sandbox/contract'
import destination from '../src'
import type { AudienceSettings, Settings } from '../src/generated-types'
import { settings, useSandbox } from './support/marketo'

const sandbox = useSandbox()

/** Folders and static lists of the sandbox. */
const SEGMENT = 'Segment'
const TRIAL_USERS = { id: 1002, name: 'Trial Users' }
const SEEDED = 2

interface Audience {
  audienceName?: string
  audienceSettings?: AudienceSettings
  computationId?: string
  settings?: Settings
}

/** Connects an audience, as Segment does when a destination is added to it. */
async function connect({ audienceName = 'Big Spenders', computationId = 'aud_1', ...given }: Audience = {}) {
  const personas = { computation_id: computationId, computation_key: 'big_spenders', namespace: 'spa_1' }
  const { externalId } = await new Destination<Settings, AudienceSettings>(destination).createAudience({
    settings,
    audienceName,
    personas,
    ...given
  })
  return externalId
}

const inFolder = (folderName = SEGMENT): Audience => ({ audienceSettings: { folderName } })
const check = (externalId: string) =>
  new Destination<Settings, AudienceSettings>(destination).getAudience({ settings, externalId })

const lists = () => sandbox().state().lists
const created = () => lists().slice(SEEDED)

/** Creates a static list, as a user of Marketo would. */
const makeList = (name: string, folderId: number, description?: string) =>
  sandbox().intrude('folderByName', (marketo) => {
    marketo.lists.create({ name, description, folder: { id: folderId, type: 'Folder' } })
  })

describe('An audience with a folder', () => {
  it('gets a list in that folder, with the name of the audience and the computation ID in the description', async () => {
    const externalId = await connect(inFolder())
    expect(created()).toEqual([
      {
        id: Number(externalId),
        name: 'Big Spenders',
        description: expect.stringMatching(/\baud_1$/) as string,
        folder: { id: 416, type: 'Folder' },
        leadIds: []
      }
    ])
  })

  it('gets the same list when it is connected again', async () => {
    expect(await connect(inFolder())).toBe(await connect(inFolder()))
    expect(created()).toHaveLength(1)
  })

  it('gets the list that Marketo created even if the answer was lost', async () => {
    sandbox().addFault({ endpoint: 'createList', kind: 'cut', executed: true })
    await expect(connect(inFolder())).rejects.toMatchObject({ status: 503 })
    expect(await connect(inFolder())).toBe(String(created()[0].id))
    expect(created()).toHaveLength(1)
  })

  it.each([' Big Spenders ', 'Spenders, big & "bold" — 50 % ünïcode'])('may be named %j', async (audienceName) => {
    await connect({ ...inFolder(' Segment '), audienceName })
    expect(created()).toMatchObject([{ name: audienceName.trim() }])
  })

  it.each<[string, number, string | undefined]>([
    ['another audience', 416, 'Computation ID: aud_2'],
    ['an audience whose ID begins like its own', 416, 'Computation ID: aud_12'],
    ['an audience whose ID ends like its own', 416, 'Computation ID: big-aud_1'],
    ['no audience', 416, undefined],
    ['itself, but in another folder', 417, 'Computation ID: aud_1']
  ])('is refused when its name is taken by a list of %s', async (_whose, folderId, description) => {
    makeList('Big Spenders', folderId, description)
    await expect(connect(inFolder())).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(
        /already has a static list named "Big Spenders" \(ID 1003\).*enter its ID as Static List ID/
      ) as string
    })
    expect(created()).toHaveLength(1)
  })

  it('does not reuse a list of the same name when it has no computation ID', async () => {
    makeList('Big Spenders', 416, 'Kept in step by Segment.')
    await expect(connect({ ...inFolder(), computationId: '' })).rejects.toMatchObject({ status: 400 })
  })

  it('is refused when the folder does not exist', async () => {
    await expect(connect(inFolder('Nowhere'))).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/no folder named "Nowhere".*Correct Folder Name/) as string
    })
  })

  it('is refused with Marketo’s message and a remedy when its name is taken at the same moment', async () => {
    sandbox().intrude('createList', (marketo) => {
      marketo.lists.create({ name: 'Big Spenders', folder: { id: 416, type: 'Folder' } })
    })
    await expect(connect(inFolder())).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/709.*already exists.*enter the ID of that list/) as string
    })
  })
})

describe('An audience with a Static List ID', () => {
  it.each<[string, AudienceSettings]>([
    ['alone', { listId: TRIAL_USERS.id }],
    ['as text', { listId: String(TRIAL_USERS.id) as unknown as number }],
    ['with a folder', { listId: TRIAL_USERS.id, folderName: 'Nowhere' }]
  ])('uses that list (%s)', async (_how, audienceSettings) => {
    expect(await connect({ audienceSettings })).toBe('1002')
    expect(created()).toEqual([])
  })

  it.each([99, 0, -1, 1.5])('is refused when Marketo has no list %d', async (listId) => {
    await expect(connect({ audienceSettings: { listId } })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('Static List ID') as string
    })
  })
})

describe('An audience without settings', () => {
  it.each<[string, JSONObject | undefined]>([
    ['no settings', undefined],
    ['an empty object', {}],
    ['a blank folder', { folderName: '  ' }]
  ])('is refused, and the error names both fields (%s)', async (_what, audienceSettings) => {
    await expect(connect({ audienceSettings })).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/Static List ID.*Folder Name/) as string
    })
    expect(sandbox().state().usage.total).toBe(0)
  })

  it('is refused when it has no name for a new list', async () => {
    await expect(connect({ ...inFolder(), audienceName: ' ' })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('no name') as string
    })
  })
})

describe('The list of an audience', () => {
  it('is confirmed if it exists', async () => {
    expect(await check('1002')).toEqual({ externalId: '1002' })
  })

  it.each(['99', 'x', ''])('is refused if it does not exist: %j', async (externalId) => {
    await expect(check(externalId)).rejects.toMatchObject({ status: 400 })
  })

  it('is refused with a remedy when it was deleted', async () => {
    await expect(check('99')).rejects.toThrow(/no static list with the ID 99.*add it again/)
  })
})

describe('The error explains', () => {
  it.each<[string, Fault['endpoint'], Omit<Fault, 'endpoint'>, number, RegExp]>([
    ['no permission to read folders', 'folderByName', { kind: 'error', code: '603' }, 403, /"Read-Only Assets"/],
    ['no permission to create lists', 'createList', { kind: 'error', code: '603' }, 403, /"Read-Write Assets"/],
    ['a rate limit', 'listByName', { kind: 'error', code: '606' }, 429, /100 calls in 20 seconds.*Try again later/],
    ['a broken answer', 'createList', { kind: 'broken' }, 502, /not a valid Marketo answer/]
  ])('%s', async (_what, endpoint, fault, status, message) => {
    sandbox().addFault({ endpoint, ...fault })
    const failure = await connect(inFolder()).catch((error: unknown) => error)
    expect(failure).toMatchObject({ status, message: expect.stringMatching(message) as string })
    // An audience has no events that Segment could retry.
    expect((failure as Error).message).not.toContain('events')
    expect(created()).toEqual([])
  })

  it('wrong credentials', async () => {
    await expect(connect({ ...inFolder(), settings: { ...settings, clientSecret: 'wrong' } })).rejects.toThrow(
      /Client ID and Client Secret/
    )
  })
})
