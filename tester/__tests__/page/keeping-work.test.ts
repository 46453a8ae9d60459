import { describeInBrowser } from '../browser/chromium'
import { fieldInput, goTo } from './doing'
import { useTester } from './tester'

describeInBrowser('The work on the tester page', () => {
  const tester = useTester()

  it('is not overwritten by another tab without a word', async () => {
    const first = await tester.open()
    await goTo(first, 'Mappings')
    const second = await first.context().newPage()
    await second.goto(tester.url)
    await goTo(second, 'Mappings')
    await fieldInput(second, 'User ID').fill('$.traits.second')
    await first.getByText('Another tab has changed the same work.').waitFor()
    await fieldInput(first, 'User ID').fill('$.traits.first')
    await second.reload()
    expect(await fieldInput(second, 'User ID').inputValue()).toBe('$.traits.second')
    await first.getByRole('button', { name: 'Show the other tab’s work' }).click()
    expect(await fieldInput(first, 'User ID').inputValue()).toBe('$.traits.second')
    expect(await second.getByText('Another tab has changed').count()).toBe(0)
  })

  it('is said not to be kept if the storage is blocked', async () => {
    const page = await tester.open()
    expect(await page.getByText('This browser keeps nothing of this page').count()).toBe(0)
    await page.addInitScript("Storage.prototype.setItem = () => { throw new Error('blocked') }")
    await page.reload()
    await goTo(page, 'Mappings')
    await fieldInput(page, 'User ID').fill('$.traits.id')
    await page.getByText('This browser keeps nothing of this page').waitFor()
  })

  it('keeps the focus in the settings while a Munchkin ID is typed', async () => {
    const page = await tester.open()
    await goTo(page, 'Settings')
    const input = page.getByRole('textbox', { name: /^Munchkin/ })
    await input.pressSequentially('999-xyz', { delay: 60 })
    await page.getByText('This is not a Munchkin Account ID').waitFor()
    await page.keyboard.type('-999')
    expect(await input.inputValue()).toBe('999-xyz-999')
    expect(await input.evaluate((one) => one === one.ownerDocument.activeElement)).toBe(true)
  })

  it('connects an audience, and finds it again', async () => {
    const page = await tester.open()
    await goTo(page, 'Settings')
    const audience = page.getByRole('region', { name: 'Audience' })
    await audience.getByRole('textbox', { name: 'Audience name' }).fill('Big Spenders')
    await audience.getByRole('textbox', { name: 'Folder Name' }).fill('Segment')
    await audience.getByRole('button', { name: 'Connect the audience' }).click()
    await audience.getByText(/It is connected: its external ID is \d+\./).waitFor()
    await audience.getByRole('button', { name: 'Check that it exists' }).click()
    await audience.getByText(/It still exists: its external ID is \d+\./).waitFor()
  })
})
