import { describeInBrowser } from '../browser/chromium'
import { addMapping, goTo, importText, leadRow, outcomeRow, pickSample, runOnce, runSummary } from './doing'
import { useTester } from './tester'

const identify = (i: number, userId = `u${i}`) => ({ type: 'identify', userId, traits: { email: `p${i}@example.com` } })

describeInBrowser('A run on the tester page', () => {
  const tester = useTester()

  it('adds up: every event has an end, and failures are grouped by reason', async () => {
    const page = await tester.open()
    const events = [...Array.from({ length: 30 }, (_, i) => identify(i)), identify(30, 'null'), identify(31, '0')]
    await importText(page, JSON.stringify([...events, { type: 'track', event: 'Nobody takes it' }]))
    await page.getByRole('button', { name: 'Run 33 events' }).click()
    for (const kind of ['30 done', '2 failed for good', '1 taken by no mapping']) {
      await runSummary(page).getByText(kind).waitFor()
    }
    expect(await page.getByRole('grid', { name: 'Outcomes' }).getAttribute('aria-rowcount')).toBe('34')
    const reason = page
      .getByRole('region', { name: 'Reasons' })
      .getByRole('button', { name: /^2 ×.*User ID is missing/ })
    await reason.click()
    expect(await page.getByRole('grid', { name: 'Outcomes' }).getAttribute('aria-rowcount')).toBe('3')
    await reason.click()
    await page.getByRole('combobox', { name: 'Which outcomes' }).selectOption('taken by no mapping')
    await outcomeRow(page, 'No mapping that is on takes it.').waitFor()
  })

  it('retries what Segment would retry, now or in rounds with pauses, and leaves the rest alone', async () => {
    const page = await tester.open()
    await goTo(page, 'Marketo')
    await page.getByRole('switch', { name: /^Rate limit/ }).check()
    await importText(page, JSON.stringify([identify(1), identify(2), identify(3, 'null')]))
    await page.getByRole('button', { name: 'Run 3 events' }).click()
    await runSummary(page).getByText('2 will be retried').waitFor()
    await page.getByRole('button', { name: 'Retry as Segment would' }).click()
    await page.getByText(/Retries 2 events in \d+ s/).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await goTo(page, 'Marketo')
    await page.getByRole('switch', { name: /^Rate limit/ }).uncheck()
    await goTo(page, 'Run')
    await page.getByRole('button', { name: 'Retry 2 now' }).click()
    await runSummary(page).getByText('2 done').waitFor()
    await runSummary(page).getByText('1 failed for good').waitFor()
    await outcomeRow(page, '200 done').first().click()
    await page.getByText('by Upsert Lead, sent 3 times').waitFor()
  })

  it('that a reload interrupts is kept as stopped, and continues', async () => {
    const page = await tester.open()
    await goTo(page, 'Marketo')
    await page.getByRole('switch', { name: 'Slow (3 s a call)' }).check()
    await importText(page, JSON.stringify(Array.from({ length: 5 }, (_, i) => identify(i))))
    await page.getByRole('button', { name: 'Run 5 events' }).click()
    await page.getByRole('progressbar', { name: 'Progress of the run' }).waitFor()
    await page.getByRole('grid', { name: 'Runs' }).getByText('running').waitFor()
    await page.reload()
    await runSummary(page).getByText('5 not sent').waitFor()
    await page.getByText('The page was reloaded or closed during this run.').waitFor()
    await goTo(page, 'Marketo')
    await page.getByRole('switch', { name: 'Slow (3 s a call)' }).uncheck()
    await goTo(page, 'Run')
    await page.getByRole('button', { name: 'Continue' }).click()
    await runSummary(page).getByText('5 done').waitFor({ timeout: 20_000 })
  })

  it('has a name, also after a reload, and sends one of its events again', async () => {
    const page = await tester.open()
    await pickSample(page, 'List of three')
    await page.getByRole('button', { name: 'Run 3 events' }).click()
    await runSummary(page).getByText('2 done').waitFor()
    await page.getByRole('textbox', { name: 'Name of the run' }).fill('Before the change')
    await page.getByRole('grid', { name: 'Runs' }).getByText('Before the change').waitFor()
    await page.reload()
    await page.getByRole('grid', { name: 'Runs' }).getByText('Before the change').waitFor()
    await outcomeRow(page, '200 done').first().click()
    await page.getByRole('button', { name: 'Send again' }).click()
    await runSummary(page).getByText('identify, again').waitFor()
    await runSummary(page).getByText('1 done').waitFor()
  })

  it('runs the current event of a list alone', async () => {
    const page = await tester.open()
    await pickSample(page, 'List of three')
    await page.getByRole('button', { name: 'Run this event' }).click()
    await runSummary(page).getByText('1 done').waitFor()
    await goTo(page, 'Marketo')
    await leadRow(page, 'ann@example.com').waitFor()
    expect(await leadRow(page, 'bob@example.com').count()).toBe(0)
  })

  it('gives reasons room', async () => {
    const page = await tester.open()
    await addMapping(page, 'Send Custom Activity')
    await pickSample(page, 'Track')
    await runOnce(page)
    const why = outcomeRow(page, '400 failed for good').locator('td.why')
    await why.waitFor()
    expect((await why.boundingBox())?.width).toBeGreaterThan(180)
    expect(await why.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true)
  })
})
