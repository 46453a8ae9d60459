import AxeBuilder from '@axe-core/playwright'
import { describeInBrowser } from '../browser/chromium'
import { pickSample, runSummary } from './doing'
import { useTester } from './tester'

/** In the page: marks what Tab comes to, and says what it is. Empty: the focus has left the page. */
const STOP = `(() => {
  const at = document.activeElement
  if (!at || at === document.body) return ''
  at.dataset.stops = String(Number(at.dataset.stops ?? 0) + 1)
  return at.closest('[role="grid"]')?.getAttribute('aria-label') ?? at.outerHTML.slice(0, 80)
})()`

/** In the page: what can be worked, is in sight and was not come to. What is in a table is reached by arrow keys. */
const MISSED = `[...document.querySelectorAll('button, input, select, textarea, summary, a[href], [tabindex="0"]')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0)
  .filter((one) => !one.closest('[role="grid"]') && !one.dataset.stops)
  .map((one) => one.outerHTML.slice(0, 200))`

const AGAIN = `[...document.querySelectorAll('[data-stops]')].filter((one) => one.dataset.stops !== '1').length`

describeInBrowser('the tester page, for everyone', () => {
  const tester = useTester()

  it('is gone through by Tab: everything once, each table as one stop', async () => {
    const page = await tester.open()
    await pickSample(page, 'List of three')
    await page.getByRole('button', { name: 'Run 3 events' }).click()
    await runSummary(page).getByText('2 done').waitFor()
    await page.locator('h1').click()
    const work = () => page.evaluate("localStorage.getItem('actions-tester:work')")
    const before = await work()
    const stops: string[] = []
    for (let i = 0; i < 200; i++) {
      await page.keyboard.press('Tab')
      const stop = await page.evaluate<string>(STOP)
      if (stop === '') break
      stops.push(stop)
    }
    expect(await work()).toEqual(before)
    expect(await page.evaluate(AGAIN)).toBe(0)
    expect(await page.evaluate(MISSED)).toEqual([])
    for (const table of ['Events', 'Mappings', 'Outcomes', 'Leads', 'Timeline']) {
      expect(stops.filter((stop) => stop === table)).toEqual([table])
    }
  })

  it('names everything as it is seen', async () => {
    const page = await tester.open()
    await page.getByText('Settings', { exact: true }).click()
    const axe = new AxeBuilder({ page }).withRules('label-content-name-mismatch')
    const { violations, passes } = await axe.analyze()
    expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([])
    expect(passes).toHaveLength(1)
  })
})
