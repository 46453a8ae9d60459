import AxeBuilder from '@axe-core/playwright'
import { describeInBrowser } from '../browser/chromium'
import { useTester } from './tester'

describeInBrowser('The tester page', () => {
  const tester = useTester()

  it('gives every control an accessible name that contains its visible label', async () => {
    const page = await tester.open()
    await page.getByText('Settings', { exact: true }).click()
    const axe = new AxeBuilder({ page }).withRules('label-content-name-mismatch')
    const { violations, passes } = await axe.analyze()
    expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([])
    expect(passes).toHaveLength(1)
  })
})
