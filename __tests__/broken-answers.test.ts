import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { createRequestClient } from '@segment/actions-core'
import nock from 'nock'
import { CALLS } from '../src/marketo/calls/all-calls'
import { LATER, sentences } from '../src/marketo/transport/errors'
import { exchange } from '../src/marketo/transport/exchange'
import type { MarketoError } from '../src/marketo/transport/outcome'
import { sendOne, statusesOf, times, WAYS } from './support/events'
import { sendBatch, settings } from './support/marketo'
import { identify, ONE_CALL, page } from './support/numbered-events'

const REST = 'https://123-abc-456.mktorest.com'
const { sending } = ONE_CALL.upsertLead
const JSON_TYPE = { 'content-type': 'application/json' }

// nock patches Node's own modules, and the next test file runs in the same process.
afterAll(() => nock.restore())

beforeEach(() => {
  nock.disableNetConnect()
  nock(REST).persist().post('/identity/oauth/token').reply(200, { access_token: 'token', expires_in: 3_600 })
})

afterEach(() => {
  nock.abortPendingRequests()
  nock.cleanAll()
  nock.enableNetConnect()
  jest.restoreAllMocks()
})

const marketoAnswers = (status: number, body: nock.Body, type = 'application/json') =>
  nock(REST).persist().post('/rest/v1/leads.json').reply(status, body, { 'content-type': type })

const done = (id: number) => ({ id, status: 'created' })

describe('An event is retried when the answer is not one of Marketo’s:', () => {
  it.each<[string, string]>([
    ['empty', ''],
    ['cut off', '{"requestId":"1","success":true,"result":[{"id":1'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an object without success', '{}'],
    ['a success without a result', '{"success":true}'],
    ['a success whose result is not a list', '{"success":true,"result":{"id":1,"status":"created"}}'],
    ['a failure without errors', '{"success":false}'],
    ['a failure with an empty list of errors', '{"success":false,"errors":[]}'],
    ['a failure with null in its list of errors', '{"success":false,"errors":[null]}'],
    ['a failure whose errors are not a list', '{"success":false,"errors":{"code":"1006"}}']
  ])('%s', async (_what, body) => {
    marketoAnswers(200, body)
    const reports = [
      ...(await sendBatch('upsertLead', times(2, identify), sending)),
      await sendOne('single', 'upsertLead', identify(0), sending)
    ]
    expect(statusesOf(reports)).toEqual([502, 502, 502])
  })

  it('an HTML page', async () => {
    marketoAnswers(200, '<html>maintenance</html>', 'text/html')
    expect(await sendOne('batch', 'upsertLead', identify(0), sending)).toMatchObject({ status: 502 })
  })
})

describe('A malformed result fails only its own record with 500:', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['text', 'created'],
    ['empty', {}],
    ['failed, whatever ID it has', { id: 2, status: 'failed' }],
    ['with a status that Marketo does not have', { id: 2, status: 'perhaps' }],
    ['with a status that is not text', { id: 2, status: 1 }],
    ['with only an ID', { id: 2 }],
    ['skipped without a reason', { id: 2, status: 'skipped' }],
    ['skipped with an empty list of reasons', { status: 'skipped', reasons: [] }],
    ['skipped with null in its list of reasons', { status: 'skipped', reasons: [null] }],
    ['skipped with reasons that are not a list', { status: 'skipped', reasons: { code: '1003', message: 'bad' } }]
  ])('%s', async (_what, result) => {
    marketoAnswers(200, { success: true, result: [done(1), result, done(3)] } as nock.Body)
    expect(statusesOf(await sendBatch('upsertLead', times(3, identify), sending))).toEqual([200, 500, 200])
    nock.cleanAll()
    marketoAnswers(200, { success: true, result: [result] } as nock.Body)
    expect(await sendOne('single', 'upsertLead', identify(0), sending)).toMatchObject({ status: 500 })
  })
})

it.each(WAYS)('An event is retried when the list of found leads is malformed (%s)', async (way) => {
  nock(REST).persist().get('/rest/v1/leads.json').query(true).reply(200, '{"success":true,"result":[null]}', JSON_TYPE)
  marketoAnswers(200, { success: true, result: [done(1)] })
  const { status } = await sendOne(way, 'upsertLead', identify(0))
  expect([500, 502, 503, 504]).toContain(status)
})

it('A lead is found even if its user ID is a number in Marketo: a searchable field may be an integer', async () => {
  nock(REST)
    .persist()
    .get('/rest/v1/leads.json')
    .query(({ filterType }) => filterType === 'userId')
    .reply(200, { success: true, result: [{ id: 7, userId: 42, updatedAt: '2026-01-01T00:00:00Z' }] })
  marketoAnswers(200, { success: true, result: [{ id: 7, status: 'updated' }] })
  const [report] = await sendBatch('upsertLead', [{ userId: '42', traits: {} }])
  expect(report.sent).toMatchObject({ id: 7 })
})

describe('A record is done if its status says so, whatever ID it carries:', () => {
  it.each([
    { id: 7, status: 'created' },
    { id: '7', status: 'updated' },
    { leadId: 7, status: 'created' },
    { marketoGUID: '50', status: 'added' },
    { status: 'deleted', reasons: [] }
  ])('%j', async (result) => {
    marketoAnswers(200, { success: true, result: [result] })
    expect(await sendOne('batch', 'upsertLead', identify(0), sending)).toMatchObject({ status: 200, body: result })
  })

  it('an activity without an ID is not sent again', async () => {
    const asked = nock(REST)
      .post('/rest/v1/activities/external.json')
      .reply(200, {
        success: true,
        result: [{ marketoGUID: '50', status: 'added' }]
      })
    const { sending: toActivity, event } = ONE_CALL.sendCustomActivity
    expect(await sendOne('batch', 'sendCustomActivity', event(0), toActivity)).toMatchObject({ status: 200 })
    asked.done()
  })
})

describe('More results than records', () => {
  const more = { success: true, result: times(4, (i) => ({ id: i + 1, status: 'added' })) }

  it('fail all leads of the call with 500', async () => {
    marketoAnswers(200, more)
    expect(statusesOf(await sendBatch('upsertLead', times(3, identify), sending))).toEqual([500, 500, 500])
  })

  it('do not make Segment retry an activity', async () => {
    nock(REST).post('/rest/v1/activities/external.json').reply(200, more)
    const { sending: toActivity, event } = ONE_CALL.sendCustomActivity
    expect(statusesOf(await sendBatch('sendCustomActivity', times(3, event), toActivity))).toEqual([200, 200, 200])
  })
})

describe('A call that is refused for one record', () => {
  it.each(['609', '1001', '1002', '1003', '1006', '1036'])(
    'with %s is halved until the bad record is alone',
    async (code) => {
      let calls = 0
      nock(REST)
        .persist()
        .get('/rest/v1/leads/describe2.json')
        .reply(200, { success: true, result: [{ fields: [] }] })
      nock(REST)
        .persist()
        .post('/rest/v1/leads.json')
        .reply(200, (_uri, body) => {
          calls++
          const { input } = body as unknown as { input: { userId: string }[] }
          return input.some(({ userId }) => userId === 'user-77')
            ? { success: false, errors: [{ code, message: 'Words' }] }
            : { success: true, result: input.map(() => done(1)) }
        })
      const reports = await sendBatch('upsertLead', times(300, identify), sending)
      expect(statusesOf(reports)).toEqual(times(300, (i) => (i === 77 ? 400 : 200)))
      expect(calls).toBeLessThan(20)
    }
  )
})

describe('A redirect is never followed', () => {
  const ELSEWHERE = 'https://elsewhere.example'

  it.each([301, 302, 303, 307, 308])(
    'HTTP %i fails all records with 502, and nothing goes to the other host',
    async (http) => {
      const followed = nock(ELSEWHERE)
        .post('/x')
        .reply(200, { success: true, result: [done(1)] })
      nock(REST)
        .persist()
        .post('/rest/v1/leads.json')
        .reply(
          http,
          { success: true, result: [done(1)] },
          {
            location: `${ELSEWHERE}/x`
          }
        )
      expect(await sendOne('batch', 'upsertLead', identify(0), sending)).toMatchObject({ status: 502 })
      expect(followed.isDone()).toBe(false)
    }
  )

  it('a page visit does not follow it either', async () => {
    const followed = nock(ELSEWHERE).post('/x').reply(202)
    nock('https://123-abc-456.mktoresp.com')
      .post(/.*/)
      .reply(308, '', { location: `${ELSEWHERE}/x` })
    expect(await sendOne('batch', 'visitWebPage', page(0), ONE_CALL.visitWebPage.sending)).toMatchObject({
      status: 502
    })
    expect(followed.isDone()).toBe(false)
  })
})

describe('An endless answer', () => {
  it.each<[string, (body: string) => Buffer, Record<string, string>]>([
    ['', (body) => Buffer.from(body), JSON_TYPE],
    [' when it is unpacked', (body) => gzipSync(body), { ...JSON_TYPE, 'content-encoding': 'gzip' }]
  ])('of more than 8 MB%s fails with 502', async (_when, packed, headers) => {
    const sizes = { 'of 7.9 MB': 7_900_000, 'of 8 MB': 8_000_000 }
    const statuses: string[] = []
    for (const [name, size] of Object.entries(sizes)) {
      nock(REST)
        .get('/')
        .reply(200, packed(JSON.stringify({ more: 'x'.repeat(size) })), headers)
      const status = await exchange(createRequestClient(), 'A call', `${REST}/`, 2_000, {}).then(
        ({ status }) => status,
        (error: MarketoError) => error.failure.status
      )
      statuses.push(`${name}: ${status}`)
    }
    expect(statuses).toEqual(['of 7.9 MB: 200', 'of 8 MB: 502'])
  })

  it('that trickles in ends at the total time limit of the call', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, JSON_TYPE)
      const trickle = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(trickle))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    nock.enableNetConnect('127.0.0.1')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const from = Date.now()
    try {
      await expect(exchange(createRequestClient(), 'A call', url, 300, {})).rejects.toMatchObject({
        failure: { status: 504 }
      })
      expect(Date.now() - from).toBeLessThan(550)
    } finally {
      server.closeAllConnections()
      server.close()
    }
  })

  it.each<[string, (page: number) => string]>([
    ['the same page token', () => 'same'],
    ['a page token after each page', (page) => `page-${page}`]
  ])('of pages with %s fails with 502', async (_what, tokenOf) => {
    let pages = 0
    nock(REST)
      .persist()
      .get('/rest/v1/leads.json')
      .query(true)
      .reply(200, () => {
        pages++
        return { success: true, result: [{ id: pages }], nextPageToken: tokenOf(pages) }
      })
    expect(await sendOne('batch', 'upsertLead', identify(0))).toMatchObject({ status: 502 })
    expect(pages).toBeLessThan(60)
  })
})

describe('In the answer to a lead search,', () => {
  const found = (filter: string, ...result: object[]) =>
    nock(REST)
      .persist()
      .get('/rest/v1/leads.json')
      .query(({ filterType }) => filterType === filter)
      .reply(200, { success: true, result })
  const marketoGets = (answer: nock.Body) => nock(REST).get('/rest/v1/leads.json').query(true).reply(200, answer)
  const nothingElseFound = () => marketoGets({ success: true, result: [] }).persist()

  it.each<[string, object]>([
    ['without the email', { id: 7, userId: 'somebody' }],
    ['with another email', { id: 7, email: 'somebody@example.com' }]
  ])('a lead %s is ignored', async (_what, lead) => {
    found('email', lead)
    nothingElseFound()
    marketoAnswers(200, { success: true, result: [done(9)] })
    const [report] = await sendBatch('upsertLead', [identify(0)])
    expect(report).toMatchObject({ status: 200, body: { id: 9 } })
    expect(report.sent).not.toHaveProperty('id')
  })

  it.each<[string, (string | undefined)[], number]>([
    ['the last updated one', ['2026-02-01T00:00:00Z', '2026-02-03T00:00:00Z', '2026-02-02T00:00:00Z'], 8],
    ['the newest one, if they have no update time,', [undefined, undefined, undefined], 9]
  ])('of several leads, %s is used', async (_which, updated, expected) => {
    found('email', ...[7, 8, 9].map((id, i) => ({ id, email: 'person-0@example.com', updatedAt: updated[i] })))
    marketoAnswers(200, { success: true, result: [done(expected)] })
    const [report] = await sendBatch('upsertLead', [identify(0)])
    expect(report.sent).toMatchObject({ id: expected })
  })

  it('an empty page is the last one, even if it has a page token', async () => {
    marketoGets({ success: true, result: [], nextPageToken: 'more' })
    marketoGets({ success: true, result: [] })
    marketoAnswers(200, { success: true, result: [done(9)] })
    expect(await sendOne('batch', 'upsertLead', identify(0))).toMatchObject({ status: 200, body: { id: 9 } })
  })

  it('an empty page is not the last one if Marketo says that there are more results', async () => {
    marketoGets({ success: true, result: [], nextPageToken: 'more', moreResult: true })
    marketoGets({ success: true, result: [{ id: 7, email: 'person-0@example.com' }] })
    marketoAnswers(200, { success: true, result: [{ id: 7, status: 'updated' }] })
    const [report] = await sendBatch('upsertLead', [identify(0)])
    expect(report.sent).toMatchObject({ id: 7 })
  })

  it.each([
    ['1003', 'Value is invalid', 400],
    ['606', 'Too many results', 429]
  ])('error %s (%s) causes no second search with fewer values', async (code, message, status) => {
    marketoGets({ success: false, errors: [{ code, message }] })
    expect(statusesOf(await sendBatch('upsertLead', [identify(0), identify(1)]))).toEqual([status, status])
  })

  it('a lead without cookies does not own the visitor’s cookie', async () => {
    found('cookies', { id: 7, userId: 'user-0' })
    found('userId', { id: 8, userId: 'user-0' })
    nothingElseFound()
    nock(REST).post('/rest/v1/leads/8/associate.json').query(true).reply(200, { success: true })
    nock('https://123-abc-456.mktoresp.com').post('/webevents/visitWebPage').query(true).reply(202)
    const [report] = await sendBatch('visitWebPage', [page(0)])
    expect(report).toMatchObject({ status: 202, body: { leadId: 8, webActivity: 'associated' } })
  })
})

describe('Marketo’s error takes precedence over the HTTP status:', () => {
  it.each([
    [500, '1006', 400],
    [400, '611', 500],
    [401, '601', 503],
    [403, '603', 403]
  ])('HTTP %i with error %s ends as %i', async (http, code, status) => {
    marketoAnswers(http, { success: false, errors: [{ code, message: 'Words' }] })
    expect(await sendOne('batch', 'upsertLead', identify(0), sending)).toMatchObject({ status })
  })

  it.each([
    [503, 503],
    [418, 400]
  ])('JSON from another server does not: HTTP %i ends as %i', async (http, status) => {
    marketoAnswers(http, { message: 'from a proxy' })
    expect(await sendOne('batch', 'upsertLead', identify(0), sending)).toMatchObject({ status })
  })
})

describe('A sign-in that is answered with', () => {
  /** Sends an event with new credentials, for which no token is cached. */
  const reportWhen = (status: number, body: string) => {
    nock.cleanAll()
    nock(REST).post('/identity/oauth/token').reply(status, body, JSON_TYPE)
    return sendOne('batch', 'upsertLead', identify(0), {
      ...sending,
      settings: { ...settings, clientId: `sign-in ${status} ${body}` }
    })
  }

  it.each<[string, number, string, number]>([
    ['null', 200, 'null', 502],
    ['an object without a token', 200, '{}', 502],
    ['a token that is not text', 200, '{"access_token":5}', 502],
    ['HTTP 503 in JSON', 503, '{"error":"maintenance"}', 503],
    ['HTTP 429 in JSON', 429, '{"error":"slow down"}', 429]
  ])('%s is retried', async (_what, http, body, status) => {
    expect(await reportWhen(http, body)).toMatchObject({ status })
  })

  it.each([
    ['{"error":"unauthorized"}', /does not accept Client ID and Client Secret for 123-ABC-456\. Copy both/],
    ['{"error":"unauthorized","error_description":"Bad client"}', /123-ABC-456 \(Bad client\)\. Copy both/]
  ])('401 and %s fails for good, and the error explains why', async (body, words) => {
    expect(await reportWhen(401, body)).toMatchObject({
      status: 401,
      errormessage: expect.stringMatching(words) as string
    })
  })
})

it('An answer that begins in time but ends too late is a 504, and the event is retried', async () => {
  jest.replaceProperty(CALLS.syncLeads, 'timeoutMs', 100)
  nock(REST)
    .post('/rest/v1/leads.json')
    .delay({ head: 0, body: 5_000 })
    .reply(200, { success: true, result: [done(1)] }, JSON_TYPE)
  expect(await sendOne('batch', 'upsertLead', identify(0), sending)).toMatchObject({ status: 504 })
})

it.each<[Error, string]>([
  [Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  [new Error('no'), 'system']
])('A connection that fails with %s is reported with its reason, and the event is retried', async (error, reason) => {
  nock(REST).persist().post('/rest/v1/leads.json').replyWithError(error)
  expect(await sendOne('batch', 'upsertLead', identify(0), sending)).toMatchObject({
    status: 503,
    errormessage: `Sync Leads: no answer from Marketo (${reason}). ${LATER}`
  })
})

it.each([
  [{ type: 'request-timeout' }, 504, 'request-timeout'],
  [{ type: 'body-timeout' }, 504, 'body-timeout'],
  [{ code: 'ETIMEDOUT' }, 504, 'ETIMEDOUT'],
  [{ code: 'ECONNRESET', type: 'system' }, 503, 'ECONNRESET'],
  [{}, 503, 'connection failed']
])('A connection that fails with %j ends as %i', async (why, status, reason) => {
  const request = async () => Promise.reject(Object.assign(new Error('no'), why))
  await expect(exchange(request as never, 'Sync Leads', REST, 100, {})).rejects.toMatchObject({
    failure: { status, message: `Sync Leads: no answer from Marketo (${reason}). ${LATER}` }
  })
})

it('The error for an unknown Munchkin Account ID says to check it, and the event is retried', async () => {
  nock(REST)
    .persist()
    .post('/rest/v1/leads.json')
    .replyWithError(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }))
  expect(await sendOne('batch', 'upsertLead', identify(0), sending)).toMatchObject({
    status: 503,
    errormessage: expect.stringContaining('Munchkin Account ID') as string
  })
})

it('Marketo’s message ends with one period before the remedy', () => {
  expect(sentences('Lead not found. ', undefined, 'Correct the ID', 'Send it again.')).toBe(
    'Lead not found. Correct the ID. Send it again.'
  )
})
