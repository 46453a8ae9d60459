import type { Page } from 'playwright-core'
import { describeInBrowser } from '../browser/chromium'
import { addMapping, fieldInput, leadRow, runOnce, runSummary } from './doing'
import { useTester } from './tester'

/** A stop of the Tab key. */
interface Stop {
  what: string
  /** The table that it stands in. */
  grid?: string
  wasSeen: boolean
}

/** In the page: says what has the focus, and notes that it was seen; undefined once the focus has left the page. */
const LOOK = `(() => {
  const seen = (window.seenStops ??= new Set())
  const at = document.activeElement
  if (!at || at === document.body) return undefined
  const grid = at.closest('[role=grid]')?.getAttribute('aria-label') ?? undefined
  const name = at.getAttribute('aria-label') ?? at.textContent.trim().slice(0, 40)
  const wasSeen = seen.has(at)
  seen.add(at)
  return { what: at.tagName.toLowerCase() + ' ' + name, grid, wasSeen }
})()`

/**
 * In the page: what can be worked, is in sight, and was never a stop. Arrow keys do the rest: rows of tables with what is in
 * them, and the lists of choice boxes.
 */
const MISSED = `(() => {
  const workable = 'a[href], button:not([aria-haspopup=listbox]), input, select, textarea, summary, [contenteditable=true], [role=grid]'
  return [...document.querySelectorAll(workable)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
    .filter((one) => one.matches('[role=grid]') || !one.closest('[role=grid]'))
    .filter((one) => ![...window.seenStops].some((stop) => one === stop || (one.matches('[role=grid]') && one.contains(stop))))
    .map((one) => one.outerHTML.slice(0, 120))
})()`

async function stopsOf(page: Page): Promise<Stop[]> {
  // The Tab key goes on from where somebody has clicked last.
  await page.getByRole('heading', { level: 1 }).click()
  const stops: Stop[] = []
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate<Stop | undefined>(LOOK)
    if (!stop || (stop.wasSeen && stop.what === stops[0].what)) break
    stops.push(stop)
  }
  return stops
}

/** Far more than there are: a focus that goes round in a part of the page must not go on forever. */
const MOST_STOPS = 300

describeInBrowser('the keyboard on the tester page', () => {
  const tester = useTester()

  it('comes to everything once with Tab, and to a table as one stop', async () => {
    const page = await tester.open()
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
    await leadRow(page, 'rihanna@example.com').waitFor()
    const stops = await stopsOf(page)
    expect(stops.filter(({ wasSeen }) => wasSeen)).toEqual([])
    expect(stops.flatMap(({ grid = [] }) => grid)).toEqual(['Mappings', 'Outcomes', 'Leads', 'Timeline'])
    expect(await page.evaluate(MISSED)).toEqual([])
  })

  it('passes the fields with Tab without choosing for them what their lists have first', async () => {
    const page = await tester.open()
    // Lists that are still empty, and then lists that are there.
    for (const isLate of [true, false]) {
      await page.unrouteAll({ behavior: 'wait' })
      if (isLate) await page.route('**/choices/**', (route) => setTimeout(() => void route.continue(), 500))
      await fieldInput(page, 'Lookup Field').focus()
      await page.locator('.choice').first().waitFor()
      if (!isLate) await page.getByRole('option', { name: 'Email Address' }).waitFor()
      await page.keyboard.press('Tab')
      expect(await fieldInput(page, 'Lookup Field').inputValue()).toBe('automatic')
    }
    expect(await page.getByRole('button', { name: 'Undo', exact: true }).isDisabled()).toBe(true)

    await addMapping(page, 'Send Custom Activity')
    await fieldInput(page, 'Activity Type ID').focus()
    await page.getByRole('option', { name: 'Order Completed' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await fieldInput(page, 'Activity Type ID').inputValue()).toBe('')
  })
})
