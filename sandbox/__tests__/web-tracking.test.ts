import { Connection, codes, TRACKING_HOST } from './connect'

let marketo: Connection
const TOKEN = '_mch-k6.io-85eeb125bfe067a6385b1724380af3c4'
const COOKIE = `id:123-ABC-456&token:${TOKEN}`

beforeAll(async () => {
  marketo = await Connection.open({ now: () => 1_800_000_000_000 })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset({ leads: [{ id: 7 }, { id: 8 }] }))

const visits = () => marketo.sandbox.state().visits
const owners = () => visits().map(({ leadId }) => leadId)

describe('A visit', () => {
  it('is recorded for an anonymous visitor, with its URL, parameters and time', async () => {
    const params = {
      _mchNc: '1741098586131',
      _mchId: '123-abc-456',
      _mchTk: TOKEN,
      _mchHo: 'k6.io',
      _mchPo: '8080',
      _mchRu: '/a b',
      _mchPc: 'https:',
      _mchHa: '#top',
      _mchRe: 'https://example.com/',
      _mchQp: 'a=1__-__b=2__-__c=3'
    }
    expect((await marketo.visit(params, { 'user-agent': 'Safari' })).status).toBe(202)
    expect(visits()).toEqual([
      {
        leadId: null,
        token: TOKEN,
        url: 'https://k6.io:8080/a b?a=1&b=2&c=3#top',
        params,
        userAgent: 'Safari',
        visitedAt: '2025-03-04T14:29:46.131Z'
      }
    ])
  })

  it('gets the current time if the beacon has none', async () => {
    await marketo.visit({ _mchTk: TOKEN, _mchRu: '/a' })
    expect(visits()).toMatchObject([{ url: '/a', visitedAt: '2027-01-15T08:00:00.000Z' }])
  })

  it('can be sent with GET', async () => {
    const path = `/webevents/visitWebPage?_mchId=123-ABC-456&_mchTk=${TOKEN}`
    expect((await marketo.send(path, { host: TRACKING_HOST })).status).toBe(202)
    expect(visits()).toHaveLength(1)
  })

  it.each([{ _mchTk: '' }, { _mchTk: TOKEN, _mchId: '999-ZZZ-999' }, { _mchTk: TOKEN, _mchId: '' }])(
    'with %j gets the same answer but is not recorded',
    async (params) => {
      expect((await marketo.visit(params as Record<string, string>)).status).toBe(202)
      expect(visits()).toEqual([])
    }
  )

  it('needs no access token and does not count against the quota', async () => {
    await marketo.visit({ _mchTk: TOKEN })
    expect(marketo.sandbox.state().usage).toEqual({ total: 0, byEndpoint: {}, uncounted: { identity: 0, munchkin: 1 } })
  })
})

describe('Associate Lead', () => {
  it('associates a token and its anonymous visits with a lead', async () => {
    await marketo.visit({ _mchTk: TOKEN })
    await marketo.visit({ _mchTk: `${TOKEN}-other` })
    const { requestId: _id, ...answer } = await marketo.associate(7, COOKIE)
    expect(answer).toEqual({ success: true })
    await marketo.visit({ _mchTk: TOKEN })
    expect(owners()).toEqual([7, null, 7])
    expect(marketo.sandbox.state().leads.map(({ cookies }) => cookies)).toEqual([[TOKEN], []])
  })

  it('moves a token to another lead, but not its earlier visits', async () => {
    await marketo.visit({ _mchTk: TOKEN })
    await marketo.associate(7, COOKIE)
    await marketo.associate(8, COOKIE)
    await marketo.visit({ _mchTk: TOKEN })
    expect(owners()).toEqual([7, 8])
    expect(marketo.sandbox.state().leads.map(({ cookies }) => cookies)).toEqual([[], [TOKEN]])
    expect((await marketo.find('cookies', TOKEN)).result).toMatchObject([{ id: 8 }])
  })

  it('can be repeated', async () => {
    await marketo.associate(7, COOKIE)
    expect((await marketo.associate(7, COOKIE)).success).toBe(true)
    expect(marketo.sandbox.state().leads[0].cookies).toEqual([TOKEN])
  })

  it.each([`token:${TOKEN}`, `id:123-abc-456&token:${TOKEN}`, 'token:_mch-example.com-1741098586131-10001'])(
    'accepts the cookie %s',
    async (cookie) => {
      expect((await marketo.associate(7, cookie)).success).toBe(true)
    }
  )

  it.each([`id:999-ZZZ-999&token:${TOKEN}`, 'id:123-ABC-456', 'token:', 'nonsense', encodeURIComponent(COOKIE)])(
    'refuses the cookie %s',
    async (cookie) => {
      expect(codes(await marketo.associate(7, cookie))).toEqual(['1012'])
      expect(marketo.sandbox.state().leads[0].cookies).toEqual([])
    }
  )

  it('needs a cookie and a lead that exists', async () => {
    expect(codes(await marketo.associate(7, ''))).toEqual(['1002'])
    expect(codes(await marketo.associate(99, COOKIE))).toEqual(['1004'])
  })

  it('frees the token when its lead is deleted', async () => {
    await marketo.associate(7, COOKIE)
    await marketo.rest('leads/delete.json', { method: 'POST', json: { input: [{ id: 7 }] } })
    await marketo.visit({ _mchTk: TOKEN })
    expect(owners()).toEqual([null])
  })
})
