import { describeInBrowser } from './chromium'
import { aMoment, call, eventually, useWebsite } from './website'

const ARTIFACTS = [
  ...['null', 'undefined', 'NaN', 'none', 'nil', 'n/a', 'unknown', 'anonymous', 'guest', 'true', 'false', '0', '-1'],
  ...['[object Object]', '00000000-0000-0000-0000-000000000000', ' Undefined ', '   ']
]

describeInBrowser('Placeholder User IDs such as "null"', () => {
  const site = useWebsite()
  const submissions = () =>
    site
      .state()
      .activities.map(({ attributes }) => Object.fromEntries(attributes.map(({ apiName, value }) => [apiName, value])))
  const submitted = (count: number) => eventually(() => expect(submissions()).toHaveLength(count))

  it('do not identify a visitor: with anonymous tracking off, the page loads, sends and sets nothing', async () => {
    const settings = { trackAnonymousActivity: false }
    const context = await site.newContext()
    const page = await site.open('/', { settings, context })
    for (const userId of ARTIFACTS) {
      await call(page, 'identify', userId, { email: 'ada@example.com' })
      await call(page, 'page')
    }
    // The next page finds the last User ID in its storage.
    await call(page, 'identify', 'undefined')
    await page.reload()
    await page.waitForFunction(() => 'ready' in (window as never as { analytics: object }).analytics)
    await call(page, 'page')
    await aMoment()
    expect(await page.evaluate(() => ['Munchkin', 'MktoForms2'].filter((name) => name in window))).toEqual([])
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('_mkto_trk')
    expect(site.state()).toMatchObject({ visits: [], activities: [], leads: [] })
  })

  it('are left out of the form', async () => {
    const page = await site.open('/')
    for (const userId of ARTIFACTS) await call(page, 'identify', userId, { email: 'ada@example.com' })
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    // analytics.js takes each of them for a new visitor.
    await submitted(ARTIFACTS.length + 1)
    expect(submissions().map(({ userId }) => userId)).toEqual([...ARTIFACTS.map(() => undefined), 'user-1'])
  })

  it('do not start a new visitor, and are not sent as an Anonymous ID', async () => {
    const page = await site.open('/')
    await page.evaluate(`analytics.setAnonymousId('null')`)
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await call(page, 'page')
    await call(page, 'identify', 'null')
    await call(page, 'page')
    await submitted(1)
    await eventually(() => expect(site.state().visits).toHaveLength(2))
    expect(new Set(site.state().visits.map(({ token }) => token)).size).toBe(1)
    expect(submissions()[0]).not.toHaveProperty('anonymousId')
  })
})
