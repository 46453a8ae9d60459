import type { Page } from 'playwright-core'
import { describeInBrowser } from '../browser/chromium'
import { barriersOn } from './accessible'
import { addMapping, goTo, pickSample, runSummary } from './doing'
import { useTester } from './tester'

const VIEWS = ['Events', 'Mappings', 'Run', 'Marketo', 'Cost', 'Settings'] as const
const SIZES = {
  '1280 pixels': { viewport: { width: 1280, height: 800 } },
  // Browsers zoom like this: half as many pixels in a row, and two device pixels for each.
  '200 % of 1280 pixels': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  '390 pixels': { viewport: { width: 390, height: 844 } }
}

/** Runs in the page. Finds visible text that is cut off: with an ellipsis, or at the edge of what does not scroll. */
const CLIPPED = `(() => {
  const cuts = (one) => /hidden|clip/.test(getComputedStyle(one).overflowX) && !one.closest('.cm-editor, .unseen')
  return [...document.querySelectorAll('main *, header *')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.textContent.trim() && cuts(one))
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 160))
})()`

/** Runs in the page. Finds inputs too narrow to read what is in them. */
const NARROW = `[...document.querySelectorAll('.field input, .field select, .field button.summary')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width < 56)
  .map((one) => one.outerHTML.slice(0, 160))`

const places = (page: Page): Promise<string> =>
  page.evaluate<string>(
    "JSON.stringify([...document.querySelectorAll('.panel, .run-bar, .top')].map((one) => one.getBoundingClientRect()))"
  )

describeInBrowser('The layout of the tester page', () => {
  const tester = useTester()

  it.each(Object.entries(SIZES))(
    'cuts no text, squeezes no input and has no barriers in any view, at %s',
    async (_size, options) => {
      const page = await tester.open(options)
      await pickSample(page, 'List of three')
      await page.getByRole('button', { name: 'Run 3 events' }).click()
      await runSummary(page).getByText('2 done').waitFor()
      await addMapping(page, 'Send Custom Activity')
      for (const view of VIEWS) {
        await goTo(page, view)
        expect([view, await page.evaluate(CLIPPED)]).toEqual([view, []])
        expect([view, await page.evaluate(NARROW)]).toEqual([view, []])
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
        expect([view, await barriersOn(page)]).toEqual([view, []])
      }
    },
    180_000
  )

  it.each(Object.entries(SIZES))('stays where it is when a list or menu opens, at %s', async (_size, options) => {
    const page = await tester.open(options)
    await goTo(page, 'Mappings')
    await page.getByText('Valid: Segment sends this').waitFor()
    const before = await places(page)
    await page.getByRole('button', { name: 'Add mapping' }).click()
    const items = page.getByRole('menuitem')
    await items.first().waitFor()
    expect(await places(page)).toBe(before)
    const widths = await items.evaluateAll((all) => [...new Set(all.map((one) => one.getBoundingClientRect().width))])
    expect(widths).toHaveLength(1)
    const menu = await page.getByRole('menu').boundingBox()
    expect(menu?.y).toBeGreaterThanOrEqual(0)
    expect((menu?.y ?? 0) + (menu?.height ?? 0)).toBeLessThanOrEqual(options.viewport.height)
    await page.getByRole('menuitem', { name: 'Sync Custom Object' }).click()
    await page.getByRole('region', { name: 'Mapping Sync Custom Object' }).waitFor()
  })

  it('lets an import be confirmed at 200 %', async () => {
    const page = await tester.open(SIZES['200 % of 1280 pixels'])
    await page.getByRole('button', { name: 'Import…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import' })
    await dialog.getByRole('textbox', { name: 'What to import' }).fill('{"type":"page"}\n'.repeat(40))
    await dialog.getByText('40 events.').waitFor()
    const box = await dialog.getByRole('button', { name: 'Import', exact: true }).boundingBox()
    expect((box?.y ?? 1000) + (box?.height ?? 0)).toBeLessThanOrEqual(400)
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText('40 events from pasted text').waitFor()
  })
})
