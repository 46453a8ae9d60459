import { Connection, codes } from './connect'

let marketo: Connection
let now = 1_800_000_000_000

beforeAll(async () => {
  marketo = await Connection.open({ now: () => now })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

interface Token {
  access_token: string
  expires_in: number
}

async function identity(form: string): Promise<Token> {
  const { text } = await marketo.send('/identity/oauth/token', { method: 'POST', form })
  return JSON.parse(text) as Token
}

const RIGHT = 'grant_type=client_credentials&client_id=sandbox&client_secret=sandbox'
const usage = 'stats/usage.json'

describe('The identity endpoint', () => {
  it('issues a token that looks like one from Marketo', async () => {
    marketo.sandbox.expireTokens()
    expect(await identity(RIGHT)).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f-]{36}:ab$/) as string,
      token_type: 'bearer',
      expires_in: 3600,
      scope: 'api-user@example.com'
    })
  })

  it.each(['GET', 'POST'])('accepts the credentials in the query of a %s', async (method) => {
    expect((await marketo.send(`/identity/oauth/token?${RIGHT}`, { method })).status).toBe(200)
  })

  it('returns the same token, with less time left, until it expires, and then a new one', async () => {
    marketo.sandbox.expireTokens()
    const first = await identity(RIGHT)
    now += 3_599_500
    expect(await identity(RIGHT)).toEqual({ ...first, expires_in: 0 })
    now += 500
    const second = await identity(RIGHT)
    expect(second.expires_in).toBe(3600)
    expect(second.access_token).not.toBe(first.access_token)
  })

  it('names an unknown client', async () => {
    const { status, text } = await marketo.send(`/identity/oauth/token?${RIGHT.replace('id=sandbox', 'id=who')}`)
    expect(status).toBe(401)
    expect(JSON.parse(text)).toEqual({
      error: 'unauthorized',
      error_description: 'No client with requested id: who'
    })
  })

  it('refuses a wrong secret', async () => {
    const { status, text } = await marketo.send(`/identity/oauth/token?${RIGHT}x`)
    expect(status).toBe(401)
    expect(JSON.parse(text)).toEqual({ error: 'unauthorized', error_description: 'Bad client credentials' })
  })

  it('does not count against the quota', async () => {
    await identity(RIGHT)
    expect(marketo.sandbox.state().usage).toEqual({ total: 0, byEndpoint: {}, uncounted: { identity: 1, munchkin: 0 } })
  })
})

describe('An access token', () => {
  it('is accepted in the Authorization header', async () => {
    marketo.token = await marketo.newToken()
    expect((await marketo.rest(usage)).success).toBe(true)
    expect((await marketo.rest(usage, { headers: { authorization: `bearer ${marketo.token}` } })).success).toBe(true)
  })

  it('is not accepted as a query parameter', async () => {
    const { text } = await marketo.send(`/rest/v1/${usage}?access_token=${await marketo.newToken()}`)
    expect(JSON.parse(text)).toMatchObject({ success: false, errors: [{ code: '601' }] })
  })

  it('is not accepted without the word Bearer', async () => {
    expect(codes(await marketo.rest(usage, { headers: { authorization: marketo.token } }))).toEqual(['601'])
  })

  it('is answered with 601 if Marketo never issued it', async () => {
    const wrong = await marketo.rest(usage, { headers: { authorization: 'Bearer 1:ab' } })
    expect(wrong).toMatchObject({ success: false, errors: [{ code: '601', message: 'Access token invalid' }] })
  })

  it('is answered with 602 once it has expired', async () => {
    marketo.token = await marketo.newToken()
    now += 3_600_000
    expect((await marketo.rest(usage)).errors).toEqual([{ code: '602', message: 'Access token expired' }])
  })

  it('is answered with 602 after the sandbox expires its tokens, until the client gets a new one', async () => {
    marketo.token = await marketo.newToken()
    marketo.sandbox.expireTokens()
    expect(codes(await marketo.rest(usage))).toEqual(['602'])
    await marketo.newToken()
    expect(codes(await marketo.rest(usage))).toEqual(['602'])
    marketo.token = await marketo.newToken()
    expect((await marketo.rest(usage)).success).toBe(true)
  })

  it('that is refused does not count against the quota', async () => {
    await marketo.rest(usage, { headers: { authorization: 'Bearer 1:ab' } })
    expect(marketo.sandbox.state().usage.total).toBe(0)
  })
})
