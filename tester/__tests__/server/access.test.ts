import { closeAll, listen, send, startServer } from './listening-server'

const body = { payload: { traits: { email: 'a@example.com' } } }
const TESTER = { origin: 'https://app.segment.com' }

afterEach(closeAll)

describe('Another web page', () => {
  it.each(['https://evil.example', 'null', 'http://localhost:1', 'https://app.segment.com.evil.example'])(
    'from the origin %s is refused before any action runs',
    async (origin) => {
      const server = await startServer()
      expect((await server.post('/add', body, { origin })).status).toBe(403)
      expect((await server.get('/manifest', { origin })).status).toBe(403)
      expect(server.received).toEqual([])
    }
  )

  it('is refused before any action runs if its body has a type that browsers send without a preflight request', async () => {
    const server = await startServer()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect((await server.post('/add', body, { 'content-type': type })).status).toBe(415)
    }
    expect(server.received).toEqual([])
  })

  it('is refused before any action runs if it comes under another host name that points here', async () => {
    const server = await startServer()
    for (const host of ['evil.example', 'localhost.evil.example', 'evil.example:3000']) {
      expect((await server.post('/add', body, { host, origin: `http://${host}` })).status).toBe(403)
    }
    expect(server.received).toEqual([])
  })
})

describe("Segment's Actions Tester", () => {
  it('can use the routes of the CLI', async () => {
    const server = await startServer()
    const asked = await send(server.url, 'OPTIONS', '/add', undefined, {
      ...TESTER,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type'
    })
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': TESTER.origin,
      'access-control-allow-methods': expect.stringContaining('POST') as string,
      'access-control-allow-headers': 'content-type'
    })
    const { status, headers } = await server.post('/add', body, TESTER)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'access-control-allow-origin': TESTER.origin,
      'access-control-expose-headers': 'x-marketo'
    })
  })

  it("can use neither the tester page's own routes nor the sandbox", async () => {
    const forwarded: unknown[] = []
    const sandboxUrl = await listen((req, res) => {
      forwarded.push(req.url)
      res.end()
    })
    const server = await startServer({ sandboxUrl })
    for (const path of ['/run/add', '/RUN/add', '/sandbox/reset', '/Sandbox/reset']) {
      expect((await server.post(path, { ...body, events: [body.payload] }, TESTER)).status).toBe(403)
    }
    expect([...forwarded, ...server.received]).toEqual([])
  })
})

describe("The server's own page", () => {
  it.each(['localhost', '127.0.0.1', '[::1]'])('can use all routes when opened at %s', async (name) => {
    const server = await startServer()
    const host = `${name}:${new URL(server.url).port}`
    const own = { host, origin: `http://${host}` }
    expect((await server.post('/add', body, own)).status).toBe(200)
    expect((await server.post('/run/add', { events: [body.payload] }, own)).status).toBe(200)
  })

  it('reaches the sandbox through the server', async () => {
    const sandboxUrl = await listen((req, res) => {
      let text = ''
      req.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      req.on('end', () => {
        res.writeHead(207, { 'content-type': 'application/json' })
        res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers, text }))
      })
    })
    const server = await startServer({ sandboxUrl })
    const own = { origin: server.url }
    const put = await server.post('/sandbox/faults?a=b', { kind: 'cut' }, own)
    expect(put.status).toBe(207)
    expect(put.json).toMatchObject({ method: 'POST', url: '/sandbox/faults?a=b', text: '{"kind":"cut"}' })
    expect(put.json).toMatchObject({ headers: { host: new URL(sandboxUrl).host } })
    expect(put.json).not.toHaveProperty('headers.origin')
    // A request without a body needs no content type.
    expect((await server.post('/sandbox/reset', undefined, own)).status).toBe(207)
  })

  it('gets an error that says so when the sandbox does not answer', async () => {
    const server = await startServer({ sandboxUrl: 'http://127.0.0.1:1' })
    const { status, json } = await server.get('/sandbox/state')
    expect(status).toBe(502)
    expect(json).toMatchObject({ error: expect.stringContaining('The sandbox does not answer') as string })
  })
})
