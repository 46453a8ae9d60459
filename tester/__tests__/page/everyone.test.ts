import { describeInBrowser } from '../browser/chromium'
import { violationsOn } from './accessible'
import { goTo } from './doing'
import { useTester } from './tester'

const VIEWS = ['Events', 'Mappings', 'Run', 'Marketo', 'Cost', 'Settings'] as const

describeInBrowser('The tester page', () => {
  const tester = useTester()

  it('gives every control an accessible name that contains its visible label', async () => {
    const page = await tester.open()
    for (const view of VIEWS) {
      await goTo(page, view)
      expect(await violationsOn(page, { runOnly: ['label-content-name-mismatch'] })).toEqual([])
    }
  })
})
