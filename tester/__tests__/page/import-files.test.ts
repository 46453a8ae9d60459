import type { Page } from 'playwright-core'
import { describeInBrowser } from '../browser/chromium'
import { eventEditor, eventRow, goTo, importText, mappingRow } from './doing'
import { useTester } from './tester'

const importDialog = (page: Page) => page.getByRole('dialog', { name: 'Import' })

/** Chooses a file in the dialog. */
async function chooseFile(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByRole('button', { name: 'Import…' }).click()
  await importDialog(page).locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer })
}

const importNow = (page: Page) => importDialog(page).getByRole('button', { name: 'Import', exact: true }).click()

describeInBrowser('The tester page, given files,', () => {
  const tester = useTester()

  it("reads Excel's CSV: Windows-1252, semicolons, decimal commas, TRUE and columns like user_id", async () => {
    const page = await tester.open()
    const csv = 'type;user_id;traits.firstName;traits.mrr;traits.active\nidentify;007;José Müller;1.027,50;TRUE\n'
    await chooseFile(page, 'people.csv', Buffer.from(csv, 'latin1'))
    await importDialog(page).getByText('It was read as Windows-1252').waitFor()
    await importDialog(page).getByText('The column “user_id” was read as userId.').waitFor()
    await importDialog(page).getByText('Commas were read as decimal commas in “traits.mrr”.').waitFor()
    await importNow(page)
    for (const text of ['"userId": "007"', '"firstName": "José Müller"', '"mrr": 1027.5', '"active": true']) {
      await eventEditor(page).getByText(text).waitFor()
    }
  })

  it.each([
    [
      'a batch of the HTTP API',
      { batch: [{ type: 'track', event: 'A' }], context: { locale: 'de' } },
      '"locale": "de"'
    ],
    ['an answer with events', { data: { events: [{ type: 'track', event: 'B' }] } }, '"event": "B"']
  ])('finds the events in %s', async (_what, json, shown) => {
    const page = await tester.open()
    await importText(page, JSON.stringify(json))
    await eventEditor(page).getByText(shown).waitFor()
  })

  it('says one thing about one trailing comma, with its line', async () => {
    const page = await tester.open()
    const events = Array.from({ length: 500 }, (_, i) => JSON.stringify({ type: 'page', userId: `u${i}` }))
    await chooseFile(page, 'events.json', Buffer.from(`[\n${events.join(',\n')},\n]`))
    const problems = importDialog(page).getByRole('list', { name: 'What cannot be read' }).getByRole('listitem')
    await problems.getByText('Line 501: The comma at its end has nothing after it. Remove it.').waitFor()
    expect(await problems.count()).toBe(1)
  })

  it('imports all of a long text that was edited in the dialog', async () => {
    const page = await tester.open()
    const line = (i: number) => JSON.stringify({ type: 'page', userId: `u${i}`, name: 'x'.repeat(600) })
    const text = Array.from({ length: 1000 }, (_, i) => line(i)).join('\n')
    await chooseFile(page, 'long.ndjson', Buffer.from(text))
    await importDialog(page).getByText('1,000 events.').waitFor()
    const area = importDialog(page).getByRole('textbox', { name: 'What to import' })
    await area.press('ControlOrMeta+End')
    await area.pressSequentially('\n{"type":"track","event":"Last"}')
    await importDialog(page).getByText('1,001 events.').waitFor()
    expect((await area.inputValue()).length).toBeGreaterThan(600_000)
    await importNow(page)
    await page.getByText('1,001 events from pasted text').waitFor()
  })

  it('takes a text of thousands of lines at once, however it is entered', async () => {
    const page = await tester.open()
    await page.getByRole('button', { name: 'Import…' }).click()
    const area = importDialog(page).getByRole('textbox', { name: 'What to import' })
    await area.evaluate((one) => {
      const count = () => one.setAttribute('data-changes', String(Number(one.getAttribute('data-changes')) + 1))
      one.addEventListener('input', count)
    })
    await area.pressSequentially('[')
    expect(await area.getAttribute('data-changes')).toBe('1')
    await area.fill(`[${Array.from({ length: 5000 }, (_, i) => `{"type":"page",\n"userId":"u${i}"}`).join(',')}]`)
    await importDialog(page).getByText('5,000 events.').waitFor()
    // Entered line by line, each line is a change, and the page is laid out for each.
    expect(Number(await area.getAttribute('data-changes'))).toBeLessThan(10)
  })

  it('judges the mapping by the first event that it takes, and steps through those', async () => {
    const page = await tester.open()
    const events = Array.from({ length: 30 }, (_, i) => ({ type: i % 3 === 2 ? 'identify' : 'page', userId: `u${i}` }))
    await importText(page, events.map((event) => JSON.stringify(event)).join('\n'))
    await goTo(page, 'Mappings')
    await mappingRow(page, 'Upsert Lead').click()
    await page.getByText('Event 3: 1 of 10 that this mapping takes.').waitFor()
    await page.getByText('Valid: Segment sends this to the action.').waitFor()
    await page.getByRole('button', { name: 'Next event that it takes' }).click()
    await page.getByText('Event 6: 2 of 10 that this mapping takes.').waitFor()
    await mappingRow(page, 'Visit Web Page').click()
    await page.getByText('Event 1: 1 of 20 that this mapping takes.').waitFor()
    await goTo(page, 'Events')
    await eventRow(page, 3).click()
    await goTo(page, 'Mappings')
    await page.getByText('Event 3 is not among the 20 that this mapping takes.').waitFor()
  })
})
