import type { BrowserContext, Page } from 'playwright-core'
import { describeInBrowser } from './chromium'
import { aMoment, call, eventually, useWebsite } from './website'

const cookieNames = async (page: Page) => (await page.context().cookies()).map(({ name }) => name)
const optOut = (page: Page) => page.evaluate(`document.cookie = 'mkto_opt_out=id:true; path=/'`)

describeInBrowser('A visitor who has opted out', () => {
  const site = useWebsite()
  const visits = (count: number) => eventually(() => expect(site.state().visits).toHaveLength(count))

  /** What the browser asks Marketo for. */
  function requestsOf(context: BrowserContext): string[] {
    const urls: string[] = []
    context.on('request', (request) => {
      if (/munchkin|forms2|webevents|index\.php/.test(request.url())) urls.push(request.url())
    })
    return urls
  }

  it.each(['cookie', 'link'])('loads nothing from Marketo, and sends neither visits nor forms (%s)', async (how) => {
    const context = await site.newContext()
    const requests = requestsOf(context)
    await context.addCookies([{ name: '_mkto_trk', value: 'id:123-ABC-456&token:x', url: 'http://localhost' }])
    if (how === 'cookie')
      await context.addCookies([{ name: 'mkto_opt_out', value: 'id:true', url: 'http://localhost' }])
    const page = await site.open(how === 'link' ? '/?marketo_opt_out=true' : '/', { context })
    await call(page, 'page')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await page.click('#stay')
    await call(page, 'track', 'something')
    await aMoment(800)
    expect(site.state()).toMatchObject({ visits: [], activities: [], clicks: [], leads: [] })
    expect(site.events().map(({ context: about }) => (about as { Marketo?: unknown }).Marketo)).toEqual([
      ...[undefined, undefined, undefined]
    ])
    expect((await cookieNames(page)).filter((name) => !name.startsWith('ajs_'))).toEqual(['mkto_opt_out'])
    const next = await site.open('/next', { context })
    await call(next, 'page')
    await call(next, 'identify', 'user-1', { email: 'ada@example.com', phone: '1' })
    await aMoment()
    expect(requests).toEqual([])
  })

  it.each(['https://www.shop.example/?marketo_opt_out=true', 'https://ada.github.io/?x&marketo_opt_out=true'])(
    'by the link %s stays opted out on all pages of the site',
    async (link) => {
      const { host, pathname, search } = new URL(link)
      const context = await site.newContext()
      const requests = requestsOf(context)
      for (const path of [pathname + search, '/next']) {
        const page = await site.open(path, { host, context, settings: { trackAnonymousActivity: path === '/next' } })
        await call(page, 'page')
        await aMoment()
      }
      expect(requests).toEqual([])
    }
  )

  it('sends no more visits or forms after opting out on the page', async () => {
    const page = await site.open('/')
    await call(page, 'page')
    await visits(1)
    await optOut(page)
    await call(page, 'page')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await aMoment()
    expect(site.state()).toMatchObject({ visits: [{}], activities: [] })
  })

  it('is tracked again after opting in', async () => {
    const context = await site.newContext()
    await context.addCookies([{ name: 'mkto_opt_out', value: 'id:true', url: 'http://localhost' }])
    const page = await site.open('/?marketo_opt_out=false', { context })
    await call(page, 'page')
    await call(page, 'page')
    await visits(2)
    expect(await cookieNames(page)).not.toContain('mkto_opt_out')
    await optOut(page)
    await call(page, 'page')
    await aMoment()
    await visits(2)
  })

  it('has no Munchkin cookie on events, even if the browser still has one', async () => {
    const context = await site.newContext()
    for (const [name, value] of [
      ['mkto_opt_out', 'id:true'],
      ['_mkto_trk', 'id:1&token:x']
    ]) {
      await context.addCookies([{ name, value, url: 'http://localhost' }])
    }
    const page = await site.open('/', { context, settings: { munchkinId: 'none' } })
    await call(page, 'track', 'something')
    await eventually(() => expect(site.events()).toHaveLength(1))
    expect((site.events()[0].context as { Marketo?: unknown }).Marketo).toBeUndefined()
  })

  it('sends no form that was still waiting for its script', async () => {
    site.sandbox.addFault({ endpoint: 'formScript', kind: 'delay', ms: 500 })
    const page = await site.open('/')
    const requests = requestsOf(page.context())
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await optOut(page)
    await aMoment(1_000)
    expect(await page.evaluate('"MktoForms2" in window')).toBe(true)
    expect(requests.filter((url) => url.includes('index.php'))).toEqual([])
    expect(site.state()).toMatchObject({ activities: [], leads: [] })
    await page.evaluate(`document.cookie = 'mkto_opt_out=; path=/; max-age=0'`)
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await eventually(() => expect(site.state().activities).toHaveLength(1))
  })

  it('loads nothing after an opt-out link, even if the browser keeps no cookies', async () => {
    const context = await site.newContext()
    const requests = requestsOf(context)
    const script = `Object.defineProperty(document, 'cookie', { get: () => '', set: () => undefined })`
    const page = await site.open('/?marketo_opt_out=true', { context, script })
    await call(page, 'page')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await aMoment()
    expect(requests).toEqual([])
  })

  it('starts Munchkin only after opting in, if it was still loading', async () => {
    site.sandbox.addFault({ endpoint: 'munchkinScript', kind: 'delay', ms: 500 })
    const page = await site.open('/')
    await call(page, 'page')
    await optOut(page)
    await aMoment(1_000)
    expect(await cookieNames(page)).not.toContain('_mkto_trk')
    await page.evaluate(`document.cookie = 'mkto_opt_out=; path=/; max-age=0'`)
    await page.evaluate(() => history.pushState({}, '', '/in'))
    await call(page, 'page')
    await visits(1)
    expect(site.state().visits[0].params._mchRu).toBe('/in')
  })

  it('gets no Munchkin cookie on reset', async () => {
    const page = await site.open('/')
    await call(page, 'page')
    await visits(1)
    await optOut(page)
    await page.evaluate('analytics.reset()')
    await call(page, 'page')
    await page.click('#stay')
    await aMoment()
    expect(await cookieNames(page)).not.toContain('_mkto_trk')
    expect(site.state()).toMatchObject({ visits: [{}], clicks: [] })
  })

  it('has no Munchkin cookie on the events of the page that the opt-out link opens', async () => {
    const context = await site.newContext()
    await context.addCookies([{ name: '_mkto_trk', value: 'id:1&token:x', url: 'http://localhost' }])
    const page = await site.open('/?marketo_opt_out=true', { context, settings: { munchkinId: 'none' } })
    await call(page, 'track', 'something')
    await eventually(() => expect(site.events()).toHaveLength(1))
    expect((site.events()[0].context as { Marketo?: unknown }).Marketo).toBeUndefined()
  })
})
