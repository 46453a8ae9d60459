import { readFileSync } from 'fs'
import { join } from 'path'
import { describeInBrowser } from '../browser/chromium'
import {
  addMapping,
  choose,
  eventRow,
  fieldInput,
  fieldOf,
  goTo,
  importText,
  leadRow,
  mappingRow,
  outcomeRow,
  pickSample,
  runOnce,
  runSummary,
  timeline
} from './doing'
import { useTester } from './tester'

const CLASSIC = readFileSync(join(__dirname, '../../../docs/examples/classic-destination.json'), 'utf8')

/** A mix of 400 Identify, 300 Track and 300 Page events. */
const mixedEvents = () =>
  Array.from({ length: 1000 }, (_, i) => {
    const person = { userId: `user-${i}`, context: { userAgent: 'Test', traits: { email: `p${i}@example.com` } } }
    if (i % 10 < 4) return { ...person, type: 'identify', traits: { email: `p${i}@example.com`, firstName: `P${i}` } }
    if (i % 10 < 7) return { ...person, type: 'track', event: 'Order Completed', properties: { order_id: `o-${i}` } }
    return { ...person, type: 'page', name: 'Home', properties: { url: 'https://example.com/' } }
  })

describeInBrowser('The tester page, in whole stories,', () => {
  const tester = useTester()

  it('imports 1,000 mixed events, shows how many each mapping takes, stops the run and resumes it', async () => {
    const page = await tester.open()
    await addMapping(page, 'Send Custom Activity')
    await choose(page, 'Activity Type ID', 'order', 'Order Completed')
    await fieldInput(page, 'Primary Attribute Value').fill('$.properties.order_id')
    await importText(
      page,
      mixedEvents()
        .map((event) => JSON.stringify(event))
        .join('\n')
    )
    await page.getByText('1,000 events from pasted text').waitFor()
    await goTo(page, 'Mappings')
    await mappingRow(page, 'Upsert Lead').getByRole('gridcell', { name: '400' }).waitFor()
    await mappingRow(page, 'Send Custom Activity').getByRole('gridcell', { name: '300' }).waitFor()
    await mappingRow(page, 'Visit Web Page').getByRole('gridcell', { name: '300' }).waitFor()
    await goTo(page, 'Events')
    await eventRow(page, 5).click()
    const taken = page.getByRole('region', { name: 'Taken by' })
    await taken.getByText('Send Custom Activity takes it').waitFor()
    await taken.getByText('Upsert Lead: The trigger asks for type = "identify", and type is "track".').waitFor()

    await goTo(page, 'Marketo')
    await page.getByRole('switch', { name: 'Slow (3 s a call)' }).check()
    await page.getByRole('button', { name: 'Run 1,000 events' }).click()
    await page.getByRole('progressbar', { name: 'Progress of the run' }).waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await runSummary(page).getByText('stopped').waitFor({ timeout: 40_000 })
    const done = Number(/([\d,]+) done/.exec((await runSummary(page).textContent()) ?? '')?.[1].replace(',', ''))
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(1000)

    await goTo(page, 'Marketo')
    await page.getByRole('switch', { name: 'Slow (3 s a call)' }).uncheck()
    await goTo(page, 'Run')
    await page.getByRole('button', { name: 'Continue' }).click()
    await runSummary(page).getByText('1,000 done').waitFor({ timeout: 60_000 })
    await goTo(page, 'Marketo')
    await page.getByText(/leads, 300 activities, 300 visits/).waitFor()
  }, 150_000)

  it('imports a classic destination, lets the user settle its notes, and shows the timeline of its events', async () => {
    const page = await tester.open()
    await importText(page, CLASSIC)
    await goTo(page, 'Settings')
    await page.getByText('clientSecret is never written out').waitFor()
    await page.getByRole('textbox', { name: /^Client ID/ }).fill('sandbox')
    await page.getByLabel(/^Client Secret/).fill('sandbox')
    await goTo(page, 'Mappings')
    const webinar = mappingRow(page, 'Webinar "Live" Attended')
    expect(await webinar.getByRole('switch').isChecked()).toBe(false)
    await webinar.click()
    const notes = page.getByRole('list', { name: 'Notes of the migration' }).last()
    await notes.getByText('has a name that a trigger cannot hold').waitFor()
    await page.getByRole('textbox', { name: 'Trigger' }).fill('type = "track" and event = "Segment Event"')
    await fieldInput(page, 'Primary Attribute Value').fill('$.properties.firstName')
    for (let left = await notes.getByRole('listitem').count(); left > 0; left--) {
      await notes
        .getByRole('button', { name: /^Done: / })
        .first()
        .click()
    }
    await webinar.getByRole('switch').check()
    await page.getByRole('group', { name: 'Attributes' }).getByRole('button', { name: 'Remove startedAt' }).click()

    for (const sample of ['Identify', 'Track', 'Page']) {
      await pickSample(page, sample)
      await runOnce(page)
      await runSummary(page).getByText('1 done').waitFor()
    }
    await goTo(page, 'Marketo')
    await leadRow(page, 'rihanna@example.com').click()
    const lead = page.getByRole('region', { name: 'Lead 1006' })
    await timeline(page)
      .getByRole('row', { name: /Webinar Attended Alex track Segment Event/ })
      .waitFor()
    await timeline(page)
      .getByRole('row', { name: /Created.*email: rihanna@example.com.*identify \(event 1\)/ })
      .waitFor()
    const rows = await timeline(page).locator('tbody tr').allTextContents()
    expect(rows[0]).toContain('Webinar Attended')
    await lead.getByText('Timeline (2)').waitFor()
  })

  it('maps a Track event with the keyboard alone', async () => {
    const page = await tester.open()
    await pickSample(page, 'Track')
    await goTo(page, 'Mappings')
    await page.getByRole('button', { name: 'Add mapping' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('Send')
    await page.keyboard.press('Enter')
    await page.getByRole('region', { name: 'Mapping Send Custom Activity' }).waitFor()
    await page.getByRole('combobox', { name: 'Activity Type ID' }).focus()
    await page.keyboard.type('webinar')
    await page.getByRole('option', { name: 'Webinar Attended' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await fieldInput(page, 'Activity Type ID').inputValue()).toBe('100002')
    await page.keyboard.press('Tab')
    await page.keyboard.type('alex')
    await page.getByRole('option', { name: '$.properties.firstName' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await fieldInput(page, 'Primary Attribute Value').inputValue()).toBe('$.properties.firstName')
    await fieldOf(page, 'primaryAttributeValue').getByText('Choose').waitFor({ state: 'detached' })
    await page.keyboard.press('Control+Enter')
    await runSummary(page).getByText('1 done').waitFor()
  })

  it('compares two runs, and restores them after a reload', async () => {
    const page = await tester.open()
    await pickSample(page, 'List of three')
    await page.getByRole('button', { name: 'Run 3 events' }).click()
    await runSummary(page).getByText('1 failed for good').waitFor()
    await goTo(page, 'Marketo')
    await page.getByRole('switch', { name: /^Daily quota/ }).check()
    await page.getByRole('button', { name: 'Run 3 events' }).click()
    await runSummary(page).getByText('will be retried').waitFor()
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 })
    const comparison = page.getByRole('region', { name: 'Comparison' })
    await comparison.getByText('2 outcomes of 3 differ.').waitFor()
    await comparison
      .getByRole('row', { name: /429 will be retried.*200 done status/ })
      .first()
      .waitFor()

    await page.reload()
    await outcomeRow(page, '429 will be retried').first().waitFor()
    expect(await page.getByRole('grid', { name: 'Runs' }).getAttribute('aria-rowcount')).toBe('3')
    await page.getByRole('grid', { name: 'Runs' }).locator('[data-index="1"]').click()
    await runSummary(page).getByText('2 done').waitFor()
    await page.getByRole('button', { name: 'Run again' }).click()
    await page.getByRole('grid', { name: 'Runs' }).locator('[data-index="2"]').waitFor()
  })
})
