import { startSandbox } from '..'
import { Connection, codes, REST_HOST } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000, recordsPerCall: 200 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

const order = {
  leadId: 1001,
  activityDate: '2024-01-01T00:00:00Z',
  activityTypeId: 100001,
  primaryAttributeValue: 'x',
  attributes: []
}

describe('The state', () => {
  it('starts with a few plausible leads', () => {
    const { instance, leads } = marketo.sandbox.state()
    expect(instance).toBe('123-ABC-456')
    expect(leads).toHaveLength(5)
    expect(leads[0].fields).toMatchObject({ email: 'ada.lovelace@example.com', firstName: 'Ada', userId: 'user-ada' })
    expect(leads.filter(({ fields }) => fields.anonymousId)).toHaveLength(1)
    expect(leads.filter(({ fields }) => fields.email === 'office@example.org')).toHaveLength(2)
  })

  it('can be read over HTTP as well', async () => {
    const { status, text } = await marketo.control('GET', 'state')
    expect(status).toBe(200)
    expect(JSON.parse(text)).toEqual(marketo.sandbox.state())
  })

  it('shows what each write changed', async () => {
    await marketo.sync([
      { email: 'ada.lovelace@example.com', city: 'London', firstName: 'Ada' },
      { email: 'new@example.com' }
    ])
    await marketo.sync([{ email: 'ada.lovelace@example.com', city: null }, { email: 'new@example.com' }])
    const at = expect.any(String) as string
    expect(marketo.sandbox.state().changes).toEqual([
      { leadId: 1001, at, isNew: false, values: { city: { from: null, to: 'London' } } },
      { leadId: 1006, at, isNew: true, values: { email: { from: null, to: 'new@example.com' } } },
      { leadId: 1001, at, isNew: false, values: { city: { from: 'London', to: null } } }
    ])
  })

  it('is a copy that later calls do not change', async () => {
    await marketo.visit({ _mchTk: '_mch-example.com-1741098586131-20002' })
    const before = marketo.sandbox.state()
    const kept = structuredClone(before)
    await marketo.sync([{ email: 'ada.lovelace@example.com', city: 'London' }, { email: 'new@example.com' }])
    await marketo.addActivities(order)
    await marketo.associate(1001, 'token:_mch-example.com-1741098586131-20002')
    await marketo.visit({ _mchTk: '_mch-example.com-1741098586131-20002' })
    expect(before).toEqual(kept)
    expect(marketo.sandbox.state()).not.toEqual(kept)
  })
})

describe('A reset', () => {
  it('restores the starting data, fields and limits, and clears everything else', async () => {
    const { leads: _leads, ...start } = marketo.sandbox.state()
    await marketo.sync([{ email: 'new@example.com' }])
    await marketo.addActivities(order)
    await marketo.visit({ _mchTk: '_mch-example.com-1741098586131-10001' })
    marketo.sandbox.setLimits({ bodyBytes: 10, callsPerWindow: 1, recordsPerCall: 1 })
    marketo.sandbox.addFault({ endpoint: '*', kind: 'cut' })
    marketo.sandbox.removeField('userId')
    await marketo.control('POST', 'reset')
    const { leads, ...others } = marketo.sandbox.state()
    expect(others).toEqual(start)
    expect(leads.map(({ id }) => id)).toEqual([1001, 1002, 1003, 1004, 1005])
    expect((await marketo.sync([{ userId: 'u1' }], { lookupField: 'userId' })).result).toEqual([
      { id: 1006, status: 'created' }
    ])
  })

  it('can be undone, as can the reset before it', async () => {
    await marketo.sync([{ email: 'new@example.com' }])
    const before = marketo.sandbox.state()
    await marketo.control('POST', 'reset')
    await marketo.control('POST', 'reset', { leads: [] })
    await marketo.control('POST', 'undo-reset')
    expect(marketo.sandbox.state().leads).toHaveLength(5)
    await marketo.control('POST', 'undo-reset')
    expect(marketo.sandbox.state()).toEqual(before)
    expect((await marketo.sync([{ email: 'NEW@example.com' }])).result).toEqual([{ id: 1006, status: 'updated' }])
  })

  it('restores the limits that the sandbox was started with', () => {
    marketo.sandbox.setLimits({ callsPerWindow: 1, recordsPerCall: 1, bodyBytes: 1 })
    marketo.sandbox.reset()
    expect(marketo.sandbox.state().limits).toEqual({
      recordsPerCall: 200,
      bodyBytes: 1_048_576,
      uriBytes: 8_192,
      callsPerWindow: 10_000,
      windowMs: 20_000,
      concurrentCalls: 10,
      callsPerDay: 50_000,
      filterMatches: 1_000,
      tokenLifeSeconds: 3_600,
      assetsPerPage: 200,
      campaignLeads: 100,
      campaignTokens: 100,
      activityTypes: 10,
      activityAttributes: 20
    })
  })

  it('keeps access tokens', async () => {
    marketo.sandbox.reset()
    expect((await marketo.rest('stats/usage.json')).success).toBe(true)
  })

  it('can replace the default leads or add to them', async () => {
    const leads = [{ id: 3, email: 'x@example.com', partition: 'EMEA', cookies: ['_mch-a'] }, { userId: 'u9' }]
    await marketo.control('POST', 'reset', { leads })
    expect(marketo.sandbox.state().leads).toMatchObject([
      { id: 3, partition: 'EMEA', fields: { email: 'x@example.com' }, cookies: ['_mch-a'] },
      { id: 1001, partition: 'Default', fields: { userId: 'u9' }, cookies: [] }
    ])
    marketo.sandbox.reset({ leads, keepDefaults: true })
    expect(marketo.sandbox.state().leads.map(({ id }) => id)).toEqual([1001, 1002, 1003, 1004, 1005, 3, 1006])
  })

  it.each([
    [{ leads: [{ nope: 1 }] }, /nope/],
    [{ leads: [{ mrr: 'x' }] }, /Invalid value 'x'/],
    [{ leads: [{ id: 3 }, { id: 3 }] }, /id 3/]
  ])('refuses %j with a message', async (seed, words) => {
    const { status, text } = await marketo.control('POST', 'reset', seed)
    expect(status).toBe(400)
    expect(text).toMatch(words)
  })
})

describe('The control routes', () => {
  it('add one fault or a list of faults, and remove them', async () => {
    await marketo.control('POST', 'faults', { endpoint: 'usage', kind: 'error', code: '608' })
    await marketo.control('POST', 'faults', [
      { endpoint: 'usage', kind: 'cut' },
      { endpoint: 'usage', kind: 'cut' }
    ])
    expect(marketo.sandbox.state().faults).toHaveLength(3)
    expect(codes(await marketo.rest('stats/usage.json'))).toEqual(['608'])
    await marketo.control('DELETE', 'faults')
    expect((await marketo.rest('stats/usage.json')).success).toBe(true)
  })

  it('change limits', async () => {
    expect((await marketo.control('PATCH', 'limits', { recordsPerCall: 1 })).status).toBe(200)
    expect(codes(await marketo.sync([{ email: 'a@example.com' }, { email: 'b@example.com' }]))).toEqual(['1003'])
  })

  it('expire tokens', async () => {
    await marketo.control('POST', 'expire-tokens')
    expect(codes(await marketo.rest('stats/usage.json'))).toEqual(['602'])
    marketo.token = await marketo.newToken()
  })

  it('revoke permissions until a reset', async () => {
    await marketo.control('POST', 'permissions', { revoke: ['Read-Only Lead', 'Read-Write Lead'] })
    expect(codes(await marketo.find('id', '1001'))).toEqual(['603'])
    expect((await marketo.rest('stats/usage.json')).success).toBe(true)
    await marketo.control('POST', 'reset', { assets: { lists: 2 } })
    expect((await marketo.find('id', '1001')).success).toBe(true)
    expect(marketo.sandbox.state().lists).toHaveLength(4)
  })

  it('remove fields', async () => {
    await marketo.control('POST', 'fields', { remove: ['userId', 'plan'] })
    expect(codes(await marketo.find('userId', 'x'))).toEqual(['1006'])
    expect(codes(await marketo.find('plan', 'x'))).toEqual(['1006'])
  })

  it.each([
    ['POST', 'faults', { endpoint: 'usage', kind: 'nope' }, /kind must be one of/],
    ['POST', 'faults', 5, /must be an object/],
    ['PATCH', 'limits', { nope: 1 }, /no limit called nope/],
    ['PATCH', 'limits', { recordsPerCall: -1 }, /recordsPerCall must be/],
    ['PATCH', 'limits', { recordsPerCall: '1' }, /recordsPerCall must be/],
    ['POST', 'fields', { remove: ['nope'] }, /no field called nope/],
    ['POST', 'permissions', { revoke: ['Nope'] }, /no permission Nope/],
    ['POST', 'reset', { assets: { lists: '2' } }, /assets.lists must be/],
    ['POST', 'reset', { assets: { nope: 2 } }, /no assets called nope/],
    ['POST', 'fields', {}, /./]
  ])('refuse %s %s %j with a message', async (method, path, body, words) => {
    const { status, text } = await marketo.control(method, path, body)
    expect(status).toBe(400)
    expect((JSON.parse(text) as { error: string }).error).toMatch(words)
  })

  it('answer 404 for other paths and methods', async () => {
    expect((await marketo.control('GET', 'reset')).status).toBe(404)
    expect((await marketo.control('GET', 'nope')).status).toBe(404)
  })

  it("answer 404 under Marketo's hosts", async () => {
    expect((await marketo.send('/sandbox/state', { host: REST_HOST })).status).toBe(404)
  })

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost'])(
    'refuse a page from the origin %s',
    async (origin) => {
      expect((await marketo.control('POST', 'reset', { leads: [] }, { origin })).status).toBe(403)
      expect((await marketo.control('GET', 'state', undefined, { origin })).status).toBe(403)
      expect(marketo.sandbox.state().leads).toHaveLength(5)
    }
  )

  it('accept a page from their own origin, and send no CORS headers', async () => {
    const own = await marketo.control('GET', 'state', undefined, { origin: marketo.sandbox.url })
    expect(own.status).toBe(200)
    expect(Object.keys(own.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    expect((await marketo.control('OPTIONS', 'reset')).status).toBe(404)
  })
})

describe('A sandbox', () => {
  it('uses the options that it starts with', async () => {
    const other = await startSandbox({ munchkinId: '999-zzz-999', limits: { recordsPerCall: 5 } })
    const { instance, limits } = other.state()
    expect([instance, limits.recordsPerCall, other.url]).toEqual(['999-ZZZ-999', 5, `http://127.0.0.1:${other.port}`])
    await expect(startSandbox({ port: other.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await other.close()
  })

  it('refuses to start with an unknown limit', async () => {
    await expect(startSandbox({ limits: { nope: 1 } as never })).rejects.toThrow(/no limit called nope/)
  })

  it('closes at once, even with a pending call', async () => {
    const other = await Connection.open()
    other.sandbox.addFault({ endpoint: 'usage', kind: 'delay', ms: 60_000 })
    const call = expect(other.rest('stats/usage.json')).rejects.toMatchObject({ code: 'ECONNRESET' })
    while (other.sandbox.state().usage.total === 0) await new Promise(setImmediate)
    await other.sandbox.close()
    await call
  })
})
