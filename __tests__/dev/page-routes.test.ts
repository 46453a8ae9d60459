import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { classicSettingsIn } from '../../migration/classic-settings'
import { migrationOf } from '../../migration/migration'
import { closeAll, startServer } from './listening-server'

const event = { userId: 'u1', traits: { email: 'a@example.com' } }
const EVIL = { origin: 'https://app.segment.com' }

afterEach(closeAll)

describe('the route that maps an event', () => {
  it('gives the payload, and sends nothing', async () => {
    const server = await startServer()
    const { status, json } = await server.post('/map/add', { event, mapping: { note: { '@template': '{{userId}}!' } } })
    expect(status).toBe(200)
    expect(json).toEqual({ payload: { email: 'a@example.com', note: 'u1!' }, problems: [] })
    expect(server.received).toEqual([])
  })

  it("gives each of the framework's messages with the field it is about, a missing one included", async () => {
    const server = await startServer()
    const { json } = await server.post('/map/add', {
      event: { other: { n: 1 } },
      mapping: { note: { '@path': '$.other' } }
    })
    expect(json).toEqual({
      payload: { note: { n: 1 } },
      problems: [
        { field: 'email', message: expect.stringContaining('required') as string },
        { field: 'note', message: expect.stringContaining('must be a string') as string }
      ]
    })
  })

  it('takes the mapping as it is, if told that it is whole', async () => {
    const server = await startServer()
    const mapping = { email: { '@path': '$.traits.email' } }
    const { json } = await server.post('/map/add', { event, mapping, withDefaults: false })
    expect(json).toEqual({ payload: { email: 'a@example.com' }, problems: [] })
  })

  it('says what is wrong with a mapping that cannot be evaluated', async () => {
    const server = await startServer()
    const { status, json } = await server.post('/map/add', { event, mapping: { note: { '@path': 5 } } })
    expect(status).toBe(200)
    expect(json).toEqual({ problems: [{ message: expect.any(String) as string }] })
    expect((await server.post('/map/add', { event: [event] })).status).toBe(400)
  })
})

describe('the route that asks a dynamic field', () => {
  it('gives its choices, or why there are none', async () => {
    const server = await startServer()
    expect((await server.post('/choices/add/custom.__keys__', {})).json).toEqual({
      choices: [{ label: 'Plan', value: 'plan' }]
    })
    expect((await server.post('/choices/add/email', {})).json).toEqual({ choices: [], error: 'Not today.' })
  })

  it.each(['constructor', 'toString', '__proto__', 'custom.constructor', 'custom.toString', 'note.call', 'custom.a.b'])(
    'runs nothing that the action does not define: %s',
    async (path) => {
      const server = await startServer()
      for (const route of [`/choices/add/${path}`, `/add/${path}`]) {
        expect([route, (await server.post(route, {})).status]).toEqual([route, 404])
      }
    }
  )
})

describe('the route that says which events Segment puts into a batch together', () => {
  it('goes by the values of the fields that batch_keys names, and leaves alone what is not batched', async () => {
    const server = await startServer()
    const mapping = {
      note: { '@path': '$.list' },
      email: 'x',
      batch_keys: ['note'],
      enable_batching: { '@if': { exists: { '@path': '$.alone' }, then: false, else: true } }
    }
    const events = [{ list: 1 }, { list: 2 }, { list: 1, other: 3 }, { list: 1, alone: true }, {}]
    const { json } = await server.post('/batch-keys/add', { events, mapping, withDefaults: false })
    expect(json).toEqual({ keys: ['[1]', '[2]', '[1]', null, '[null]'] })
    const { enable_batching: _, ...withoutBatches } = mapping
    expect(
      (await server.post('/batch-keys/add', { events, mapping: withoutBatches, withDefaults: false })).json
    ).toEqual({
      keys: [null, null, null, null, null]
    })
    expect((await server.post('/batch-keys/add', { events: {} })).status).toBe(400)
  })
})

describe('the route that migrates', () => {
  it('does what the command does, and says why not', async () => {
    const server = await startServer()
    const text = readFileSync(join(__dirname, '../../docs/examples/classic-destination.json'), 'utf8')
    const { status, json } = await server.post('/migrate', { text })
    expect(status).toBe(200)
    expect(json).toEqual(JSON.parse(JSON.stringify(migrationOf(classicSettingsIn(text)))))
    expect(await server.post('/migrate', { text: '{' })).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining('It is not JSON') as string }
    })
  })
})

describe('the size of a body', () => {
  it.each(['/run/add', '/map/add', '/choices/add/note', '/add', '/authenticate', '/delete', '/sandbox/faults'])(
    'is limited for %s, whether it is told beforehand or not',
    async (route) => {
      const server = await startServer()
      const body = JSON.stringify({ events: ['x'.repeat(11_000_000)] })
      expect((await server.post(route, body)).status).toBe(413)
      expect((await server.post(route, body, { 'transfer-encoding': 'chunked' })).status).toBe(413)
      expect(server.received).toEqual([])
    }
  )
})

it('lets no other page use the routes of the tester page', async () => {
  const server = await startServer()
  for (const path of ['/map/add', '/batch-keys/add', '/choices/add/email', '/run/add', '/migrate', '/usage']) {
    expect((await server.post(path, { event }, EVIL)).status).toBe(403)
  }
})

it('serves the page at /, which loads nothing from elsewhere and stands in no frame', async () => {
  const page = mkdtempSync(join(tmpdir(), 'page-'))
  writeFileSync(join(page, 'index.html'), '<p>The page</p>')
  const { get } = await startServer({ page })
  const { status, text, headers } = await get('/')
  expect(status).toBe(200)
  expect(text).toBe('<p>The page</p>')
  expect(headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
  rmSync(page, { recursive: true })
})
