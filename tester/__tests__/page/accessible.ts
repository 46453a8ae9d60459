import { readFileSync } from 'fs'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

/** @returns the violations that axe-core finds on a page in its current state: the rule and the element */
export async function violationsOn(page: Page, options: RunOptions = {}): Promise<string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(AXE)
  const run = JSON.stringify({ resultTypes: ['violations'], preload: false, ...options })
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${run})`)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary}`)
  )
}

/** @returns the violations in both color schemes. They differ only in colors, so the other rules are checked once */
export async function barriersOn(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const inLight = await violationsOn(page)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const inDark = await violationsOn(page, { runOnly: ['color-contrast'] })
  return [...inLight, ...inDark.map((found) => `dark ${found}`)]
}
