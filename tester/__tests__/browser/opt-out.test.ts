import type { Page } from 'playwright-core'
import { describeInBrowser } from './chromium'
import { aMoment, call, eventually, useWebsite } from './website'

const cookieNames = async (page: Page) => (await page.context().cookies()).map(({ name }) => name)
const optOut = (page: Page) => page.evaluate(`document.cookie = 'mkto_opt_out=id:true; path=/'`)

describeInBrowser('A visitor who has opted out', () => {
  const site = useWebsite()
  const visits = (count: number) => eventually(() => expect(site.state().visits).toHaveLength(count))

  it.each(['cookie', 'link'])('sends neither visits nor forms (%s)', async (how) => {
    const context = await site.newContext()
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
    expect(await cookieNames(page)).not.toContain('_mkto_trk')
  })

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
    await eventually(() => expect(site.state().visits.length).toBeGreaterThan(0))
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
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await optOut(page)
    await page.waitForFunction(() => document.querySelector('iframe'))
    await aMoment()
    expect(site.state()).toMatchObject({ activities: [], leads: [] })
    await page.evaluate(`document.cookie = 'mkto_opt_out=; path=/; max-age=0'`)
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await eventually(() => expect(site.state().activities).toHaveLength(1))
  })

  it('sends no form after an opt-out link, even if Munchkin, which would store the opt-out, is blocked', async () => {
    const page = await site.open('/?marketo_opt_out=true', { blocked: ['munchkin.js'], mayMiss: true })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await page.waitForFunction(() => document.querySelector('iframe'))
    await aMoment()
    expect(site.state()).toMatchObject({ activities: [], leads: [] })
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
