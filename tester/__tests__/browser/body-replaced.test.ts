import type { Page } from 'playwright-core'
import { describeInBrowser } from './chromium'
import { aMoment, call, eventually, useWebsite } from './website'

/** How libraries bring in the next page. */
const REPLACEMENTS = {
  'with a new body (Turbo, Astro)': `document.body.replaceWith(document.createElement('body'))`,
  'with new content (pjax)': `document.body.innerHTML = '<p>Next</p>'`,
  'with a new body into which the old content is moved': `
    const [old, next] = [document.body, document.createElement('body')]
    old.replaceWith(next)
    next.append(...old.childNodes)`
}
/** Until then, it is unknown whether Marketo has the submission, and a page that replaces its body sends it again. */
const confirmed = (page: Page) =>
  page.waitForFunction(() => /"submitted":"/.test(JSON.stringify({ ...localStorage }).replace(/\\/g, '')))
const identify = (page: Page, phone: string) =>
  call(page, 'identify', 'user-1', { email: 'ada@example.com', ...(phone && { phone }) })

describeInBrowser('A page that replaces its body', () => {
  const site = useWebsite()
  const phones = () =>
    site.state().activities.map(({ attributes }) => attributes.find(({ apiName }) => apiName === 'Phone')?.value)
  const submitted = (...expected: string[]) => eventually(() => expect(phones()).toEqual(expected))

  it.each(Object.entries(REPLACEMENTS))('%s keeps submitting each Identify', async (_how, replace) => {
    const page = await site.open('/')
    await identify(page, '1')
    await submitted('1')
    await confirmed(page)
    await page.evaluate(replace)
    await identify(page, '2')
    await identify(page, '3')
    await submitted('1', '2', '3')
    await confirmed(page)
    await page.evaluate(replace)
    await identify(page, '3')
    await identify(page, '4')
    await submitted('1', '2', '3', '4')
    expect(site.warnings).toEqual([])
  })

  it('while the form loads, submits what was waiting', async () => {
    site.sandbox.addFault({ endpoint: 'xdFrame', kind: 'delay', ms: 300 })
    const page = await site.open('/')
    await identify(page, '1')
    await page.waitForSelector('iframe', { state: 'attached' })
    await page.evaluate(Object.values(REPLACEMENTS)[0])
    await identify(page, '2')
    await submitted('1', '2')
  })

  it('during a submission, submits it again after a while, without another Identify', async () => {
    site.sandbox.addFault({ endpoint: 'xdFrame', kind: 'delay', ms: 300 })
    const page = await site.open('/', { clock: true })
    await identify(page, '1')
    await page.waitForSelector('iframe', { state: 'attached' })
    await page.evaluate(Object.values(REPLACEMENTS)[0])
    await aMoment()
    expect(phones()).toEqual([])
    await page.clock.fastForward(16_000)
    await submitted('1')
  })

  it("never sends the last person's Identify as the next person's", async () => {
    site.sandbox.addFault({ endpoint: 'xdFrame', kind: 'delay', ms: 300 })
    const page = await site.open('/')
    await identify(page, '1')
    await page.waitForSelector('iframe', { state: 'attached' })
    await page.evaluate(Object.values(REPLACEMENTS)[0])
    await page.evaluate('analytics.reset()')
    await call(page, 'identify', 'user-2', { email: 'bob@example.com', phone: '2' })
    await submitted('2')
  })

  it("leaves the page's own form script where it is", async () => {
    const page = await site.open('/', { hasForms: true })
    await page.evaluate('window.own = MktoForms2')
    await identify(page, '1')
    await submitted('1')
    await confirmed(page)
    await page.evaluate(Object.values(REPLACEMENTS)[0])
    await page.evaluate(`
      window.missed = 0
      new MutationObserver(() => { window.missed += window.own === MktoForms2 ? 0 : 1 }).observe(document, { childList: true, subtree: true })`)
    await identify(page, '2')
    await submitted('1', '2')
    expect(await page.evaluate('[window.own === MktoForms2, window.missed]')).toEqual([true, 0])
  })

  it('warns if the form script cannot be loaded again', async () => {
    const page = await site.open('/', { mayMiss: true })
    await identify(page, '1')
    await submitted('1')
    await confirmed(page)
    await page.evaluate(Object.values(REPLACEMENTS)[0])
    site.sandbox.addFault({ endpoint: 'formScript', kind: 'status', status: 503 })
    await identify(page, '2')
    await eventually(() => expect(site.warnings.join()).toContain('forms2.min.js does not exist'))
  })
})
