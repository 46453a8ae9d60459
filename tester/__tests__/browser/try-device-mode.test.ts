import type { Page } from 'playwright-core'
import { barriersOn } from '../page/accessible'
import { describeInBrowser } from './chromium'
import { aMoment } from './website'
import { useStartedWebsite } from './started-website'

describeInBrowser('The website, as a place to try device mode,', () => {
  const site = useStartedWebsite()
  beforeEach(() => site.empty())

  async function told(page: Page, text: string): Promise<void> {
    let shown = ''
    for (let tries = 0; tries < 100 && !shown.includes(text); tries++) {
      shown = await page.getByRole('status').innerText()
      await aMoment(100)
    }
    expect(shown).toContain(text)
  }
  const received = (page: Page) => page.getByRole('list', { name: '3. See what Marketo got' }).innerText()

  /** Changes a choice, which loads the page again. */
  async function choose(page: Page, label: string): Promise<void> {
    const loaded = page.waitForEvent('load')
    await page.getByLabel(label).click()
    await loaded
    await page
      .getByRole('status')
      .getByText(/^Page: /)
      .waitFor()
  }
  const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

  it.each([
    ['Cloud', ['Marketo got it.', 'Marketo got it.', 'Marketo got it.'], false],
    ['Hybrid', ['Marketo got it.', 'Marketo got it.', 'Marketo got it.'], true],
    ['Device', ['Marketo got it.', 'Marketo got it.', 'nothing was sent, because device mode sends no Track'], true]
  ])('shows what Marketo got in the mode %s', async (mode, expected, isFormUsed) => {
    const page = await site.open('/website')
    if (mode !== 'Hybrid') await choose(page, mode)
    await told(page, `Page: ${expected[0]}`)
    await press(page, 'Sign up')
    await told(page, `Identify: ${expected[1]}`)
    expect(await received(page)).toMatch(
      isFormUsed ? /Form filled out .* by ada@example.com/ : /Lead \d+: .*ada@example.com/
    )
    await press(page, 'Order')
    await told(page, `Track: ${expected[2]}`)
    const { leads } = await site.state()
    expect(leads.map(({ fields }) => fields.email)).toEqual(['ada@example.com'])
  })

  it.each([
    [
      'Track Anonymous Activity',
      'Page',
      'View the page again',
      'Track Anonymous Activity is off, and the visitor has no User ID yet.'
    ],
    ['The visitor has given consent', 'Page', 'View the page again', 'the visitor has not given consent.'],
    ['The visitor has given consent', 'Track', 'Order', 'the visitor has not given consent.'],
    ['The visitor has opted out', 'Identify', 'Sign up', 'the visitor has opted out.'],
    [
      'The form of the settings exists',
      'Identify',
      'Sign up',
      'Identify events are not sent: Marketo has no form 99 (setting "Marketo Form ID").'
    ]
  ])('says why nothing was sent after a change of "%s" (%s)', async (label, what, button, why) => {
    const page = await site.open('/website')
    await told(page, 'Page: Marketo got it.')
    await choose(page, label)
    await press(page, button)
    await told(page, `${what}: nothing was sent, because ${why}`)
  })

  it('says that nothing has changed, and what the cloud destination refused', async () => {
    const page = await site.open('/website')
    await told(page, 'Page: Marketo got it.')
    await press(page, 'Sign up')
    await told(page, 'Identify: Marketo got it.')
    await press(page, 'Sign up')
    await told(page, 'Identify: nothing was sent, because nothing has changed since the last submission')
    await press(page, 'Sign out')
    await choose(page, 'Cloud')
    await choose(page, 'Track Anonymous Activity')
    await press(page, 'Order')
    await page
      .getByRole('status')
      .getByText(/^Track: nothing was sent, because .*User ID/)
      .waitFor()
  })

  it('reports hash routes, and keeps the choices on other pages', async () => {
    const page = await site.open('/website')
    await told(page, 'Page: Marketo got it.')
    await choose(page, 'Device')
    await page.getByRole('link', { name: 'Contact' }).click()
    await told(page, 'Page: Marketo got it.')
    expect(await received(page)).toContain('/website/app#/contact')
    expect(await page.getByLabel('Device').isChecked()).toBe(true)
  })

  it('looks like the tester in both color schemes, and axe finds nothing', async () => {
    const page = await site.open('/website')
    await told(page, 'Page: Marketo got it.')
    await choose(page, 'The form of the settings exists')
    await press(page, 'Sign up')
    await told(page, 'Identify: nothing was sent')
    expect(await barriersOn(page)).toEqual([])
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await ground()).toBe('rgb(15, 18, 24)')
    await page.emulateMedia({ colorScheme: 'light' })
    expect(await ground()).toBe('rgb(243, 244, 247)')
  })
})
