import type { Page } from 'playwright-core'
import { describeInBrowser } from './chromium'
import { aMoment, call, eventually, useWebsite } from './website'

const reset = (page: Page) => page.evaluate('analytics.reset()')
const cookieNames = async (page: Page) => (await page.context().cookies()).map(({ name }) => name)

describeInBrowser('The web destination, for privacy,', () => {
  const site = useWebsite()
  const visitsUnder = () => site.state().visits.map(({ token }) => token)
  const visits = (count: number) => eventually(() => expect(site.state().visits).toHaveLength(count))
  const submissions = (count: number) => eventually(() => expect(site.state().activities).toHaveLength(count))

  /** The requests that a page sends to Marketo from now on. */
  function requestsTo(page: Page): string[] {
    const urls: string[] = []
    page.on('request', (request) => {
      if (/munchkin|forms2|webevents|index\.php/.test(request.url())) urls.push(request.url())
    })
    return urls
  }

  describe('with anonymous tracking off', () => {
    const settings = { trackAnonymousActivity: false }

    it('loads, sends and sets nothing until the visitor has a User ID, and never sends what happened before that', async () => {
      const page = await site.open('/', { settings })
      const requests = requestsTo(page)
      await call(page, 'page')
      await call(page, 'identify', { email: 'ada@example.com' })
      await page.click('#stay')
      await aMoment()
      expect(requests).toEqual([])
      expect(await page.evaluate(() => ['Munchkin', 'MktoForms2'].filter((name) => name in window))).toEqual([])
      expect(await cookieNames(page)).not.toContain('_mkto_trk')
      await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
      await call(page, 'page')
      await visits(1)
      await submissions(1)
      expect(site.state().activities[0].attributes.map(({ apiName }) => apiName)).not.toContain('anonymousId')
      await aMoment()
      expect(site.state().visits).toHaveLength(1)
    })

    it('sends nothing after a reset, not even clicks, until the visitor has a User ID again', async () => {
      const page = await site.open('/', { settings })
      await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
      await call(page, 'page')
      await visits(1)
      await submissions(1)
      await reset(page)
      await call(page, 'page')
      await page.click('#stay')
      await aMoment()
      expect(await cookieNames(page)).not.toContain('_mkto_trk')
      expect(site.state()).toMatchObject({ visits: [{}], clicks: [] })
      await call(page, 'identify', 'user-2', { email: 'grace@example.com' })
      await call(page, 'page')
      await visits(2)
      await submissions(2)
      expect(new Set(visitsUnder()).size).toBe(2)
    })
  })

  it('starts a new visitor on reset, with a new token for visits, clicks and forms', async () => {
    const page = await site.open('/')
    await call(page, 'page')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com', company: 'Engines' })
    await visits(1)
    await submissions(1)
    await reset(page)
    await page.click('#stay')
    await call(page, 'page')
    await call(page, 'identify', 'user-2', { email: 'grace@example.com' })
    await submissions(2)
    await visits(2)
    await eventually(() => expect(site.state().clicks).toHaveLength(1))
    const { clicks, leads } = site.state()
    const [first, second] = visitsUnder()
    expect(second).not.toBe(first)
    expect(clicks[0].token).toBe(second)
    expect(leads.map(({ fields, cookies }) => [fields.email, fields.company, cookies])).toEqual([
      ['ada@example.com', 'Engines', [first]],
      ['grace@example.com', undefined, [second]]
    ])
  })

  it('starts a new visitor when the User ID changes without a reset', async () => {
    const context = await site.newContext()
    const page = await site.open('/', { context })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await submissions(1)
    const next = await site.open('/', { context })
    await call(next, 'identify', 'user-2', { email: 'grace@example.com' })
    await submissions(2)
    expect(site.state().leads.map(({ fields }) => fields.email)).toEqual(['ada@example.com', 'grace@example.com'])
  })

  it('uses the new token when another tab has started a new visitor', async () => {
    const context = await site.newContext()
    const page = await site.open('/', { context })
    for (let i = 0; i < 2; i++) await call(page, 'page')
    await visits(2)
    const other = await site.open('/', { context })
    await call(other, 'page')
    await visits(3)
    await reset(other)
    await call(page, 'page')
    await visits(4)
    const tokens = visitsUnder()
    expect(tokens[3]).not.toBe(tokens[0])
  })

  it('drops what the previous visitor did before Munchkin loaded', async () => {
    site.sandbox.addFault({ endpoint: 'munchkinScript', kind: 'delay', ms: 500 })
    const page = await site.open('/')
    await call(page, 'page', 'of the previous')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await reset(page)
    await page.evaluate(() => history.pushState({}, '', '/of-the-next'))
    await call(page, 'page')
    await visits(1)
    await aMoment()
    expect(site.state().visits.map(({ params }) => params._mchRu)).toEqual(['/of-the-next'])
    expect(site.state().leads).toEqual([])
  })

  it('loads nothing and sets no cookie without consent', async () => {
    const page = await site.open('/', { load: { integrations: { All: false, 'Segment.io': true } } })
    const requests = requestsTo(page)
    await call(page, 'page')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await aMoment()
    expect(requests).toEqual([])
    expect(await cookieNames(page)).not.toContain('_mkto_trk')
    expect(site.events()).toHaveLength(2)
  })
})
