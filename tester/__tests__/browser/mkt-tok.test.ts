import type { Page } from 'playwright-core'
import { describeInBrowser } from './chromium'
import { analyticsReady, call, eventually, useWebsite } from './website'

const TOKEN = 'TOKEN-OF-ADA=='
const LINK = `/offer?mkt_tok=${encodeURIComponent(TOKEN)}&plan=pro`
const reset = (page: Page) => page.evaluate('analytics.reset()')

describeInBrowser('The mark of a link in an email (mkt_tok)', () => {
  const site = useWebsite()
  const visits = (count: number) => eventually(() => expect(site.state().visits).toHaveLength(count))
  const submissions = (count: number) => eventually(() => expect(site.state().activities).toHaveLength(count))
  const paramsOf = (index: number) => site.state().visits[index].params
  const expectNoMark = (params: object) => expect(JSON.stringify(params)).not.toContain('TOKEN-OF-ADA')

  async function ada(page: Page): Promise<void> {
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await call(page, 'page')
    await submissions(1)
    await visits(1)
  }

  async function bob(page: Page): Promise<void> {
    await call(page, 'identify', 'user-2', { email: 'bob@example.com' })
    await call(page, 'page')
    await submissions(2)
    await visits(2)
  }

  it('goes with the visits of the person who opened the link', async () => {
    const page = await site.open(LINK)
    await ada(page)
    expect(paramsOf(0)).toMatchObject({ mkt_tok: TOKEN, _mchQp: LINK.split('?')[1] })
  })

  it('never goes with a form, because the event says who the person is', async () => {
    const page = await site.open(LINK)
    await ada(page)
    await reset(page)
    await bob(page)
    expect(site.sentForms.map(({ Email, mkt_tok: mark }) => [Email, mark])).toEqual([
      ['ada@example.com', ''],
      ['bob@example.com', '']
    ])
  })

  it.each([
    ['a reset', reset],
    ['another User ID', () => undefined]
  ])('does not go with visits or clicks after %s', async (_what, change) => {
    const page = await site.open(LINK)
    await ada(page)
    await change(page)
    await bob(page)
    expectNoMark(paramsOf(1))
    expect(paramsOf(1)).toMatchObject({ _mchRu: '/offer', _mchQp: 'plan=pro' })
    const clicked = page.waitForRequest(/clickLink/)
    await page.click('#stay')
    expectNoMark([(await clicked).url()])
  })

  it('is not taken from the referrer, nor from the address, when the next person opens a page', async () => {
    const page = await site.open(LINK)
    await ada(page)
    await reset(page)
    await page.getByRole('link', { name: 'Pricing' }).click()
    await page.waitForURL('**/pricing')
    await analyticsReady(page)
    await bob(page)
    expectNoMark(paramsOf(1))
    expect(paramsOf(1)._mchRe).toMatch(/\/offer\?plan=pro$/)
    await page.goBack()
    await page.reload()
    await analyticsReady(page)
    await call(page, 'page')
    await visits(3)
    expectNoMark(paramsOf(2))
  })

  it('ends with its person on a later page too', async () => {
    const context = await site.newContext()
    await ada(await site.open(LINK, { context }))
    await reset(await site.open('/account', { context }))
    await bob(await site.open(LINK, { context }))
    expectNoMark(paramsOf(1))
  })

  it('of a link that the next person opens goes with the visits', async () => {
    const context = await site.newContext()
    const page = await site.open(LINK, { context })
    await ada(page)
    await reset(page)
    await bob(await site.open('/?mkt_tok=TOKEN-OF-BOB', { context }))
    expect(paramsOf(1)).toMatchObject({ mkt_tok: 'TOKEN-OF-BOB', _mchQp: 'mkt_tok=TOKEN-OF-BOB' })
  })
})
