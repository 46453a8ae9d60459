import AxeBuilder from '@axe-core/playwright'
import { describeInBrowser } from '../browser/chromium'
import { goTo } from './doing'
import { useTester } from './tester'

const VIEWS = ['Events', 'Mappings', 'Run', 'Marketo', 'Cost', 'Settings'] as const

describeInBrowser('The tester page', () => {
  const tester = useTester()

  it('gives every control an accessible name that contains its visible label', async () => {
    const page = await tester.open()
    for (const view of VIEWS) {
      await goTo(page, view)
      const axe = new AxeBuilder({ page }).withRules('label-content-name-mismatch')
      const { violations } = await axe.analyze()
      expect(violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))).toEqual([])
    }
  })
})
