import { describeInBrowser } from './chromium'
import { aMoment, analyticsReady, call, eventually, useWebsite } from './website'

const paths = (urls: string[]) => urls.map((url) => url.replace(/^http:\/\/localhost:\d+/, ''))

describeInBrowser('The web destination, on page visits,', () => {
  // Playwright starts Chromium with this flag. The test of Back needs the cache.
  const site = useWebsite(['--disable-back-forward-cache'])
  const visited = () => paths(site.state().visits.map(({ url }) => url))

  const cookiesOn = (type: string) =>
    site
      .events()
      .filter((event) => event.type === type)
      .map(({ context }) => (context as { Marketo?: { marketoCookie: string } }).Marketo?.marketoCookie)

  it('reports the first page once, with its query', async () => {
    const page = await site.open('/?a=1&b=2')
    await call(page, 'page')
    await eventually(() => expect(visited()).toEqual(['/?a=1&b=2']))
    await aMoment()
    expect(visited()).toHaveLength(1)
    expect(site.warnings).toEqual([])
  })

  it('keeps the same token for a visitor after a link and after a reload', async () => {
    const page = await site.open('/')
    await call(page, 'page')
    await eventually(() => expect(visited()).toHaveLength(1))
    await page.getByRole('link', { name: 'Pricing' }).click()
    await page.waitForURL('**/pricing')
    await analyticsReady(page)
    await call(page, 'page')
    await page.reload()
    await analyticsReady(page)
    await call(page, 'page')
    await eventually(() => expect(visited()).toEqual(['/', '/pricing', '/pricing']))
    const { visits, clicks } = site.state()
    expect(new Set(visits.map(({ token }) => token)).size).toBe(1)
    expect(paths(clicks.map(({ url }) => url))).toEqual(['/pricing'])
    expect(clicks[0].token).toBe(visits[0].token)
  })

  it("puts the visitor's Munchkin cookie on events, and never replaces a value that an event already has", async () => {
    const page = await site.open('/')
    await call(page, 'page')
    await eventually(() => expect(visited()).toHaveLength(1))
    const [{ token }] = site.state().visits
    const cookie = `id:123-ABC-456&token:${token}`
    for (const method of ['track', 'group']) await call(page, method, 'something')
    await call(page, 'track', 'own', {}, { context: { Marketo: { marketoCookie: 'mine' } } })
    await call(page, 'track', 'off', {}, { integrations: { 'Marketo V2 (Actions)': false } })
    await call(page, 'track', 'all off', {}, { integrations: { All: false, 'Segment.io': true } })
    await call(
      page,
      'track',
      'all but',
      {},
      { integrations: { All: false, 'Segment.io': true, 'Marketo V2 (Actions)': true } }
    )
    await call(page, 'track', 'plugin off', {}, { integrations: { 'Marketo V2 Plugins (Actions)': false } })
    await eventually(() => expect(cookiesOn('track')).toHaveLength(6))
    expect(cookiesOn('track')).toEqual([cookie, 'mine', undefined, undefined, cookie, undefined])
    expect(cookiesOn('group')).toEqual([cookie])
  })

  it('accepts a Munchkin cookie that is not URL-encoded', async () => {
    const context = await site.newContext()
    await context.addCookies([{ name: '_mkto_trk', value: 'id:9%&token:x', url: 'http://localhost' }])
    const page = await site.open('/', { context, blocked: ['munchkin.js'], settings: { munchkinId: 'none' } })
    await call(page, 'track', 'something')
    await eventually(() => expect(cookiesOn('track')).toEqual(['id:9%&token:x']))
  })

  it('reports every page of a single-page application, even if Munchkin loads late', async () => {
    site.sandbox.addFault({ endpoint: 'munchkinScript', kind: 'delay', ms: 2_500 })
    const page = await site.open('/')
    for (const path of ['/one?x=1', '/two#part', '/three']) {
      await page.evaluate((to) => history.pushState({}, '', to), path)
      await call(page, 'page')
    }
    expect(visited()).toEqual([])
    await eventually(() => expect(visited()).toEqual(['/one?x=1', '/two', '/three']))
  })

  it.each([
    ['/app#/contact', '/app', '', '#/contact'],
    ['https://www.shop.example/app?a=1&b=2#/a%20b', '/app', 'a=1&b=2', '#/a b'],
    ['/app#', '/app', '', ''],
    ['/app', '/app', '', '']
  ])('reports the hash route of %s as the cloud does', async (url, path, query, hash) => {
    const page = await site.open('/')
    await call(page, 'page', '', { url, path: url })
    await eventually(() => expect(site.state().visits).toHaveLength(1))
    expect(site.state().visits[0].params).toMatchObject({ _mchRu: path, _mchQp: query, _mchHa: hash })
  })

  it.each(['while Munchkin loads', 'while Munchkin starts late'])('keeps each hash with its visit %s', async (when) => {
    if (when.includes('loads')) site.sandbox.addFault({ endpoint: 'munchkinScript', kind: 'delay', ms: 600 })
    const page = await site.open('/', { script: when.includes('late') ? 'window.munchkinIsLate = 500' : '' })
    const urls = ['/app#/one', '/app', '/app#/two', '/other#/three', '/app?x=%20y#/four']
    for (const url of urls) await call(page, 'page', '', { url: `https://www.shop.example${url}` })
    await eventually(() => expect(visited()).toHaveLength(urls.length))
    expect(site.state().visits.map(({ params }) => [params._mchRu, params._mchQp, params._mchHa])).toEqual([
      ['/app', '', '#/one'],
      ['/app', '', ''],
      ['/app', '', '#/two'],
      ['/other', '', '#/three'],
      ['/app', 'x=%20y', '#/four']
    ])
  })

  it('waits for Munchkin when it starts late, as in Safari', async () => {
    const page = await site.open('/', { script: 'window.munchkinIsLate = 500' })
    await call(page, 'page')
    await eventually(() => expect(visited()).toEqual(['/']))
  })

  it('reports the page again after the visitor goes back to it', async () => {
    // A busy Chromium may reload the page instead of restoring it. Then this try proves nothing, so we try again.
    for (let tries = 0; ; tries++) {
      const page = await site.open('/')
      await call(page, 'page')
      await eventually(() => expect(visited()).toHaveLength(tries + 1))
      await page.evaluate(() => Object.assign(window, { isTheOneThatWasLeft: true }))
      // A page that is still loading something is not kept.
      await page.waitForLoadState('networkidle')
      await page.goto(page.url().replace(/\/$/, '/away'))
      await page.goBack({ waitUntil: 'commit' })
      await page.waitForFunction(() => document.readyState !== 'loading')
      if (await page.evaluate(() => 'isTheOneThatWasLeft' in window)) {
        await call(page, 'page')
        await eventually(() => expect(visited()).toHaveLength(tries + 2))
        expect(new Set(visited())).toEqual(new Set(['/']))
        return
      }
      expect(tries).toBeLessThan(5)
    }
  })

  it.each([
    ['example.com/shop?x=1', '/shop?x=1'],
    ['example.com:8080/shop', '/shop'],
    ['//example.com/shop?x', '/shop?x'],
    ['/path', '/path'],
    ['mailto:ada@example.com', '/'],
    ['https://other.example.com/a/b?c=d', '/a/b?c=d'],
    ['', '/']
  ])('takes the path and query of the URL "%s"', async (url, reported) => {
    const page = await site.open('/')
    await call(page, 'page', '', { url })
    await eventually(() => expect(visited()).toEqual([reported]))
  })

  it('passes the settings on to Munchkin as its options', async () => {
    const page = await site.open('/', { settings: { anonymizeIp: true } })
    await call(page, 'page')
    await eventually(() => expect(site.state().visits[0]?.params.aip).toBe('1'))
  })

  it('reports visits with beacons, so that leaving the page is not delayed', async () => {
    const page = await site.open('/')
    const reported = page.waitForRequest(/webevents/)
    await call(page, 'page')
    expect((await reported).resourceType()).toBe('ping')
  })

  it('reports visits without a form, and warns once that none is set', async () => {
    const page = await site.open('/', { settings: { formId: undefined, formUrl: '' } })
    await call(page, 'page')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await eventually(() => expect(visited()).toEqual(['/']))
    expect(site.warnings.join()).toContain('set "Marketo Form ID" and "Marketo Form URL"')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com', plan: 'x' })
    expect(site.warnings).toHaveLength(1)
  })
})
