import type { Page } from 'playwright-core'
import { describeInBrowser } from './chromium'
import { aMoment, call, eventually, useWebsite } from './website'

/** What pages do with the forms that they show. `whenReady` hands them ours too. */
const HANDLERS = {
  'moves the visitor to a thank-you page': `form.onSuccess(() => { location.href = '/thanks'; return false })`,
  'lets the page load again': `form.onSuccess(() => true)`,
  'throws after a submission': `form.onSuccess(() => { throw new Error('no #thanks') })`,
  'stops submissions': 'form.submittable(false)',
  'stops submissions by its older name': 'form.submitable(false)',
  'stops submissions while they are checked': 'form.onValidate(() => form.submittable(false))',
  'stops submissions when they begin': 'form.onSubmit(() => form.submittable(false))',
  'throws while a submission is checked': `form.onValidate(() => { throw new Error('no #country') })`,
  'throws when a submission begins': `form.onSubmit((form) => form.getFormElem().find('#country')[0].value)`,
  'adds values': `form.addHiddenFields({ Company: 'of the page', LeadSource: 'Web' }); form.vals({ Phone: '9' })`,
  'chains handlers': `form.onSubmit(() => form.submittable(false)).onSuccess(() => true).onValidate(() => form.submittable(false))`,
  'submits each form at once': 'form.vals({ Email: "x@example.com" }); form.submit()'
}

describeInBrowser("A page's own handlers of Marketo forms", () => {
  const site = useWebsite()
  const withHandler = (handler: string) => ({
    hasForms: true,
    script: `MktoForms2.whenReady((form) => { ${handler} })`
  })
  const submitted = () =>
    site
      .state()
      .activities.map(({ attributes }) => Object.fromEntries(attributes.map(({ apiName, value }) => [apiName, value])))

  async function expectTwoSubmissions(page: Page): Promise<void> {
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com', phone: '2' })
    await eventually(() => expect(submitted()).toHaveLength(2))
    await aMoment()
    const same = { Email: 'ada@example.com', userId: 'user-1', anonymousId: expect.any(String) as unknown }
    expect(submitted()).toEqual([same, { ...same, Phone: '2' }])
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/')
    expect(site.warnings).toEqual([])
  }

  it.each(Object.entries(HANDLERS))('do not act on the hidden form: one that %s', async (_what, handler) => {
    await expectTwoSubmissions(await site.open('/', withHandler(handler)))
  })

  it.each(Object.entries(HANDLERS).slice(0, 2))(
    'do not act on the hidden form if they come later: one that %s',
    async (_what, handler) => {
      const page = await site.open('/')
      await page.waitForSelector('iframe', { state: 'attached' })
      await page.evaluate(`MktoForms2.whenReady((form) => { ${handler} })`)
      await expectTwoSubmissions(page)
    }
  )

  it("still act on the page's own forms", async () => {
    site.sandbox.reset({ leads: [] })
    const page = await site.open('/', {
      settings: { formId: 3 },
      ...withHandler(`form.onSuccess(() => { window.thanked = form.getId(); return false })`)
    })
    await call(page, 'page')
    await page.evaluate(`MktoForms2.loadForm('//127.0.0.1:${site.sandbox.port}', '123-ABC-456', 1, (form) => {
      form.vals({ Email: 'bob@example.com' })
      form.submit()
    })`)
    await page.waitForFunction('window.thanked === 1')
    expect(submitted()).toEqual([{ Email: 'bob@example.com' }])
  })
})
