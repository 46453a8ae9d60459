import type { Page } from 'playwright-core'
import { describeInBrowser } from '../browser/chromium'
import { addMapping, choose, editEvent, fieldInput, fieldOf, goTo, importText, mappingRow, pickSample } from './doing'
import { useTester } from './tester'

const triggerText = (page: Page) => page.getByRole('textbox', { name: 'Trigger', exact: true })

describeInBrowser('A mapping on the tester page', () => {
  const tester = useTester()

  it('shows the value that each field gets from the event beside its input, and follows the event', async () => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    await fieldOf(page, 'city').getByText('Eugene', { exact: true }).waitFor()
    await fieldOf(page, 'title').getByText('no value').waitFor()
    await editEvent(page, 'Eugene', 'Portland')
    await goTo(page, 'Mappings')
    await fieldOf(page, 'city').getByText('Portland', { exact: true }).waitFor()
  })

  it.each([
    ['1280 pixels', { viewport: { width: 1280, height: 800 } }],
    ['200 % of 1280 pixels', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }],
    ['390 pixels', { viewport: { width: 390, height: 844 } }]
  ])('keeps the width of rows while a path is typed that the event lacks, at %s', async (_size, options) => {
    const page = await tester.open(options)
    await goTo(page, 'Mappings')
    await page.getByRole('group', { name: 'Custom Fields' }).getByRole('button', { name: '+ Add one' }).click()
    const inputs = ['Custom Fields, key 1', 'Custom Fields, value 1'].map((name) => fieldInput(page, name))
    const widths = () => Promise.all(inputs.map(async (one) => (await one.boundingBox())?.width ?? 0))
    const before = await widths()
    await inputs[0].fill('plan')
    await inputs[1].fill('$.properties.plan')
    await fieldOf(page, 'customFields').getByText('This event has no value at $.properties.plan.').waitFor()
    const after = await widths()
    expect(Math.min(...after)).toBeGreaterThan(120)
    expect(after[0]).toBe(before[0])
    expect(Math.abs(after[1] - before[1])).toBeLessThan(60)
    expect(await inputs[1].evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true)
  })

  it('refuses in advance what the action refuses, with its reason at the field', async () => {
    const page = await tester.open()
    await editEvent(page, '1234', 'null')
    await goTo(page, 'Mappings')
    await fieldOf(page, 'userId').getByText('User ID is missing: while the setting').waitFor()
    expect(await page.getByText('Valid: Segment sends this').count()).toBe(0)
  })

  it('builds its trigger of conditions, with the text beside them', async () => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    await page.getByRole('button', { name: '+ Condition' }).click()
    await page.getByRole('textbox', { name: 'Condition 2, its value' }).fill('Signed Up')
    expect(await triggerText(page).inputValue()).toBe('type = "identify" and event = "Signed Up"')
    await page.getByRole('combobox', { name: 'Condition 2 is about' }).selectOption('Trait')
    await page.getByRole('textbox', { name: 'Condition 2, its name' }).fill('address.city')
    await page.getByRole('combobox', { name: 'Condition 2 compares' }).selectOption('contains')
    await page.getByRole('textbox', { name: 'Condition 2, its value' }).fill('gene')
    await page.getByRole('button', { name: '+ Group' }).click()
    await page.getByRole('textbox', { name: 'Condition 3.1, its value' }).fill('A')
    await page.getByRole('textbox', { name: 'Condition 3.2, its value' }).fill('B')
    await page.getByRole('combobox', { name: 'Condition 2 is joined by' }).selectOption('or')
    expect(await triggerText(page).inputValue()).toBe(
      'type = "identify" or contains(traits.address.city, "gene") or (event = "A" or event = "B")'
    )
    await page.getByText('Valid: Segment sends this to the action.').waitFor()
    await triggerText(page).fill('type = "page" and properties.total > 5')
    expect(await page.getByRole('textbox', { name: 'Condition 2, its name' }).inputValue()).toBe('total')
  })

  it.each([
    ['type == "identify"', 'Write one =, not more.'],
    ['event = Order Completed', 'Put quotes around the text: event = "Order Completed".']
  ])('marks the trigger %s', async (typed, words) => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    await triggerText(page).fill(typed)
    await fieldOf(page, 'trigger').getByText(words).waitFor()
    expect(await triggerText(page).getAttribute('aria-invalid')).toBe('true')
    await mappingRow(page, 'Upsert Lead').getByText('Its trigger takes no event.').waitFor()
  })

  it('searches among its fields', async () => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    await page.getByRole('searchbox', { name: 'Search fields' }).fill('postal')
    await fieldInput(page, 'City').waitFor({ state: 'detached' })
    expect(await page.locator('.field:visible').count()).toBe(1)
    await page.getByRole('searchbox', { name: 'Search fields' }).fill('nothing like it')
    await page.getByText('No field has “nothing like it”.').waitFor()
  })

  it('runs the hook that Segment runs when it is saved, and keeps what that gave', async () => {
    const page = await tester.open()
    await addMapping(page, 'Sync List')
    const hook = page.getByRole('region', { name: 'Connect to a static list in Marketo' })
    await hook.getByRole('combobox', { name: 'Static List ID' }).fill('news')
    await page.getByRole('option', { name: 'Newsletter Readers' }).click()
    await hook.getByRole('button', { name: 'Run it now' }).click()
    await hook.getByText('List Name: Newsletter Readers').waitFor()
    await page.reload()
    await hook.getByText('List Name: Newsletter Readers').waitFor()
  })

  it('shows its whole name and how many notes it has', async () => {
    const page = await tester.open()
    const name = 'Order Completed by a customer of the loyalty program in Europe'
    await importText(
      page,
      JSON.stringify({ partnerAction: 'upsertLead', name, subscribe: 'type = "track"', mapping: {} })
    )
    const cell = mappingRow(page, name).getByText(name)
    await cell.waitFor()
    expect(await cell.evaluate((one) => one.closest('td')!.scrollWidth <= one.closest('td')!.clientWidth)).toBe(true)
  })

  it('offers fields with choices of Marketo after the event has changed', async () => {
    const page = await tester.open()
    await pickSample(page, 'Track')
    await addMapping(page, 'Send Custom Activity')
    await choose(page, 'Activity Type ID', 'order', 'Order Completed')
    expect(await fieldInput(page, 'Activity Type ID').inputValue()).toBe('100001')
  })
})
