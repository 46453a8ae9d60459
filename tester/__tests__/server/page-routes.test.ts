import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs'
import { tmpdir } from 'os'
import { join } from 'path'
import { classicSettingsIn } from '../../../migration/classic-settings'
import { migrationOf } from '../../../migration/migration'
import { closeAll, startServer } from './listening-server'

const event = { userId: 'u1', traits: { email: 'a@example.com' } }
const EVIL = { origin: 'https://app.segment.com' }

afterEach(closeAll)

describe('The map route', () => {
  it('answers with the payload of an event, and sends nothing', async () => {
    const server = await startServer()
    const { status, json } = await server.post('/map/add', { event, mapping: { note: { '@template': '{{userId}}!' } } })
    expect(status).toBe(200)
    expect(json).toEqual({ payload: { email: 'a@example.com', note: 'u1!' }, problems: [] })
    expect(server.received).toEqual([])
  })

  it("gives each of the framework's validation messages with its field, even if the field is missing", async () => {
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

  it('adds no defaults to a mapping if `withDefaults` is false', async () => {
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

describe('The choices route', () => {
  it('answers with the choices of a dynamic field, or says why it has none', async () => {
    const server = await startServer()
    expect((await server.post('/choices/add/custom.__keys__', {})).json).toEqual({
      choices: [{ label: 'Plan', value: 'plan' }]
    })
    expect((await server.post('/choices/add/email', {})).json).toEqual({ choices: [], error: 'Not today.' })
  })

  it.each(['constructor', 'toString', '__proto__', 'custom.constructor', 'custom.toString', 'note.call', 'custom.a.b'])(
    'answers 404 for %s, which the action does not define',
    async (path) => {
      const server = await startServer()
      for (const route of [`/choices/add/${path}`, `/add/${path}`]) {
        expect([route, (await server.post(route, {})).status]).toEqual([route, 404])
      }
    }
  )
})

describe('The batch-keys route', () => {
  it('gives events the same key if they have the same values in the fields of batch_keys, and null if they are not batched', async () => {
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

describe('The migrate route', () => {
  it('returns the same migration as the command, or an error that says what is wrong', async () => {
    const server = await startServer()
    const text = readFileSync(join(__dirname, '../../../docs/examples/classic-destination.json'), 'utf8')
    const { status, json } = await server.post('/migrate', { text })
    expect(status).toBe(200)
    expect(json).toEqual(JSON.parse(JSON.stringify(migrationOf(classicSettingsIn(text)))))
    expect(await server.post('/migrate', { text: '{' })).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining('It is not JSON') as string }
    })
  })
})

describe('The size of a request body', () => {
  it.each(['/run/add', '/map/add', '/choices/add/note', '/add', '/authenticate', '/delete', '/sandbox/faults'])(
    'is limited on %s, with and without a Content-Length header',
    async (route) => {
      const server = await startServer()
      const body = JSON.stringify({ events: ['x'.repeat(11_000_000)] })
      expect((await server.post(route, body)).status).toBe(413)
      expect((await server.post(route, body, { 'transfer-encoding': 'chunked' })).status).toBe(413)
      expect(server.received).toEqual([])
    }
  )
})

it('Other pages cannot use the routes of the tester page', async () => {
  const server = await startServer()
  for (const path of ['/map/add', '/batch-keys/add', '/choices/add/email', '/run/add', '/migrate', '/usage']) {
    expect((await server.post(path, { event }, EVIL)).status).toBe(403)
  }
})

it('The test server serves the page at /, with a policy that allows no other hosts and no frames', async () => {
  const page = mkdtempSync(join(tmpdir(), 'page-'))
  writeFileSync(join(page, 'index.html'), '<p>The page</p>')
  const { get } = await startServer({ page })
  const { status, text, headers } = await get('/')
  expect(status).toBe(200)
  expect(text).toBe('<p>The page</p>')
  expect(headers['content-security-policy']).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
  rmSync(page, { recursive: true })
})
