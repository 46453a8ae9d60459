import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * @returns the violations that axe-core finds on a page in its current state, in both color schemes: the rule and the
 * element. A color scheme changes only colors, so the other rules are checked once.
 */
export async function barriersOn(page: Page): Promise<string[]> {
  const found = new Set<string>()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // The legacy mode is enough, because the page has no frames from other origins.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules('color-contrast')).analyze()
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary } of nodes)
        found.add(`${colorScheme} ${id}: ${target.join(' ')} ${failureSummary}`)
    }
  }
  return [...found]
}
