import { Connection, codes, REST_HOST, TRACKING_HOST } from './connect'

let marketo: Connection
let now = 1_800_000_000_000
const ALL_LEADS = 'leads.json?filterType=id&filterValues=1001,1002,1003,1004,1005'

beforeAll(async () => {
  marketo = await Connection.open({ now: () => now })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

const usage = () => marketo.sandbox.state().usage

describe('A host', () => {
  const authorized = () => ({ authorization: `Bearer ${marketo.token}` })
  const status = async (host: string, path: string) =>
    (await marketo.send(path, { host, headers: authorized() })).status

  it.each([REST_HOST, '123-ABC-456.MktoREST.com', '123-abc-456.mktorest.com:443'])('%s answers REST', async (host) => {
    expect(await status(host, '/rest/v1/stats/usage.json')).toBe(200)
    expect(await status(host, '/webevents/visitWebPage')).toBe(404)
  })

  it('for tracking answers only beacons', async () => {
    expect(await status(TRACKING_HOST, '/webevents/visitWebPage')).toBe(202)
    expect(await status(TRACKING_HOST, '/rest/v1/stats/usage.json')).toBe(404)
    expect(await status(TRACKING_HOST, '/identity/oauth/token')).toBe(404)
  })

  it.each([
    '999-zzz-999.mktorest.com',
    '999-zzz-999.mktoresp.com',
    'example.com',
    '123-abc-456.mktorest.net',
    '123-abc-456.mktorest.com.evil.com'
  ])('%s is unknown', async (host) => {
    const { text } = await marketo.send('/rest/v1/stats/usage.json', { host, headers: authorized() })
    expect(text).toBe(`No Marketo instance answers for ${host}`)
    expect(await status(host, '/webevents/visitWebPage')).toBe(404)
    expect(await status(host, '/sandbox/state')).toBe(404)
  })

  it.each(['127.0.0.1', 'localhost'])('%s answers everything', async (name) => {
    const host = `${name}:${marketo.sandbox.port}`
    expect(await status(host, '/rest/v1/stats/usage.json')).toBe(200)
    expect(await status(host, '/identity/oauth/token')).toBe(401)
    expect(await status(host, '/webevents/visitWebPage')).toBe(202)
    expect(await status(host, '/sandbox/state')).toBe(200)
  })

  it.each(['/rest//v1/stats/usage.json', '//identity/oauth/token'])('refuses the double slash in %s', async (path) => {
    expect(await status(REST_HOST, path)).toBe(404)
    expect(usage()).toMatchObject({ total: 0, uncounted: { identity: 0 } })
  })
})

describe('A body of more than 10 MB', () => {
  it.each(['/rest/v1/leads.json', '/identity/oauth/token', '/sandbox/faults'])('is refused by %s', async (path) => {
    const host = `127.0.0.1:${marketo.sandbox.port}`
    const { status } = await marketo.send(path, { host, method: 'POST', body: 'x'.repeat(10_000_001) })
    expect(status).toBe(413)
  })
})

describe('A REST call', () => {
  it('to an unknown path is answered with 610', async () => {
    expect(codes(await marketo.rest('nope.json'))).toEqual(['610'])
    expect(codes(await marketo.rest('leads/x/associate.json', { method: 'POST' }))).toEqual(['610'])
  })

  it('with a wrong method is answered with 605', async () => {
    expect(codes(await marketo.rest('leads/describe2.json', { method: 'POST', json: {} }))).toEqual(['605'])
  })

  it('with a body that is not a JSON object is answered with 609', async () => {
    const headers = { 'content-type': 'application/json' }
    for (const body of ['', '{', '[]', 'null']) {
      expect(codes(await marketo.rest('leads.json', { method: 'POST', headers, body }))).toEqual(['609'])
    }
  })

  it('with the wrong content type is answered with 612', async () => {
    const body = '{"input":[{"email":"x@example.com"}]}'
    expect(codes(await marketo.rest('leads.json', { method: 'POST', body }))).toEqual(['612'])
    expect(codes(await marketo.rest('leads.json', { method: 'POST', form: body }))).toEqual(['612'])
    const json = { filterType: 'id', filterValues: '1001' }
    expect(codes(await marketo.rest('leads.json?_method=GET', { method: 'POST', json }))).toEqual(['612'])
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    expect((await marketo.rest('leads.json', { method: 'POST', headers, body })).success).toBe(true)
  })

  it('has a unique request ID', async () => {
    const ids = [await marketo.rest('nope.json'), await marketo.rest(ALL_LEADS)].map(({ requestId }) => requestId)
    expect(ids[0]).toMatch(/^[0-9a-f]+#[0-9a-f]+$/)
    expect(ids[0]).not.toBe(ids[1])
  })

  it('counts against the quota even when it fails', async () => {
    await marketo.rest(ALL_LEADS)
    await marketo.rest('leads.json')
    await marketo.sync([])
    await marketo.rest('nope.json')
    expect(usage()).toMatchObject({ total: 4, byEndpoint: { getLeads: 2, syncLeads: 1 } })
  })

  it('with a body over the limit is answered with HTTP 413', async () => {
    const body = (bytes: number) => `{"input":[{"email":"x@example.com"}]}`.padEnd(bytes)
    const headers = { authorization: `Bearer ${marketo.token}`, 'content-type': 'application/json' }
    const send = (bytes: number) => marketo.send('/rest/v1/leads.json', { method: 'POST', headers, body: body(bytes) })
    expect((await send(1_048_576)).status).toBe(200)
    expect((await send(1_048_577)).status).toBe(413)
  })

  it('with a URI over the limit is answered with HTTP 414', async () => {
    const path = '/rest/v1/leads.json?filterType=email&filterValues='
    const headers = { authorization: `Bearer ${marketo.token}` }
    expect((await marketo.send(path.padEnd(8192, 'x'), { headers })).status).toBe(200)
    expect((await marketo.send(path.padEnd(8193, 'x'), { headers })).status).toBe(414)
    expect((await marketo.send(path.padEnd(60_000, 'x'), { headers })).status).toBe(414)
  })
})

describe('A response', () => {
  const get = (path: string, encoding?: string) =>
    marketo.send(`/rest/v1/${path}`, {
      headers: { authorization: `Bearer ${marketo.token}`, ...(encoding && { 'accept-encoding': encoding }) }
    })

  it('over 1,024 bytes is gzipped if the client accepts gzip', async () => {
    const { headers, text, bytes } = await get('leads/describe2.json', 'gzip, deflate')
    expect(headers['content-encoding']).toBe('gzip')
    expect(text.length).toBeGreaterThan(bytes)
    expect(JSON.parse(text)).toMatchObject({ success: true })
  })

  it('is not compressed if the client does not accept gzip, or if it is small', async () => {
    expect((await get('leads/describe2.json')).headers).not.toHaveProperty('content-encoding')
    expect((await get('stats/usage.json', 'gzip')).headers).not.toHaveProperty('content-encoding')
  })
})

describe('The limit', () => {
  it('of calls in a window answers further calls with 606 until the first call is out of the window', async () => {
    marketo.sandbox.setLimits({ callsPerWindow: 3 })
    await marketo.rest(ALL_LEADS)
    now += 15_000
    await marketo.rest(ALL_LEADS)
    await marketo.rest(ALL_LEADS)
    expect((await marketo.rest(ALL_LEADS)).errors).toEqual([
      { code: '606', message: "Max rate limit '3' exceeded with in '20' secs" }
    ])
    now += 4_999
    expect(codes(await marketo.rest(ALL_LEADS))).toEqual(['606'])
    now += 1
    expect((await marketo.rest(ALL_LEADS)).success).toBe(true)
    expect(codes(await marketo.rest(ALL_LEADS))).toEqual(['606'])
    expect(usage().total).toBe(7)
  })

  it('of calls in a window counts only the calls after it is set', async () => {
    await marketo.rest(ALL_LEADS)
    marketo.sandbox.setLimits({ callsPerWindow: 1 })
    expect((await marketo.rest(ALL_LEADS)).success).toBe(true)
    expect(codes(await marketo.rest(ALL_LEADS))).toEqual(['606'])
    marketo.sandbox.setLimits({ callsPerWindow: 0 })
    expect(codes(await marketo.rest(ALL_LEADS))).toEqual(['606'])
  })

  it('of concurrent calls answers further calls with 615 and does not execute them', async () => {
    const busy = await Connection.open({ limits: { concurrentCalls: 2 } })
    busy.sandbox.addFault({ endpoint: 'usage', kind: 'delay', ms: 60_000, times: 2 })
    const underway = [busy.rest('stats/usage.json'), busy.rest('stats/usage.json')].map((call) =>
      expect(call).rejects.toMatchObject({ code: 'ECONNRESET' })
    )
    while (busy.sandbox.state().usage.total < 2) await new Promise(setImmediate)
    expect(codes(await busy.sync([{ email: 'a@example.com' }]))).toEqual(['615'])
    expect(busy.sandbox.state().leads).toHaveLength(5)
    await busy.sandbox.close()
    await Promise.all(underway)
  })

  it('of concurrent calls frees a slot when a call ends, even if it fails', async () => {
    marketo.sandbox.setLimits({ concurrentCalls: 1 })
    expect((await marketo.rest(ALL_LEADS)).success).toBe(true)
    expect(codes(await marketo.rest('nope.json'))).toEqual(['610'])
    expect((await marketo.rest(ALL_LEADS)).success).toBe(true)
  })

  it('of calls in a day answers all further calls with 607', async () => {
    marketo.sandbox.setLimits({ callsPerDay: 1 })
    expect((await marketo.rest(ALL_LEADS)).success).toBe(true)
    expect(codes(await marketo.rest(ALL_LEADS))).toEqual(['607'])
    now += 20_000
    expect(codes(await marketo.rest(ALL_LEADS))).toEqual(['607'])
  })
})
