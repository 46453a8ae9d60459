import type { Page } from 'playwright-core'
import { describeInBrowser } from '../browser/chromium'
import { goTo, leadRow, runOnce } from './doing'
import { useTester } from './tester'

/** Resets the sandbox to 10,000 leads. */
async function manyLeads(url: string): Promise<void> {
  const leads = Array.from({ length: 10_000 }, (_, i) => ({ email: `lead-${i}@example.com`, firstName: `Lead ${i}` }))
  const body = JSON.stringify({ leads })
  await fetch(`${url}/sandbox/reset`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

/** The text of the row that has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate<string>("document.activeElement.closest('tr')?.textContent ?? ''")

describeInBrowser('The list of leads on the tester page', () => {
  const tester = useTester()

  it('scrolls and searches 10,000 leads without drawing them all', async () => {
    await manyLeads(tester.url)
    const page = await tester.open()
    await goTo(page, 'Marketo')
    const grid = page.getByRole('grid', { name: 'Leads' })
    await leadRow(page, 'lead-9999@example.com').waitFor()
    expect(await grid.getAttribute('aria-rowcount')).toBe('10001')
    expect(await grid.getByRole('row').count()).toBeLessThan(80)
    await leadRow(page, 'lead-9999@example.com').click()
    await page.mouse.wheel(0, 100_000)
    await grid.locator('[data-index="3850"]').waitFor()
    await page.getByRole('button', { name: 'Reset Marketo' }).focus()
    await page.keyboard.press('Tab')
    expect(await focused(page)).toContain('lead-9999@example.com')
    await page.keyboard.press('End')
    await leadRow(page, 'lead-0@example.com').waitFor()
    expect(await leadRow(page, 'lead-0@example.com').getAttribute('aria-selected')).toBe('true')
    await page.getByRole('searchbox', { name: 'Search leads' }).fill('lead-777@')
    await leadRow(page, 'lead-777@example.com').waitFor()
    expect(await grid.getAttribute('aria-rowcount')).toBe('2')
  })

  it('is one stop for the Tab key; arrow keys move through its rows and its headings, which sort the list', async () => {
    const page = await tester.open()
    await goTo(page, 'Marketo')
    await page.getByRole('searchbox', { name: 'Search leads' }).focus()
    const stops: string[] = []
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('Tab')
      stops.push(await focused(page))
    }
    expect(stops.filter((text) => text.includes('@example'))).toHaveLength(1)
    await leadRow(page, 'office@example.org').first().click()
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toContain('1004')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('grid', { name: 'Leads' }).locator('[data-index="0"]').textContent()).toContain('1001')
  })

  it.each([
    ['640 pixels', { viewport: { width: 640, height: 800 } }],
    // Browsers zoom like this: half as many pixels in a row, and two device pixels for each.
    ['200 % of 1280 pixels', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }]
  ])('shows whole emails and names at %s', async (_size, options) => {
    const page = await tester.open(options)
    await runOnce(page)
    await goTo(page, 'Marketo')
    const row = leadRow(page, 'rihanna@example.com')
    await row.waitFor()
    for (const text of ['rihanna@example.com', 'Robyn Rihanna Fenty']) {
      const cell = row.getByRole('gridcell', { name: text, exact: true })
      expect(await cell.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true)
    }
    for (const view of ['Events', 'Mappings', 'Run', 'Marketo', 'Cost', 'Settings'] as const) {
      await goTo(page, view)
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    }
  })
})
