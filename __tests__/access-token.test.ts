import nock from 'nock'
import type { Settings } from '../src/generated-types'
import { accessToken, Credentials } from '../src/marketo/transport/access-token'
import { sendOne, statusesOf, times, WAYS } from './support/events'
import { sendBatch, settings } from './support/marketo'
import { identify, ONE_CALL } from './support/numbered-events'

const INSTANCE = 'https://123-abc-456.mktorest.com'
const { mapping } = ONE_CALL.upsertLead.sending

/** Requests to the identity endpoint, and the authorization headers of lead requests, for all instances. */
let identityRequests: { url: string; body: string }[]
let authorizations: string[]
let unexpected: string[]

/** Each test has its own client because tokens are cached for the life of the process. */
let client: typeof settings
let clients = 0

// nock patches Node's own modules, and the next test file runs in the same process.
afterAll(() => nock.restore())

beforeEach(() => {
  identityRequests = []
  authorizations = []
  unexpected = []
  clients++
  client = { ...settings, clientId: `client-${clients}`, clientSecret: 'a secret & more' }
  nock.disableNetConnect()
  nock.emitter.on('no match', (request: { host: string }) => unexpected.push(request.host))
})

afterEach(() => {
  nock.emitter.removeAllListeners('no match')
  nock.cleanAll()
  nock.enableNetConnect()
  jest.restoreAllMocks()
})

/** Answers identity calls in order, and accepts all leads. */
function instance(host: string, ...answers: [status: number, body: nock.Body][]): void {
  for (const [status, body] of answers) {
    nock(host)
      .post('/identity/oauth/token')
      .query(true)
      .reply(function (path, sent) {
        identityRequests.push({ url: path, body: new URLSearchParams(sent as Record<string, string>).toString() })
        return [status, body, { 'content-type': 'application/json' }]
      })
  }
  nock(host)
    .persist()
    .post('/rest/v1/leads.json')
    .reply(function (_path, sent) {
      authorizations.push([this.req.headers.authorization].flat().join())
      const { input } = sent as { input: object[] }
      const result = input.map((_record, i) => ({ id: i + 1, status: 'created' }))
      return [200, { success: true, result }, { 'content-type': 'application/json' }]
    })
}

const token = (access_token: string, expires_in = 3_600): [number, nock.Body] => [200, { access_token, expires_in }]

const send = (given = client) => sendOne('batch', 'upsertLead', identify(1), { mapping, settings: given })

/** Moves the clock of the token cache. */
function after(seconds: number): void {
  const now = performance.now() + seconds * 1_000
  jest.spyOn(performance, 'now').mockReturnValue(now)
}

describe('An access token', () => {
  it('is requested with the secret in the body, and sent in the Authorization header', async () => {
    instance(INSTANCE, token('t1'))
    expect(await send()).toMatchObject({ status: 200 })
    expect(identityRequests).toEqual([
      {
        url: '/identity/oauth/token',
        body: `grant_type=client_credentials&client_id=${client.clientId}&client_secret=a+secret+%26+more`
      }
    ])
    expect(authorizations).toEqual(['Bearer t1'])
  })

  it.each([
    ['reused', 3_600, 3_539, 't1'],
    ['requested again in its last minute', 3_600, 3_541, 't2'],
    ['reused until it expires if it is valid for less than a minute', 30, 29, 't1'],
    ['requested again once it expires if it is valid for less than a minute', 30, 31, 't2'],
    ['requested again if it expires at once', 0, 0.1, 't2']
  ])('is %s (valid for %i s, %d s later)', async (_what, life, seconds, expected) => {
    instance(INSTANCE, token('t1', life), token('t2'))
    await send()
    after(seconds)
    expect(await send()).toMatchObject({ status: 200 })
    expect(authorizations).toEqual(['Bearer t1', `Bearer ${expected}`])
  })

  it('is requested once for all callers that wait for it', async () => {
    instance(INSTANCE, token('t1'))
    expect(statusesOf(await Promise.all(times(20, () => send())))).toEqual(times(20, () => 200))
    expect(identityRequests).toHaveLength(1)
  })

  it.each<[string, number, nock.Body, number]>([
    ['HTTP 503', 503, '', 503],
    ['HTTP 429', 429, '', 429],
    ['no token', 200, {}, 502],
    ['wrong credentials', 401, { error: 'unauthorized', error_description: 'Bad client credentials' }, 401]
  ])('is requested again after %s', async (_what, status, body, expected) => {
    instance(INSTANCE, [status, body], token('t1'))
    expect(await send()).toMatchObject({ status: expected })
    expect(await send()).toMatchObject({ status: 200 })
    expect(identityRequests).toHaveLength(2)
  })

  it('is not reused for a wrong secret', async () => {
    instance(INSTANCE, token('t1'), [401, { error: 'unauthorized', error_description: 'Bad client credentials' }])
    expect(await send()).toMatchObject({ status: 200 })
    expect(await send({ ...client, clientSecret: 'another' })).toMatchObject({ status: 401 })
    expect(await send()).toMatchObject({ status: 200 })
    expect(identityRequests).toHaveLength(2)
  })

  it('is not shared by two client IDs', async () => {
    instance(INSTANCE, token('t1'), token('t2'))
    await send()
    await send({ ...client, clientId: `${client.clientId}-other` })
    expect(authorizations).toEqual(['Bearer t1', 'Bearer t2'])
  })

  it('is not shared by two instances', async () => {
    instance(INSTANCE, token('t1'))
    instance('https://321-cba-654.mktorest.com', token('t2'))
    await send()
    await send({ ...client, munchkinId: '321-CBA-654' })
    await send()
    expect(authorizations).toEqual(['Bearer t1', 'Bearer t2', 'Bearer t1'])
  })

  it('is kept when Marketo refuses a call for another reason', async () => {
    instance(INSTANCE, token('t1'))
    await send()
    nock.cleanAll()
    nock(INSTANCE)
      .post('/rest/v1/leads.json')
      .reply(200, { success: false, errors: [{ code: '606', message: 'Max rate limit exceeded' }] })
    expect(await send()).toMatchObject({ status: 429 })
    instance(INSTANCE)
    expect(await send()).toMatchObject({ status: 200 })
    expect(identityRequests).toHaveLength(1)
  })

  it('is replaced once for all callers when Marketo rejects it', async () => {
    instance(INSTANCE, token('t1'), token('t2'))
    await send()
    const refused = { success: false, errors: [{ code: '602', message: 'Access token expired' }] }
    nock.cleanAll()
    nock(INSTANCE, { reqheaders: { authorization: 'Bearer t1' } })
      .post('/rest/v1/leads.json')
      .times(5)
      .reply(200, refused, { 'content-type': 'application/json' })
    instance(INSTANCE, token('t2'))
    expect(statusesOf(await Promise.all(times(5, () => send())))).toEqual(times(5, () => 200))
    expect(identityRequests).toHaveLength(2)
  })
})

describe('No raw exception leaves the destination', () => {
  it('when more than 1,000 instances sign in at once', async () => {
    const all = times(1_100, (i) => ({
      ...client,
      munchkinId: `${100 + (i % 900)}-ABC-${100 + Math.floor(i / 900)}`,
      clientId: `many-${i}`
    }))
    for (const { munchkinId } of all) {
      nock(`https://${munchkinId.toLowerCase()}.mktorest.com`)
        .post('/identity/oauth/token')
        .delay(300)
        .reply(200, { access_token: munchkinId, expires_in: 3_600 })
    }
    const tokens = await Promise.all(
      all.map(({ munchkinId, clientId, clientSecret }) =>
        accessToken(new Credentials(munchkinId, clientId, clientSecret))
      )
    )
    expect(tokens).toEqual(all.map(({ munchkinId }) => munchkinId))
  })

  it.each(['a\r\nb', 'a b', 'ä', ''])('when Marketo returns %j as the token', async (broken) => {
    instance(INSTANCE, token(broken))
    expect(await send()).toMatchObject({ status: 502 })
  })

  it.each(['munchkinId', 'clientId', 'clientSecret'])('when the setting %s is not text', async (name) => {
    for (const value of [42, true, {}, ['x'], null]) {
      const report = await send({ ...client, [name]: value })
      expect([400, 401]).toContain(report.status)
    }
    expect(identityRequests).toEqual([])
  })
})

describe('A secret or token that Marketo repeats', () => {
  it('is removed from the error message of a sign-in', async () => {
    instance(INSTANCE, [401, { error: 'unauthorized', error_description: `Bad secret ${client.clientSecret}` }])
    const report = await send()
    expect(report.status).toBe(401)
    expect(JSON.stringify(report)).not.toContain(client.clientSecret)
  })

  it.each([
    ['a call', (text: string) => ({ success: false, errors: [{ code: '1006', message: text }] })],
    [
      'a record',
      (text: string) => ({ success: true, result: [{ status: 'skipped', reasons: [{ code: '1006', message: text }] }] })
    ]
  ])('is removed from the outcome when %s fails', async (_what, answerOf) => {
    const text = `${client.clientSecret}, ${encodeURIComponent(client.clientSecret)}, a+secret+%26+more, t1-token`
    nock(INSTANCE).post('/identity/oauth/token').reply(200, { access_token: 't1-token', expires_in: 3_600 })
    nock(INSTANCE).post('/rest/v1/leads.json').reply(200, answerOf(text))
    const event = { ...identify(1), traits: { email: 'a@example.com', firstName: client.clientSecret } }
    const report = await sendOne('batch', 'upsertLead', event, { mapping: { lookupField: 'email' }, settings: client })
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('1006') as string })
    expect(JSON.stringify(report)).not.toMatch(/a.secret|a%20secret|t1-token/)
  })
})

describe('Without an access token', () => {
  it.each<[string, number, nock.Body, number]>([
    ['wrong secret', 401, { error: 'unauthorized', error_description: 'Bad client credentials' }, 401],
    ['unknown client', 401, { error: 'unauthorized', error_description: 'No client with requested id: x' }, 401],
    ['HTTP 500', 500, '<html></html>', 500],
    ['HTTP 502', 502, { error: 'bad gateway' }, 502],
    ['HTTP 503', 503, '', 503]
  ])('no event of a batch is sent (%s)', async (_what, http, body, status) => {
    instance(INSTANCE, ...times<[number, nock.Body]>(3, () => [http, body]))
    const batch = await sendBatch('upsertLead', times(301, identify), { mapping, settings: client })
    expect(statusesOf(batch)).toEqual(times(301, () => status))
    const single = await sendOne('single', 'upsertLead', identify(1), { mapping, settings: client })
    expect(single).toMatchObject({ status, errormessage: batch[0].errormessage })
    expect(authorizations).toEqual([])
  })

  it.each(['ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT'])('Segment retries the events after %s', async (code) => {
    nock(INSTANCE)
      .post('/identity/oauth/token')
      .replyWithError(Object.assign(new Error(code), { code }))
    const { status } = await send()
    expect([503, 504]).toContain(status)
  })

  it.each(['clientId', 'clientSecret'])(
    'events fail without a token request when the setting %s is empty',
    async (name) => {
      for (const empty of ['', undefined])
        expect(await send({ ...client, [name]: empty })).toMatchObject({ status: 401 })
      expect(unexpected).toEqual([])
    }
  )
})

describe('A Munchkin Account ID', () => {
  it.each(['123-ABC-456', '123-abc-456', '  123-Abc-456\n'])('may be written as %j', async (munchkinId) => {
    instance(INSTANCE, token('t1'))
    expect(await send({ ...client, munchkinId })).toMatchObject({ status: 200 })
  })

  it.each([
    undefined,
    '',
    '   ',
    '123ABC456',
    '123-ABC-4567',
    '123-ABC-456/',
    '123-ABC-456.evil.com',
    'evil.com/',
    'evil.com/123-ABC-456',
    'evil.com#123-ABC-456',
    'user@123-ABC-456',
    '123-ABC-456\n.evil.com',
    'https://123-ABC-456.mktorest.com',
    '１２３-ABC-456'
  ])('is refused before any request when it is %j', async (munchkinId) => {
    for (const way of WAYS) {
      for (const [action, { event, sending }] of Object.entries(ONE_CALL)) {
        const given = { ...sending, settings: { ...client, munchkinId } as Settings }
        const report = await sendOne(way, action as keyof typeof ONE_CALL, event(1), given)
        expect(report).toMatchObject({
          status: 400,
          errormessage: expect.stringContaining('Munchkin Account ID') as unknown
        })
      }
    }
    expect(unexpected).toEqual([])
  })
})
