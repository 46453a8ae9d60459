import { closeAll, startServer } from './listening-server'

const event = (email: string) => ({ type: 'identify', userId: 'u1', traits: { email } })

afterEach(closeAll)

describe('The test server, on the routes of the actions CLI,', () => {
  it('serves the definition and its directory as the manifest', async () => {
    const server = await startServer()
    const { status, json } = await server.get('/manifest')
    expect(status).toBe(200)
    expect(json).toMatchObject({ name: 'Tiny', directoryName: 'tiny', actions: { add: { title: 'Add' } } })
  })

  it('runs an action with the given mapping over the default one, and shows the exchanges', async () => {
    const server = await startServer()
    const { status, json } = await server.post('/add', {
      payload: event('a@example.com'),
      mapping: { note: { '@path': '$.userId' } }
    })
    expect(status).toBe(200)
    expect(json).toEqual([
      {
        request: {
          url: expect.stringMatching(/\/people$/) as string,
          method: 'POST',
          headers: expect.objectContaining({
            authorization: '<redacted>',
            'content-type': 'application/json'
          }) as object,
          body: '{"email":"a@example.com","note":"u1"}'
        },
        response: {
          statusCode: 200,
          statusMessage: 'OK',
          headers: expect.objectContaining({
            'set-cookie': '<redacted>',
            'content-type': 'application/json'
          }) as object,
          body: { took: 37 }
        }
      }
    ])
  })

  it('passes the event unchanged to an action that has no fields, if no mapping is given', async () => {
    const server = await startServer()
    const { json } = await server.post('/raw', { payload: { userId: 'u1' } })
    expect(json).toMatchObject([{ request: { body: '{"userId":"u1"}' } }])
  })

  it('runs a list of events as one batch', async () => {
    const server = await startServer()
    const { json } = await server.post('/add', { payload: [event('a@example.com'), event('b@example.com')] })
    expect(json).toHaveLength(2)
    // Only `performBatch` fails on this email, and it fails the whole batch.
    const failed = await server.post('/add', { payload: [event('breaks-batch@example.com')] })
    expect(failed.json).toMatchObject([{ statusCode: 503, message: 'All failed.', requestError: true }])
  })

  it('accepts 300 events of 20 KB each', async () => {
    const server = await startServer()
    const payload = Array.from({ length: 300 }, () => ({ ...event(''), filler: 'x'.repeat(20_000) }))
    const { status } = await server.post('/add', { payload })
    expect(status).toBe(200)
  })

  it('names the fields that fail validation', async () => {
    const server = await startServer()
    const { status, json } = await server.post('/add', { payload: { userId: 'u1', traits: { email: { no: 'text' } } } })
    expect(status).toBe(200)
    expect(json).toEqual([
      {
        statusCode: 500,
        message: 'E must be a string but it was an object.',
        stack: expect.any(Array) as string[],
        fields: { email: expect.any(String) as string },
        requestError: true
      }
    ])
  })

  it("shows the status and body of an API's error", async () => {
    const server = await startServer()
    const { status, json } = await server.post('/add', { payload: event('refused@example.com') })
    expect(status).toBe(200)
    expect(json).toMatchObject([{ statusCode: 422, message: { took: 51 }, requestError: true }])
  })

  it('shows each of two concurrent requests only its own exchanges', async () => {
    const server = await startServer()
    const slow = server.post('/add', { payload: event('waits@example.com') })
    const answerSlow = await server.waiting
    const quick = await server.post('/add', { payload: event('quick@example.com') })
    answerSlow()
    expect(quick.json).toHaveLength(1)
    expect(quick.text).not.toContain('waits@')
    expect((await slow).json).toHaveLength(1)
    expect((await slow).text).toContain('waits@')
  })

  it('does not show the exchanges of a failed request to the next request', async () => {
    const server = await startServer()
    const failed = await server.post('/add', { payload: event('fails-later@example.com') })
    expect(failed.json).toMatchObject([{ statusCode: 409, message: 'Half done.' }])
    const next = await server.post('/add', { payload: event('a@example.com') })
    expect(next.json).toHaveLength(1)
  })

  it('tests the credentials', async () => {
    const server = await startServer()
    const good = await server.post('/authenticate', {})
    expect([good.status, good.json]).toEqual([200, { ok: true }])
    const unknown = await server.post('/authenticate', { clientId: 'unknown' })
    expect([unknown.status, unknown.json]).toEqual([
      200,
      { ok: false, error: 'Credentials are invalid:  No client with secret sandbox', fields: {} }
    ])
    const incomplete = await server.post('/authenticate', { munchkinId: 'AAA-111-BBB', clientId: { no: 'text' } })
    expect(incomplete.json).toMatchObject({ ok: false, fields: { clientId: expect.any(String) as string } })
  })

  it('says that there is no access token to refresh', async () => {
    const server = await startServer()
    const { status, json } = await server.post('/refreshAccessToken', { settings: {} })
    expect(status).toBe(400)
    expect(json).toEqual({
      ok: false,
      error: 'refreshAccessToken is only valid with oauth2 authentication scheme'
    })
  })

  it('offers the choices of dynamic fields, including the keys of object fields', async () => {
    const server = await startServer()
    const plain = await server.post('/add/note', { settings: {}, payload: {} })
    expect([plain.status, plain.json]).toEqual([200, { choices: [{ label: '123-ABC-456', value: 'id' }] }])
    const keys = await server.post('/add/custom.__keys__', {})
    expect([keys.status, keys.json]).toEqual([200, { choices: [{ label: 'Plan', value: 'plan' }] }])
    const failed = await server.post('/add/email', {})
    expect([failed.status, failed.json]).toEqual([500, [{ message: 'Not today.', code: '606' }]])
    expect((await server.post('/add/nothing', {})).status).toBe(404)
  })

  it('deletes a user and shows the exchanges', async () => {
    const server = await startServer()
    const { status, json } = await server.post('/delete', { payload: { userId: 'u1' } })
    expect(status).toBe(200)
    expect(json).toMatchObject([
      { request: { url: expect.stringMatching(/\/forget\/u1$/) as string, method: 'DELETE' } }
    ])
  })
})

describe('A request that the server cannot handle', () => {
  it('gets an error message if its JSON is broken, without a quote from it', async () => {
    const server = await startServer()
    const { status, json, text } = await server.post('/add', '{"clientSecret":"s3cr3t"x}')
    expect(status).toBe(400)
    expect(json).toMatchObject({ error: expect.stringContaining('not valid JSON') as string })
    expect(text).not.toContain('3cr3t')
  })

  it('gets the list of routes if its route does not exist', async () => {
    const server = await startServer()
    const { status, json } = await server.post('/nothing', {})
    expect(status).toBe(404)
    expect(json).toEqual({ error: 'There is no POST /nothing.', routes: server.routes })
    expect(server.routes).toEqual(
      expect.arrayContaining([
        'GET /manifest',
        'POST /add',
        'POST /add/note',
        'POST /add/custom.__keys__',
        'POST /run/add'
      ])
    )
  })
})
