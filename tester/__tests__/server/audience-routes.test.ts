import type { ActionDefinition } from '@segment/actions-core'
import { once } from 'events'
import { createServer } from 'http'
import type { Server } from 'http'
import type { AddressInfo } from 'net'
import { createTestServer } from '../../server'
import marketo from '../../../src'
import type { Settings } from '../../../src/generated-types'
import { settings, useSandbox } from '../../../__tests__/support/marketo'
import { send } from './listening-server'

/** Like the actions CLI, these routes serve the destination itself, which has audiences and hooks. */
describe('The CLI routes for audiences and hooks', () => {
  const sandbox = useSandbox()
  let server: Server
  let routes: string[]

  /** The audience settings that the action `listen` got. */
  const heard: unknown[] = []
  const listen: ActionDefinition<Settings> = {
    ...{ title: 'Listen', description: 'Sends nothing', fields: {} },
    perform: (_request, { audienceSettings }) => void heard.push(audienceSettings)
  }

  beforeAll(async () => {
    const options = { defaults: settings, sandboxUrl: sandbox().url, directoryName: 'marketo-v2', log: () => {} }
    const created = createTestServer({ ...marketo, actions: { ...marketo.actions, listen } }, options)
    routes = created.routes
    server = createServer(created.app).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => void server.close())

  const post = (path: string, body: unknown) =>
    send(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'POST', path, body)

  it('are listed with the other routes', () => {
    expect(routes).toEqual(
      expect.arrayContaining([
        'POST /createAudience',
        'POST /getAudience',
        'POST /syncList/hooks/retlOnMappingSave',
        'POST /syncList/hooks/retlOnMappingSave/dynamic/listId',
        'POST /upsertLead/hooks/onMappingSave'
      ])
    )
  })

  it('create an audience and find it', async () => {
    const created = await post('/createAudience', {
      audienceName: 'Big Spenders',
      audienceSettings: { folderName: 'Segment' }
    })
    const list = sandbox()
      .state()
      .lists.find(({ name }) => name === 'Big Spenders')
    expect([created.status, created.json]).toEqual([200, { externalId: String(list?.id) }])
    const found = await post('/getAudience', { externalId: String(list?.id) })
    expect([found.status, found.json]).toEqual([200, { externalId: String(list?.id) }])
  })

  it('say why an audience cannot be created, or that it is gone', async () => {
    const created = await post('/createAudience', { audienceName: 'Big Spenders' })
    expect([created.status, created.json]).toEqual([
      400,
      { ok: false, error: expect.stringMatching(/The audience has no list yet/) as string }
    ])
    const gone = await post('/getAudience', { externalId: '99' })
    expect([gone.status, gone.json]).toEqual([
      400,
      { ok: false, error: expect.stringMatching(/add it again/) as string }
    ])
  })

  it('run a hook with its inputs', async () => {
    const { status, json } = await post('/syncList/hooks/retlOnMappingSave', { hookInputs: { listId: '1001' } })
    expect(status).toBe(200)
    expect(json).toMatchObject({ savedData: { id: '1001', name: 'Newsletter Readers' } })
  })

  it("answer 500 with a hook's error", async () => {
    const { status, json } = await post('/syncList/hooks/retlOnMappingSave', { hookInputs: { listId: '99' } })
    expect(status).toBe(500)
    expect(json).toEqual([expect.objectContaining({ message: expect.stringContaining('99') as string })])
  })

  it("offer the choices of a hook's input", async () => {
    const { status, json } = await post('/syncList/hooks/retlOnMappingSave/dynamic/listId', {})
    expect(status).toBe(200)
    expect((json as { choices: unknown[] }).choices).toContainEqual(
      expect.objectContaining({ value: '1001', label: expect.stringContaining('Newsletter Readers') as string })
    )
  })

  it("pass an event's audience settings to the action", async () => {
    const personas = { computation_class: 'audience', audience_settings: { listId: 1002 } }
    await post('/listen', { payload: { type: 'identify', context: { personas } } })
    await post('/listen', { payload: { type: 'identify' } })
    expect(heard).toEqual([{ listId: 1002 }, {}])
  })
})
