import type { Page } from 'playwright-core'
import { describeInBrowser } from '../browser/chromium'
import { addMapping, fieldInput, goTo, leadRow, runOnce, runSummary } from './doing'
import { useTester } from './tester'

/** An element that the Tab key stops at. */
interface Stop {
  what: string
  /** The name of the table that contains it. */
  grid?: string
  wasSeen: boolean
}

/** Runs in the page. Describes the focused element and marks it as seen. Undefined if the focus has left the page. */
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
 * Runs in the page. Finds the visible controls that Tab never stopped at. It leaves out what the arrow keys reach: rows of
 * tables with their controls, and the lists of combo boxes.
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
  // Tab continues from the last click.
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

/** Far more stops than the page has. Without a limit, a focus trap would loop forever. */
const MOST_STOPS = 300

describeInBrowser('The Tab key on the tester page', () => {
  const tester = useTester()

  it('stops at every control once, and at a table once as a whole', async () => {
    const page = await tester.open()
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
    const grids = {
      Events: [],
      Mappings: ['Mappings'],
      Run: ['Runs', 'Outcomes'],
      Marketo: ['Leads', 'Timeline'],
      Cost: [],
      Settings: []
    }
    for (const view of Object.keys(grids) as (keyof typeof grids)[]) {
      await goTo(page, view)
      if (view === 'Marketo') await leadRow(page, 'rihanna@example.com').waitFor()
      const stops = await stopsOf(page)
      expect(stops.filter(({ wasSeen }) => wasSeen)).toEqual([])
      expect(stops.flatMap(({ grid = [] }) => grid)).toEqual(grids[view])
      expect(await page.evaluate(MISSED)).toEqual([])
      await page.evaluate('window.seenStops.clear()')
    }
  })

  it('leaves a field without choosing the first entry of its list', async () => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    // First with a list that is still loading, then with a loaded list.
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
