import { createTestEvent, createTestIntegration, defaultValues } from '@segment/actions-core'
import destination from '../../../src'
import {
  endMarketo,
  leadsInMarketo,
  marketoApi,
  marketoCookie,
  munchkin,
  settings,
  success
} from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const event = createTestEvent({
  type: 'page',
  userId: 'user-1',
  timestamp: '2026-01-02T03:04:05.678Z',
  properties: { url: 'https://example.com/pricing?plan=pro&seats=3' },
  context: { userAgent: 'Mozilla/5.0', Marketo: { marketoCookie } }
})

describe('MarketoV2.visitWebPage', () => {
  afterEach(endMarketo)

  it("reports the visit with the cookie's token, and associates the cookie with the lead", async () => {
    munchkin()
      .post('/webevents/visitWebPage')
      .query((beacon) => {
        expect(beacon).toMatchObject({
          _mchId: '123-ABC-456',
          _mchTk: '_mch-example.com-0123456789abcdef0123456789abcdef',
          _mchHo: 'example.com',
          _mchRu: '/pricing',
          _mchQp: 'plan=pro__-__seats=3'
        })
        return true
      })
      .matchHeader('user-agent', 'Mozilla/5.0')
      .reply(202)
    marketoApi()
      .get('/rest/v1/leads.json')
      .query(({ filterType }) => filterType === 'cookies')
      .reply(200, success())
      .get('/rest/v1/leads.json')
      .query(({ filterType }) => filterType === 'userId')
      .reply(200, success({ id: 7, userId: 'user-1' }))
      .post('/rest/v1/leads/7/associate.json')
      .query({ cookie: marketoCookie })
      .reply(200, { requestId: 'request', success: true })

    await testDestination.testAction('visitWebPage', { event, settings, useDefaultMappings: true })
  })

  it('makes no API call when associateLead is off', async () => {
    munchkin().post('/webevents/visitWebPage').query(true).reply(200)

    await testDestination.testAction('visitWebPage', {
      event,
      settings,
      mapping: { associateLead: false },
      useDefaultMappings: true
    })
  })

  it('refuses a URL that is not a web address', async () => {
    await expect(
      testDestination.testAction('visitWebPage', {
        event,
        settings,
        mapping: { url: 'pricing' },
        useDefaultMappings: true
      })
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('URL is not a web address') as string })
  })
})

/** A Page event of a browser with this cookie. */
const page = (userId: string | undefined, cookie = marketoCookie, url = 'https://example.com/') =>
  createTestEvent({
    type: 'page',
    userId,
    anonymousId: 'browser-1',
    properties: { url },
    context: { userAgent: 'Mozilla/5.0', Marketo: { marketoCookie: cookie } }
  })

const tokenOf = (i: number) => `_mch-example.com-${String(i).padStart(32, '0')}`
const cookieOf = (i: number) => `id:123-ABC-456&token:${tokenOf(i)}`

describe('MarketoV2.visitWebPage, about visitors', () => {
  let visits: { token: string; host: string; path: string }[] = []
  let associated: string[] = []

  beforeEach(() => {
    visits = []
    associated = []
    munchkin()
      .persist()
      .post('/webevents/visitWebPage')
      .query(true)
      .reply((uri) => {
        const query = new URL(uri, 'https://example.com').searchParams
        visits.push({ token: `${query.get('_mchTk')}`, host: `${query.get('_mchHo')}`, path: `${query.get('_mchRu')}` })
        return [202]
      })
    marketoApi()
      .persist()
      .post(/^\/rest\/v1\/leads\/\d+\/associate\.json/)
      .optionally()
      .reply((uri) => {
        associated.push(uri.replace(/^.*leads\/(\d+).*$/, '$1'))
        return [200, { requestId: 'request', success: true }]
      })
  })
  afterEach(endMarketo)

  const batch = (events: ReturnType<typeof page>[], trackAnonymousActivity = true) =>
    testDestination.executeBatch('visitWebPage', {
      events,
      settings: { ...settings, trackAnonymousActivity },
      mapping: defaultValues(destination.actions.visitWebPage.fields)
    })

  it('associates nothing that Marketo has associated already', async () => {
    leadsInMarketo({ id: 7, userId: 'user-1', cookies: tokenOf(1) })
    expect(await batch([page('user-1', cookieOf(1))])).toMatchObject([
      { status: 202, body: { leadId: 7, webActivity: 'already associated' } }
    ])
    expect(associated).toEqual([])
  })

  it('leaves the token of a browser to the person who owns it, and gives another visitor one of their own', async () => {
    leadsInMarketo(
      { id: 7, userId: 'user-1', email: 'ada@example.com', cookies: tokenOf(2) },
      { id: 8, userId: 'user-2', email: 'bob@example.com' }
    )
    const [outcome] = await batch([page('user-2', cookieOf(2))])
    expect(outcome).toMatchObject({ status: 202 })
    expect(visits[0].token).toMatch(/^_mch-segment\.com-[0-9a-f]{32}$/)
    expect(associated).toEqual(['8'])
  })

  it('creates no lead: the visit waits with the anonymous visitor', async () => {
    leadsInMarketo()
    expect(await batch([page(undefined, cookieOf(3))])).toMatchObject([
      { status: 202, body: { webActivity: 'no lead matches' } }
    ])
    expect(visits).toHaveLength(1)
  })

  it('ignores a cookie of another instance, and makes a token of the User ID that is always the same', async () => {
    leadsInMarketo({ id: 7, userId: 'user-1' })
    const foreign = 'id:999-XYZ-999&token:_mch-example.com-0123456789abcdef0123456789abcdef'
    await batch([page('user-1', foreign)], false)
    await batch([page('user-1', foreign)], false)
    expect(visits[0].token).toMatch(/^_mch-segment\.com-[0-9a-f]{32}$/)
    expect(visits[1].token).toBe(visits[0].token)
    expect(associated[0]).toBe('7')
  })

  it('associates up to 50 visitors in a batch, and says that a later visit associates the others', async () => {
    const visitors = Array.from({ length: 52 }, (_, i) => i + 100)
    leadsInMarketo(...visitors.map((id) => ({ id, userId: `user-${id}` })))
    const outcomes = await batch(visitors.map((id) => page(`user-${id}`, cookieOf(id))))
    expect(associated).toHaveLength(50)
    expect(outcomes[51]).toMatchObject({
      body: { webActivity: expect.stringContaining('not yet associated') as string }
    })
    expect(visits).toHaveLength(52)
  })

  it.each([
    ['example.com/pricing', 'example.com', '/pricing'],
    ['/pricing?x=1', 'shop.example.com', '/pricing'],
    ['http://[::1]:3000/a', '[::1]', '/a']
  ])('reads the address %s', async (url: string, host: string, path: string) => {
    leadsInMarketo({ id: 7, userId: 'user-1', cookies: tokenOf(1) })
    const event = { ...page('user-1', cookieOf(1), url) }
    event.context = { ...event.context, page: { url: 'https://shop.example.com/' } }
    await batch([event])
    expect(visits).toMatchObject([{ host, path }])
  })
})
