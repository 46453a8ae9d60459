import { describeInBrowser } from '../browser/chromium'
import { leadRow, runOnce } from './doing'
import { useTester } from './tester'

/** 10,000 leads in the sandbox. */
async function manyLeads(url: string): Promise<void> {
  const leads = Array.from({ length: 10_000 }, (_, i) => ({ email: `lead-${i}@example.com`, firstName: `Lead ${i}` }))
  const body = JSON.stringify({ leads })
  await fetch(`${url}/sandbox/reset`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

describeInBrowser("the tester page's leads", () => {
  const tester = useTester()

  it('are 10,000 without drawing them all, scroll, and are searched', async () => {
    await manyLeads(tester.url)
    const page = await tester.open()
    const grid = page.getByRole('grid', { name: 'Leads' })
    await leadRow(page, 'lead-9999@example.com').waitFor()
    expect(await grid.getAttribute('aria-rowcount')).toBe('10001')
    expect(await grid.getByRole('row').count()).toBeLessThan(80)
    await leadRow(page, 'lead-9999@example.com').click()
    await page.keyboard.press('End')
    await leadRow(page, 'lead-0@example.com').waitFor()
    expect(await leadRow(page, 'lead-0@example.com').getAttribute('aria-selected')).toBe('true')
    await page.getByRole('searchbox', { name: 'Search leads' }).fill('lead-777@')
    await leadRow(page, 'lead-777@example.com').waitFor()
    expect(await grid.getAttribute('aria-rowcount')).toBe('2')
  })

  it('are one stop of the Tab key; arrow keys go through them and their headings, which sort', async () => {
    const page = await tester.open()
    const focused = () => page.evaluate("document.activeElement.closest('tr')?.textContent ?? ''")
    await page.getByRole('searchbox', { name: 'Search leads' }).focus()
    const stops: unknown[] = []
    for (let i = 0; i < 4; i++) {
      await page.keyboard.press('Tab')
      stops.push(await focused())
    }
    expect(stops.filter((text) => String(text).includes('@example'))).toHaveLength(1)
    await leadRow(page, 'office@example.org').first().click()
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toContain('1004')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('grid', { name: 'Leads' }).locator('[data-index="0"]').textContent()).toContain('1001')
  })

  it.each([
    ['1280 pixels', { width: 1280, height: 800 }],
    ['640 pixels', { width: 640, height: 800 }],
    ['200 % of 1280 pixels', { width: 640, height: 400 }]
  ])('keep their emails and names at %s', async (_size, viewport) => {
    const page = await tester.open({ viewport })
    await runOnce(page)
    const row = leadRow(page, 'rihanna@example.com')
    await row.waitFor()
    for (const text of ['rihanna@example.com', 'Robyn Rihanna Fenty']) {
      const cell = row.getByRole('gridcell', { name: text, exact: true })
      expect(await cell.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true)
    }
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  })
})
