import type { BrowserContext, Page } from 'playwright-core'
import { describeInBrowser } from './chromium'
import { aMoment, analyticsReady, call, eventually, useWebsite } from './website'

const HOST = 'www.shop.example'
const OWN = '_mch-shop.example-1741098586131-10001'
const cookieOf = (token: string, id = '123-ABC-456') => `id:${id}&token:${token}`
const trackingCookies = async (context: BrowserContext) =>
  (await context.cookies()).filter(({ name }) => name === '_mkto_trk')

describeInBrowser('Munchkin cookies', () => {
  const site = useWebsite()
  const visits = (count: number) => eventually(() => expect(site.state().visits).toHaveLength(count))
  const submissions = (count: number) => eventually(() => expect(site.state().activities).toHaveLength(count))
  const events = (count: number) => eventually(() => expect(site.events()).toHaveLength(count))

  async function useTheSite(page: Page, user = 'user-1', email = 'ada@example.com', times = 1): Promise<void> {
    await call(page, 'page')
    await call(page, 'identify', user, { email })
    await visits(times)
    await submissions(times)
    await call(page, 'track', 'Signed Up')
    await events(3 * times)
  }

  /** The tokens that visits, forms and the last Track event went under. */
  function tokens() {
    const { context } = site.events()[site.events().length - 1]
    const cookie = (context as { Marketo?: { marketoCookie: string } }).Marketo?.marketoCookie
    const all = [...site.sentForms.map(({ _mkt_trk: sent }) => sent), cookie ?? 'none']
    return [...site.state().visits.map(({ token }) => token), ...all.map((text) => text.replace(/.*&token:/, ''))]
  }

  describe('of which there are several', () => {
    it.each([
      ['of another instance, wider', { domain: '.shop.example', value: cookieOf(OWN, '999-ZZZ-999') }],
      ['of another instance, of a path', { domain: HOST, path: '/shop', value: cookieOf('_mch-a-1', '999-ZZZ-999') }],
      ['of this instance and another domain', { domain: HOST, value: cookieOf(`_mch-${HOST}-1741098586131-20002`) }],
      ['of this instance and a path', { domain: HOST, path: '/shop', value: cookieOf('_mch-x-1741098586131-20002') }],
      ['that is no cookie of Munchkin', { domain: HOST, value: 'x%' }]
    ])('one is taken for visits, forms and events (beside one %s)', async (_what, other) => {
      const context = await site.newContext()
      const isWide = other.domain === '.shop.example'
      await context.addCookies([
        { name: '_mkto_trk', path: '/', ...other },
        { name: '_mkto_trk', path: '/', domain: isWide ? HOST : '.shop.example', value: cookieOf(OWN) }
      ])
      await useTheSite(await site.open('/shop/cart', { host: HOST, context }))
      expect(tokens()).toEqual([OWN, OWN, OWN])
      const next = await site.open('/', { host: HOST, context })
      await call(next, 'page')
      await visits(2)
      expect(site.state().visits[1].token).toBe(OWN)
    })

    it('none of another instance is sent or deleted', async () => {
      const context = await site.newContext()
      const value = cookieOf('_mch-other.example-1741098586131-10001', '999-ZZZ-999')
      await context.addCookies([{ name: '_mkto_trk', path: '/', domain: HOST, value }])
      const page = await site.open('/', { host: HOST, context })
      await useTheSite(page)
      expect(new Set(tokens()).size).toBe(1)
      expect(tokens()[0]).toMatch(/^_mch-shop\.example-/)
      await page.evaluate('analytics.reset()')
      expect((await trackingCookies(context)).map((cookie) => cookie.value)).toContain(value)
    })
  })

  describe('belong to a domain', () => {
    it.each([
      ['www.shop.example', 'shop.example'],
      ['shop.example', 'shop.example'],
      ['a.www.shop.example', 'shop.example'],
      // Munchkin's own rule for endings of two letters.
      ['www.shop.de', 'www.shop.de'],
      ['www.shop.co.uk', 'shop.co.uk'],
      // On the Public Suffix List.
      ['shop.vercel.app', 'shop.vercel.app'],
      ['www.shop.vercel.app', 'shop.vercel.app'],
      ['ada.github.io', 'ada.github.io'],
      ['www.shop.com.br', 'shop.com.br']
    ])('that the browser accepts: on %s it is %s, also after a reset', async (host, domain) => {
      const context = await site.newContext()
      await useTheSite(await site.open('/', { host, context }))
      const [first] = tokens()
      expect(first).toMatch(new RegExp(`^_mch-${domain}-\\d`))
      expect((await trackingCookies(context)).map((cookie) => cookie.domain)).toEqual([`.${domain}`])
      const page = await site.open('/next', { host, context })
      await call(page, 'page')
      await visits(2)
      expect(site.state().visits[1].token).toBe(first)
      await page.evaluate('analytics.reset()')
      await call(page, 'page')
      await visits(3)
      const { token } = site.state().visits[2]
      expect(token).not.toBe(first)
      expect(token).toMatch(new RegExp(`^_mch-${domain}-\\d`))
      await page.reload()
      await analyticsReady(page)
      await call(page, 'page')
      await visits(4)
      expect(site.state().visits[3].token).toBe(token)
      expect(site.warnings).toEqual([])
    })

    it('that the setting "Domain Level" makes narrower, or wider', async () => {
      for (const [host, domainLevel, domain] of [
        ['www.shop.example', 3, 'www.shop.example'],
        ['www.shop.de', 2, 'shop.de'],
        ['shop.vercel.app', 2, 'shop.vercel.app']
      ] as const) {
        const context = await site.newContext()
        const page = await site.open('/', { host, context, settings: { domainLevel } })
        await call(page, 'page')
        await eventually(() =>
          expect(
            site
              .state()
              .visits.map(({ token }) => token)
              .join()
          ).toContain(`-${domain}-`)
        )
        expect((await trackingCookies(context)).map((cookie) => cookie.domain)).toEqual([`.${domain}`])
      }
    })
  })

  describe('of the last person', () => {
    it('are deleted on reset, whatever their path', async () => {
      const context = await site.newContext()
      await context.addCookies([{ name: '_mkto_trk', path: '/shop', domain: HOST, value: cookieOf(OWN) }])
      const page = await site.open('/shop/cart?x', { host: HOST, context })
      await useTheSite(page)
      await page.evaluate('analytics.reset()')
      await useTheSite(page, 'user-2', 'bob@example.com', 2)
      expect(tokens().filter((token) => token === OWN)).toHaveLength(2)
      expect(site.state().leads).toHaveLength(2)
      expect((await trackingCookies(context)).map((cookie) => cookie.value).join()).not.toContain(OWN)
      expect(site.warnings).toEqual([])
    })

    it('are deleted again if the server sets them again', async () => {
      const context = await site.newContext()
      const cookie = { name: '_mkto_trk', path: '/', domain: '.shop.example', value: cookieOf(OWN) }
      await context.addCookies([cookie])
      const page = await site.open('/', { host: HOST, context })
      await useTheSite(page)
      await page.evaluate('analytics.reset()')
      await context.addCookies([cookie])
      const next = await site.open('/next', { host: HOST, context })
      await useTheSite(next, 'user-2', 'bob@example.com', 2)
      expect(tokens().filter((token) => token === OWN)).toHaveLength(2)
    })

    it.each([
      ['HttpOnly', true],
      ['partitioned', false]
    ])('stop everything for the next person if they stay (%s), and a warning says so', async (_why, httpOnly) => {
      const context = await site.newContext()
      const cookie = { name: '_mkto_trk', path: '/', domain: '.shop.example', value: cookieOf(OWN), httpOnly }
      if (httpOnly) await context.addCookies([cookie])
      const script = httpOnly ? '' : `document.cookie = '_mkto_trk=${cookieOf(OWN)}; path=/; secure; partitioned'`
      const page = await site.open('/', { host: HOST, context, script })
      await useTheSite(page)
      await page.evaluate('analytics.reset()')
      const requests: string[] = []
      context.on('request', (request) => {
        if (/munchkin|forms2|webevents|index\.php/.test(request.url())) requests.push(request.url())
      })
      await page.click('#stay')
      await call(page, 'page')
      await call(page, 'identify', 'user-2', { email: 'bob@example.com' })
      await call(page, 'track', 'Signed Up')
      const next = await site.open('/next', { host: HOST, context })
      await call(next, 'page')
      await call(next, 'identify', 'user-2', { email: 'bob@example.com', phone: '1' })
      await call(next, 'track', 'Signed Up')
      await next.click('#stay')
      await events(9)
      await aMoment()
      expect(requests).toEqual([])
      expect(site.state().leads).toHaveLength(1)
      expect(tokens()[2]).toBe('none')
      expect(site.warnings.filter((text) => text.includes('Nothing is sent for the new visitor'))).toHaveLength(2)
    })
  })
})
