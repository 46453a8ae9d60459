import type { State } from '../../../sandbox'
import { describeInBrowser } from './chromium'
import { useStartedWebsite } from './started-website'

describeInBrowser('The website that npm start serves', () => {
  const site = useStartedWebsite()
  beforeEach(() => site.empty())

  it("shows a visitor's visits, form and activity under one lead", async () => {
    const until = async (check: (now: State) => void): Promise<void> => {
      for (let tries = 0; tries < 200; tries++) {
        try {
          return check(await site.state())
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 25))
        }
      }
      check(await site.state())
    }

    const page = await site.open()
    await until(({ visits }) => expect(visits).toHaveLength(1))
    await page.getByLabel('Email').fill('new@example.com')
    await page.getByRole('button', { name: 'Sign up' }).click()
    await until(({ activities }) => expect(activities).toHaveLength(1))
    await page.getByRole('button', { name: 'Order' }).click()
    await until(({ activities }) => expect(activities).toHaveLength(2))
    await page.getByRole('link', { name: 'Pricing' }).click()
    await until(({ visits }) => expect(visits).toHaveLength(2))

    const { leads, visits, activities } = await site.state()
    const lead = leads.find(({ fields }) => fields.email === 'new@example.com')
    expect([...visits, ...activities].map(({ leadId }) => leadId)).toEqual(Array(4).fill(lead?.id))

    await page.goto(new URL('/', site.url()).href)
    await page.getByRole('button', { name: 'Marketo', exact: true }).click()
    await page.getByRole('grid', { name: 'Leads' }).getByRole('row').filter({ hasText: 'new@example.com' }).click()
    const shown = page.getByRole('region', { name: `Lead ${lead?.id}` })
    const timeline = shown.getByRole('grid', { name: 'Timeline' })
    for (const text of ['Form filled out', 'Visit']) await timeline.getByText(text).first().waitFor()
  })
})
