import { mkdirSync, statSync } from 'fs'
import { join } from 'path'
import { addMapping, choose, fieldInput, goTo, pickSample, runBatch, runOnce, runSummary } from './doing'
import { describeInBrowser } from '../browser/chromium'
import { useTester } from './tester'

const FOLDER = join(__dirname, '../../../docs/images')
const MOST_BYTES = 300_000

/** With UPDATE_SCREENSHOTS=1, these tests take the README's pictures. Without it, they do the same but take none. */
describeInBrowser('The tester page in the pictures of the README', () => {
  const tester = useTester()

  it.each(['light', 'dark'] as const)('fits into its window without scrolling (%s)', async (colorScheme) => {
    const page = await tester.open({ colorScheme, viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
    await pickSample(page, 'Identify')
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
    await pickSample(page, 'Track')
    await addMapping(page, 'Send Custom Activity')
    await choose(page, 'Activity Type ID', 'order', 'Order Completed')
    await fieldInput(page, 'Primary Attribute Value').fill('$.event')
    await page.getByRole('button', { name: '+ Add one' }).click()
    await choose(page, 'Attributes, key 1', 'coup', 'Coupon')
    await fieldInput(page, 'Attributes, value 1').fill('$.properties.firstName')
    await page.getByText('Valid: Segment sends this to the action.').waitFor()
    await runBatch(page, 50, 'the same person')
    await runSummary(page).getByText('50 done').waitFor()
    await goTo(page, 'Mappings')
    await page.getByText('Valid: Segment sends this to the action.').waitFor()
    await page.getByRole('heading', { level: 1 }).click()

    const file = join(FOLDER, `tester-${colorScheme}.png`)
    if (process.env.UPDATE_SCREENSHOTS) {
      mkdirSync(FOLDER, { recursive: true })
      await page.screenshot({ path: file })
    }
    expect(statSync(file).size).toBeLessThan(MOST_BYTES)
    expect(await page.evaluate('document.documentElement.scrollHeight <= innerHeight')).toBe(true)
  })
})
