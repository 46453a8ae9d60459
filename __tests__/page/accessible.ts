import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * @returns what axe-core finds on a page as it stands, in both color schemes: which rule, and where. A scheme changes
 * nothing but colors, so that the other rules are looked at once.
 */
export async function barriersOn(page: Page): Promise<string[]> {
  const found = new Set<string>()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // The page has no frames of other origins, which alone need more than the legacy mode.
    const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
    const { violations } = await (colorScheme === 'light' ? axe : axe.withRules('color-contrast')).analyze()
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary } of nodes)
        found.add(`${colorScheme} ${id}: ${target.join(' ')} ${failureSummary}`)
    }
  }
  return [...found]
}
