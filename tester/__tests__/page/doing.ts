import type { Locator, Page } from 'playwright-core'

/** What a user does on the page. Controls are found by the names that the page shows. */

/** Opens one of the page's views. */
export const goTo = (page: Page, view: 'Events' | 'Mappings' | 'Run' | 'Marketo' | 'Cost' | 'Settings') =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click()

export async function pickSample(page: Page, name: string): Promise<void> {
  await goTo(page, 'Events')
  await page.getByRole('combobox', { name: 'Sample', exact: true }).selectOption(name)
}

export const eventEditor = (page: Page): Locator => page.getByRole('textbox', { name: 'Event' })

/** Selects a part of the event's text, within one line, and types over it. */
export async function editEvent(page: Page, old: string, typed: string): Promise<void> {
  await goTo(page, 'Events')
  const line = eventEditor(page).locator('.cm-line', { hasText: old }).first()
  await line.click()
  await page.keyboard.press('Home')
  const before = ((await line.textContent()) ?? '').indexOf(old)
  // The first Home goes to the first character after the indentation.
  const indent = /^\s*/.exec((await line.textContent()) ?? '')?.[0].length ?? 0
  for (let i = indent; i < before; i++) await page.keyboard.press('ArrowRight')
  for (let i = 0; i < old.length; i++) await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.type(typed)
}

/** A row in the list of events. */
export const eventRow = (page: Page, number: number): Locator =>
  page.getByRole('grid', { name: 'Events' }).locator(`[data-index="${number - 1}"]`)

export const runOnce = (page: Page) => page.getByRole('button', { name: 'Run once' }).click()

export async function runBatch(page: Page, count: number, who: 'different people' | 'the same person'): Promise<void> {
  await page.getByRole('spinbutton', { name: 'Events in the batch' }).fill(String(count))
  await page.getByRole('combobox', { name: 'Who the events are about' }).selectOption(who)
  await page.getByRole('button', { name: 'Run a batch of' }).click()
}

/** Searches the list of a field and chooses an entry. */
export async function choose(page: Page, field: string, search: string, choice: string): Promise<void> {
  await page.getByRole('combobox', { name: field, exact: true }).fill(search)
  await page.getByRole('option', { name: choice }).click()
}

/** The input of a field in the selected mapping. */
export const fieldInput = (page: Page, label: string): Locator =>
  page.getByRole('combobox', { name: label, exact: true })

/** Shows the payload of the chosen mapping instead of its fields. */
export async function showPayload(page: Page): Promise<Locator> {
  await goTo(page, 'Mappings')
  await page.getByRole('button', { name: 'Payload' }).click()
  return page.getByRole('textbox', { name: 'Payload' })
}

/** A row in the list of mappings. */
export const mappingRow = (page: Page, name: string): Locator =>
  page.getByRole('grid', { name: 'Mappings' }).getByRole('row').filter({ hasText: name })

/** Adds a mapping for an action, and waits until the page shows it. */
export async function addMapping(page: Page, action: string): Promise<void> {
  await goTo(page, 'Mappings')
  await page.getByRole('button', { name: 'Add mapping' }).click()
  await page.getByRole('menuitem', { name: action }).last().click()
  await page.getByRole('region', { name: `Mapping ${action}`, exact: true }).waitFor()
}

/** Imports a text through the dialog. */
export async function importText(page: Page, text: string): Promise<void> {
  await goTo(page, 'Events')
  await page.getByRole('button', { name: 'Import…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import' })
  await dialog.getByRole('textbox', { name: 'What to import' }).fill(text)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Clicks a button that downloads a file. */
export async function downloaded(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()])
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) }
}

/** A row in the list of leads. */
export const leadRow = (page: Page, text: string): Locator =>
  page.getByRole('grid', { name: 'Leads' }).getByRole('row').filter({ hasText: text })

export const runSummary = (page: Page): Locator =>
  page.getByRole('region', { name: 'Run', exact: true }).getByRole('status')

/** A field of the selected mapping, with its label, messages and description. */
export const fieldOf = (page: Page, name: string): Locator => page.locator(`[data-field="${name}"]`)

/** The timeline of the selected lead. */
export const timeline = (page: Page): Locator => page.getByRole('grid', { name: 'Timeline' })

/** A row in the outcomes of the selected run. */
export const outcomeRow = (page: Page, text: string | RegExp): Locator =>
  page.getByRole('grid', { name: 'Outcomes' }).getByRole('row').filter({ hasText: text })
