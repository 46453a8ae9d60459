import { describeInBrowser } from '../browser/chromium'
import { goTo, leadRow, mappingRow, outcomeRow, pickSample, runSummary, timeline } from './doing'
import { useTester } from './tester'

const ONE_TYPE = 'Segment Event: one type for all events'

describeInBrowser('A sample of the tester page', () => {
  const tester = useTester()

  it('makes activities of one type of all events: their names and their properties as JSON', async () => {
    const page = await tester.open()
    await pickSample(page, ONE_TYPE)
    await page.getByText('Marketo needs it before the events run.').waitFor()
    await page.getByRole('button', { name: 'Create activity type Segment Event' }).click()
    await page.getByText(/Its ID is \d+, which this mapping uses\./).waitFor()
    await page.getByText('Valid: Segment sends this to the action.').waitFor()
    await page.getByRole('button', { name: 'Run 3 events' }).click()

    await runSummary(page).getByText('3 done').waitFor()
    await goTo(page, 'Marketo')
    await leadRow(page, 'ada.lovelace@example.com').click()
    const activities = await timeline(page).getByRole('row', { name: 'Segment Event' }).allTextContents()
    expect(activities).toEqual([
      expect.stringContaining('Plan Changed, properties: {"plan":"pro","seats":12}'),
      expect.stringContaining(
        'Order Completed, properties: {"order_id":"50314b8e","total":27.5,"products":[{"sku":"G-32","quantity":2}]}'
      )
    ])
  })

  it('says what is missing if its activity type is not created', async () => {
    const page = await tester.open()
    await pickSample(page, ONE_TYPE)
    await page.getByRole('button', { name: 'Run 3 events' }).click()
    await runSummary(page).getByText('3 failed for good').waitFor()
    await outcomeRow(page, /activity type/i)
      .first()
      .waitFor()
  })

  it('brings its mapping once, and an undo takes it away with the events', async () => {
    const page = await tester.open()
    await pickSample(page, ONE_TYPE)
    await mappingRow(page, 'Segment Event').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await mappingRow(page, 'Segment Event').waitFor({ state: 'detached' })
    await pickSample(page, ONE_TYPE)
    await pickSample(page, ONE_TYPE)
    expect(await mappingRow(page, 'Segment Event').count()).toBe(1)
  })
})
