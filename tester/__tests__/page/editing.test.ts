import {
  addMapping,
  editEvent,
  eventEditor,
  fieldInput,
  fieldOf,
  goTo,
  mappingRow,
  pickSample,
  runOnce,
  runSummary,
  showPayload
} from './doing'
import { describeInBrowser } from '../browser/chromium'
import { useTester } from './tester'

describeInBrowser('The tester page, when the user edits,', () => {
  const tester = useTester()

  it('marks a syntax error where it is, and runs nothing until it is fixed', async () => {
    const page = await tester.open()
    await editEvent(page, '"1234",', '"1234"')
    await page.locator('.cm-lint-marker-error').waitFor()
    await goTo(page, 'Mappings')
    await page.getByText('The event is not valid JSON. Correct it to see its payload.').waitFor()
    expect(await page.getByRole('button', { name: 'Run once' }).isDisabled()).toBe(true)

    await goTo(page, 'Events')
    await eventEditor(page).press('ControlOrMeta+z')
    await page.locator('.cm-lint-marker-error').waitFor({ state: 'detached' })
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
  })

  it('says what to enter when a required field is empty', async () => {
    const page = await tester.open()
    await pickSample(page, 'Page')
    await goTo(page, 'Mappings')
    await mappingRow(page, 'Visit Web Page').click()
    const userAgent = fieldInput(page, 'User Agent')
    await userAgent.fill('')
    await fieldOf(page, 'userAgent').getByText('Choose where in the event the user agent is, or enter one.').waitFor()
    expect(await userAgent.getAttribute('aria-invalid')).toBe('true')
    await runOnce(page)
    await runSummary(page).getByText('1 failed for good').waitFor()

    await goTo(page, 'Mappings')
    await userAgent.fill('$.context.userAgent')
    await fieldOf(page, 'userAgent').getByText('Choose where in the event').waitFor({ state: 'detached' })
    await addMapping(page, 'Send Custom Activity')
    await fieldOf(page, 'primaryAttributeValue')
      .getByText('Choose where in the event the primary attribute value is, or enter one.')
      .waitFor()
  })

  it('accepts literals, paths, templates and other directives', async () => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    const userId = fieldInput(page, 'User ID')
    for (const [typed, mapped] of [
      ['Ann', 'Ann'],
      ['$.traits.lastName', 'Fenty'],
      ['{{traits.lastName}} of {{traits.address.city}}', 'Fenty of Eugene'],
      ['{"@if":{"exists":{"@path":"$.none"},"then":"x","else":"y"}}', 'y']
    ]) {
      await userId.fill(typed)
      await fieldOf(page, 'userId').getByText(mapped, { exact: true }).waitFor()
    }
    await page.getByRole('button', { name: 'User ID: if $.none then x, else y. Edit as JSON' }).click()
    await page.getByRole('textbox', { name: 'User ID as JSON' }).fill('"z"')
    const payload = await showPayload(page)
    await payload.getByText('"userId": "z"').waitFor()
  })

  it('restores everything after a reload, except the client secret', async () => {
    const page = await tester.open()
    await pickSample(page, 'Page')
    await editEvent(page, '019mr8mf4r', 'somebody else')
    await goTo(page, 'Mappings')
    await fieldInput(page, 'User ID').fill('www.example.com')
    await goTo(page, 'Settings')
    await page.getByRole('textbox', { name: /^Client ID/ }).fill('sandbox')
    await page.getByLabel(/^Client Secret/).fill('sandbox')
    await page.getByRole('button', { name: 'Test authentication' }).click()
    await page.getByText('The credentials work: sandbox (123-ABC-456).').waitFor()

    await page.reload()
    await goTo(page, 'Events')
    await eventEditor(page).getByText('"somebody else"').waitFor()
    await goTo(page, 'Mappings')
    expect(await mappingRow(page, 'Visit Web Page').getAttribute('aria-selected')).toBe('true')
    expect(await fieldInput(page, 'User ID').inputValue()).toBe('www.example.com')
    await goTo(page, 'Settings')
    expect(await page.getByRole('textbox', { name: /^Client ID/ }).inputValue()).toBe('sandbox')
    expect(await page.getByLabel(/^Client Secret/).inputValue()).toBe('')
  })

  it('copies a mapping as JSON and takes it back in when pasted', async () => {
    const page = await tester.open({ permissions: ['clipboard-read', 'clipboard-write'] })
    await goTo(page, 'Mappings')
    const userId = fieldInput(page, 'User ID')
    await userId.fill('$.traits.nick name')
    await page.getByRole('button', { name: 'Copy JSON of mapping' }).click()
    await page.getByText('Copied').waitFor()
    await page.getByRole('button', { name: 'Reset', exact: true }).first().click()
    expect(await userId.inputValue()).toBe('$.userId')

    await page.getByRole('button', { name: 'Paste JSON of mapping' }).click()
    await page.getByRole('textbox', { name: 'JSON of mapping' }).click()
    await page.keyboard.press('ControlOrMeta+v')
    await page.getByRole('button', { name: 'Use it' }).click()
    expect(await userId.inputValue()).toBe('$.traits.nick name')
  })

  it('says why a trigger does not match the event, or why it is not valid', async () => {
    const page = await tester.open()
    await pickSample(page, 'Page')
    await goTo(page, 'Mappings')
    await mappingRow(page, 'Upsert Lead').click()
    await page
      .getByText(
        'Segment does not send this event to the mapping. The trigger asks for type = "identify", and type is "page".'
      )
      .waitFor()
    const trigger = page.getByRole('textbox', { name: 'Trigger' })
    await trigger.fill('type = "page"')
    await page.getByText('Valid: Segment sends this to the action.').waitFor()

    await trigger.fill('type = ')
    await fieldOf(page, 'trigger').getByText('This trigger is not finished').waitFor()
    await trigger.fill('whatever it may be')
    await fieldOf(page, 'trigger').getByText('This is not a trigger').waitFor()
    expect(await trigger.getAttribute('aria-invalid')).toBe('true')
  })

  it('keeps the trigger of a pasted mapping', async () => {
    const page = await tester.open()
    const subscription = {
      partnerAction: 'sendCustomActivity',
      subscribe: 'type = "track" and event = "Order Completed"',
      mapping: { activityTypeId: 100001 }
    }
    await goTo(page, 'Mappings')
    await page.getByRole('button', { name: 'Paste JSON of mapping' }).click()
    await page.getByRole('textbox', { name: 'JSON of mapping' }).fill(JSON.stringify(subscription))
    await page.getByRole('button', { name: 'Use it' }).click()
    expect(await page.getByRole('textbox', { name: 'Trigger' }).inputValue()).toBe(subscription.subscribe)
    await page.reload()
    expect(await page.getByRole('textbox', { name: 'Trigger' }).inputValue()).toBe(subscription.subscribe)
  })

  it('says that nothing is sent if the Munchkin ID is not valid', async () => {
    const page = await tester.open()
    await goTo(page, 'Settings')
    await page.getByRole('textbox', { name: /^Munchkin/ }).fill('nonsense')
    await fieldOf(page, 'munchkinId').getByText('so nothing is sent to any Marketo').waitFor()
    await goTo(page, 'Marketo')
    await page.getByRole('region', { name: 'Marketo' }).getByText('so nothing is sent to any Marketo').waitFor()
    expect(await page.getByText('To see the data of a real Marketo').count()).toBe(0)
  })

  it('says what is wrong with credentials', async () => {
    const page = await tester.open()
    await goTo(page, 'Settings')
    await page.getByLabel(/^Client Secret/).fill('wrong')
    await page.getByRole('button', { name: 'Test authentication' }).click()
    await page.getByText(/^Credentials are invalid.*Marketo does not accept Client ID and Client Secret/).waitFor()
  })
})
