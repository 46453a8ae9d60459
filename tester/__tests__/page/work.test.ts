import { describeInBrowser } from '../browser/chromium'
import {
  downloaded,
  addMapping,
  editEvent,
  eventEditor,
  fieldInput,
  fieldOf,
  goTo,
  importText,
  leadRow,
  mappingRow,
  pickSample,
  runOnce,
  runSummary
} from './doing'
import { useTester } from './tester'

describeInBrowser('The tester page, as a place to work,', () => {
  const tester = useTester()

  it('duplicates, enables, edits and removes mappings, and undoes and redoes each step', async () => {
    const page = await tester.open()
    const undo = page.getByRole('button', { name: 'Undo', exact: true })
    await goTo(page, 'Mappings')
    await mappingRow(page, 'Upsert Lead').waitFor()
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click()
    const copy = mappingRow(page, 'Upsert Lead (copy)')
    expect(await copy.getByRole('switch').isChecked()).toBe(false)
    await copy.getByRole('switch').check()
    await fieldInput(page, 'User ID').fill('$.traits.lastName')
    await page.getByRole('button', { name: 'Reset', exact: true }).click()
    expect(await fieldInput(page, 'User ID').inputValue()).toBe('$.userId')
    await page.getByRole('button', { name: 'Remove', exact: true }).first().click()
    await copy.waitFor({ state: 'detached' })

    await undo.click()
    await undo.click()
    expect(await fieldInput(page, 'User ID').inputValue()).toBe('$.traits.lastName')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    expect(await copy.getByRole('switch').isChecked()).toBe(false)
    await page.keyboard.press('Control+Shift+z')
    expect(await copy.getByRole('switch').isChecked()).toBe(true)

    await page.getByRole('button', { name: 'Start over' }).click()
    await copy.waitFor({ state: 'detached' })
    await undo.click()
    await copy.waitFor()
  })

  it('undoes and redoes a reset of Marketo', async () => {
    const page = await tester.open()
    await runOnce(page)
    await goTo(page, 'Marketo')
    await leadRow(page, 'rihanna@example.com').waitFor()
    await page.getByRole('button', { name: 'Reset Marketo' }).click()
    await leadRow(page, 'rihanna@example.com').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await leadRow(page, 'rihanna@example.com').waitFor()
    await page.getByRole('button', { name: 'Redo' }).click()
    await leadRow(page, 'rihanna@example.com').waitFor({ state: 'detached' })
  })

  it('runs an event only through the mappings that are on and take it', async () => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click()
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
    await goTo(page, 'Mappings')
    await mappingRow(page, 'Upsert Lead (copy)').getByRole('switch').check()
    await runOnce(page)
    await runSummary(page).getByText('2 done').waitFor()
    await goTo(page, 'Mappings')
    await mappingRow(page, 'Upsert Lead (copy)').getByRole('switch').uncheck()
    await mappingRow(page, 'Upsert Lead').first().getByRole('switch').uncheck()
    await goTo(page, 'Events')
    await page
      .getByRole('region', { name: 'No mapping takes this event' })
      .getByText('Upsert Lead: It is off.')
      .waitFor()
    await runOnce(page)
    await page.getByText('No mapping that is on takes any of these events.').waitFor()
  })

  it('asks whether a bare word should be a path, and says if the event has no value at a path', async () => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    const userId = fieldInput(page, 'User ID')
    await userId.fill('lastName')
    await fieldOf(page, 'userId').getByText('This is text. Did you mean').waitFor()
    // The list of paths is open, and the answer can be seen and clicked.
    await page.getByRole('listbox').getByRole('option', { name: '$.traits.lastName' }).waitFor()
    const meant = fieldOf(page, 'userId').getByRole('button', { name: '$.traits.lastName?' })
    const isOnTop = (button: Element) => {
      const { x, y, width, height } = button.getBoundingClientRect()
      return button.ownerDocument.elementFromPoint(x + width / 2, y + height / 2) === button
    }
    expect(await meant.evaluate(isOnTop)).toBe(true)
    await meant.click()
    expect(await userId.inputValue()).toBe('$.traits.lastName')
    await userId.fill('$.traits.nickName')
    await fieldOf(page, 'userId').getByText('This event has no value at $.traits.nickName.').waitFor()
  })

  it('focuses a new row, and handles a click that also closes an open list', async () => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    await page.getByRole('group', { name: 'Custom Fields' }).getByRole('button', { name: '+ Add one' }).click()
    const key = page.getByRole('combobox', { name: 'Custom Fields, key 1' })
    expect(await key.evaluate((input) => input === input.ownerDocument.activeElement)).toBe(true)
    await page.keyboard.press('ArrowDown')
    await page.locator('.choice').first().waitFor()
    await page.getByRole('button', { name: 'Duplicate', exact: true }).click()
    await mappingRow(page, 'Upsert Lead (copy)').waitFor()
  })

  it('saves the scenario to a file and opens it again', async () => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    await fieldInput(page, 'User ID').fill('$.traits.lastName')
    await editEvent(page, 'Eugene', 'Portland')
    const file = (await downloaded(page, 'Save scenario')).bytes.toString()
    expect(file).not.toContain('clientSecret')
    await page.getByRole('button', { name: 'Start over' }).click()
    await goTo(page, 'Mappings')
    expect(await fieldInput(page, 'User ID').inputValue()).toBe('$.userId')
    await importText(page, file)
    await goTo(page, 'Mappings')
    expect(await fieldInput(page, 'User ID').inputValue()).toBe('$.traits.lastName')
    await goTo(page, 'Events')
    await eventEditor(page).getByText('"Portland"').waitFor()
  })

  it('imports NDJSON and CSV, and names each line that it cannot read', async () => {
    const page = await tester.open()
    await page.getByRole('button', { name: 'Import…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import' })
    const text = dialog.getByRole('textbox', { name: 'What to import' })
    await text.fill('{"type":"page"}\n{"type":\n\n5\n{"type":"track"}')
    await dialog.getByText('2 events. 2 problems:').waitFor()
    await dialog.getByText('Line 2: It is not JSON').waitFor()
    await dialog.getByText('Line 4: It is JSON, but not an object.').waitFor()
    await text.fill(
      'type,userId,traits.email,traits.age\nidentify,007,"a,b@example.com",41\nidentify,8\nidentify,9,c@example.com,'
    )
    await dialog.getByText('Line 3: It has 2 values, but the header has 4.').waitFor()
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await eventEditor(page).getByText('"007"').waitFor()
    await eventEditor(page).getByText('"a,b@example.com"').waitFor()
    await eventEditor(page).getByText('"age": 41').waitFor()
  })

  it('imports a subscription as the Public API returns it', async () => {
    const page = await tester.open()
    const subscription = {
      id: 's1',
      name: 'Orders',
      actionId: 'a1',
      actionSlug: 'sendCustomActivity',
      destinationId: 'd1',
      enabled: false,
      trigger: 'type = "track" and event = "Order Completed"',
      settings: { activityTypeId: 100001 }
    }
    await importText(page, JSON.stringify({ data: { subscription } }))
    expect(await mappingRow(page, 'Orders').getByRole('switch').isChecked()).toBe(false)
    expect(await page.getByRole('textbox', { name: 'Trigger' }).inputValue()).toBe(subscription.trigger)
    expect(await fieldInput(page, 'Activity Type ID').inputValue()).toBe('100001')
  })

  it('estimates the calls of a day, and shows the calls that Marketo has counted', async () => {
    const page = await tester.open()
    await addMapping(page, 'Send Custom Activity')
    await goTo(page, 'Cost')
    const upsert = page.getByRole('group', { name: 'Upsert Lead' })
    await upsert.getByRole('spinbutton', { name: 'Events a day' }).fill('300000')
    await upsert.getByRole('spinbutton', { name: 'Events in a batch' }).fill('300')
    await upsert.getByRole('spinbutton', { name: 'New people, %' }).fill('0')
    await upsert.getByText('2,000 calls a day').waitFor()
    const visits = page.getByRole('group', { name: 'Visit Web Page' })
    await visits.getByRole('spinbutton', { name: 'Events a day' }).fill('600000')
    await visits.getByRole('spinbutton', { name: 'Events in a batch' }).fill('300')
    await visits.getByRole('spinbutton', { name: 'New people, %' }).fill('0')
    await visits.getByText('1,450 calls a day').waitFor()
    await visits.getByRole('spinbutton', { name: 'With a cookie or an Anonymous ID, %' }).fill('100')
    await visits.getByText('2,000 calls a day').waitFor()
    await page.getByRole('button', { name: 'Ask Marketo what was used' }).click()
    await page.getByText(/^Today \d+ calls?; in the last seven days \d+ calls?\.$/).waitFor()
  })

  it('loads a sample into the events without touching the mappings', async () => {
    const page = await tester.open()
    await pickSample(page, 'Page')
    await page.getByRole('region', { name: 'Taken by' }).getByText('Visit Web Page takes it').waitFor()
    await goTo(page, 'Mappings')
    expect(await mappingRow(page, 'Visit Web Page').getAttribute('aria-selected')).toBe('true')
  })
})
