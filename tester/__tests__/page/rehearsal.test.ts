import type { Locator, Page } from 'playwright-core'
import type { Plan } from '../../../rehearsal/plan/contract'
import { describeInBrowser } from '../browser/chromium'
import {
  downloaded,
  editEvent,
  fieldInput,
  goTo,
  importText,
  outcomeRow,
  pickSample,
  runOnce,
  runSummary
} from './doing'
import { usePlayedMarketo } from './played-marketo'
import { useTester } from './tester'

const ADA = {
  type: 'identify',
  userId: 'user-ada',
  traits: { email: 'ada.lovelace@example.com', firstName: 'Augusta' }
}
const ZOE = { type: 'identify', userId: 'user-zoe', traits: { email: 'zoe@example.com', firstName: 'Zoe' } }
const NOBODY = { type: 'identify', userId: 'null', traits: { firstName: 'Nobody' } }

const planSummary = (page: Page): Locator => page.getByRole('note', { name: 'What a run would do' })
const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Run without a rehearsal?' })
const rehearsalButton = (page: Page, events = ''): Locator =>
  page.getByRole('button', { name: `Rehearse ${events}`.trim(), exact: true })

describeInBrowser('With a real Marketo, the tester page', () => {
  const marketo = usePlayedMarketo()
  const tester = useTester(marketo.environment)

  it('rehearses before it runs: every outcome, the leads with old and new values, and no write', async () => {
    const before = marketo.sandbox().state().leads
    const page = await tester.open()
    await page.getByText('Marketo: real (111-AAA-222)').waitFor()
    await importText(page, JSON.stringify([ADA, ZOE, NOBODY, { type: 'track', event: 'Nobody takes it' }]))
    const buttons = page.getByRole('button', { name: /^(Rehearse|Run) 4 events$/ })
    expect(await buttons.allTextContents()).toEqual(['Rehearse 4 events', 'Run 4 events'])
    await rehearsalButton(page, '4 events').click()

    for (const words of ['Not written', '2 would be done', '1 would be refused', '1 taken by no mapping']) {
      await runSummary(page).getByText(words, { exact: true }).waitFor()
    }
    const counts = await planSummary(page).locator('dl > div').allTextContents()
    expect(counts).toEqual(['Leads created1', 'Leads updated1', 'Leads merged0', 'Refused1'])
    expect(await planSummary(page).textContent()).toMatch(
      /made (\d+) REST calls, all of them reads\. A run would make about \d+: \1 reads and 2 writes\./
    )
    await outcomeRow(page, '200 would be done').first().waitFor()
    await outcomeRow(page, '400 would be refused').waitFor()

    await page.getByRole('button', { name: 'Leads', exact: true }).click()
    const ada = page.getByRole('region', { name: 'Lead 1001', exact: true })
    expect(await ada.getByRole('row', { name: 'firstName' }).getByRole('cell').allTextContents()).toEqual([
      'Ada',
      'Augusta'
    ])
    await page.getByRole('grid', { name: 'Planned leads' }).getByRole('row', { name: 'Lead new-1' }).click()
    const zoe = page.getByRole('region', { name: 'Lead new-1', exact: true })
    expect(await zoe.getByRole('row', { name: 'email' }).getByRole('cell').allTextContents()).toEqual([
      '—',
      'zoe@example.com'
    ])
    expect(marketo.writes()).toEqual({})
    expect(marketo.sandbox().state().leads).toEqual(before)

    await page.setViewportSize({ width: 390, height: 844 })
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
  })

  it('asks before a run that nobody has rehearsed, and not after its rehearsal', async () => {
    const page = await tester.open()
    await importText(page, JSON.stringify(ZOE))
    await page.getByText('Marketo: real (111-AAA-222)').waitFor()
    await runOnce(page)
    await dialog(page).getByText('You haven’t rehearsed this event').waitFor()
    await dialog(page).getByRole('button', { name: 'Cancel' }).click()
    expect(await page.getByRole('grid', { name: 'Runs' }).count()).toBe(0)
    await page.keyboard.press('Control+Enter')
    await dialog(page).getByRole('button', { name: 'Rehearse first' }).click()
    await runSummary(page).getByText('1 would be done').waitFor()
    expect(marketo.writes()).toEqual({})

    await page.reload()
    await runSummary(page).getByText('1 would be done').waitFor()
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
    expect(marketo.writes()).toEqual({ syncLeads: 1 })
    await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 })
    await page.getByText('All outcomes are the same.').waitFor()
  })

  it('asks again once the events, the mappings or the settings are others', async () => {
    const page = await tester.open()
    await importText(page, JSON.stringify([ADA, ZOE]))
    await rehearsalButton(page, '2 events').click()
    await runSummary(page).getByText('2 would be done').waitFor()
    const isAsked = async () => {
      await page.getByRole('button', { name: 'Run 2 events' }).click()
      await dialog(page).getByRole('button', { name: 'Cancel' }).click()
    }
    await editEvent(page, 'Augusta', 'Ada May')
    await isAsked()
    await page.getByRole('button', { name: 'Undo' }).click()
    await goTo(page, 'Mappings')
    await fieldInput(page, 'User ID').fill('user-ada')
    await isAsked()
    await page.getByRole('button', { name: 'Undo' }).click()
    await goTo(page, 'Settings')
    await page.getByLabel('Track Anonymous Activity').selectOption('Yes')
    await isAsked()
    expect(marketo.writes()).toEqual({})
  })

  it('runs without a rehearsal if the user insists, and what was rehearsed from the rehearsal itself', async () => {
    const page = await tester.open()
    await importText(page, JSON.stringify(ADA))
    await runOnce(page)
    await dialog(page).getByRole('button', { name: 'Run anyway' }).click()
    await runSummary(page).getByText('1 done').waitFor()
    expect(marketo.writes()).toEqual({ syncLeads: 1 })

    await page.getByRole('button', { name: 'Run again' }).click()
    await dialog(page).getByRole('button', { name: 'Rehearse first' }).click()
    await runSummary(page).getByText('1 would be done').waitFor()
    await planSummary(page).getByText('Leads updated').waitFor()
    await page.getByRole('button', { name: 'Run for real' }).click()
    await runSummary(page).getByText('1 done').waitFor()
    expect(marketo.writes()).toEqual({ syncLeads: 2 })
  })

  it('shows what else would happen to a lead, and gives the plan as a file', async () => {
    const page = await tester.open()
    await pickSample(page, 'Page')
    await editEvent(page, '019mr8mf4r', 'user-ada')
    await rehearsalButton(page).click()
    await planSummary(page).getByText('Web visit').waitFor()
    await page.getByRole('button', { name: 'Show lead 1001' }).click()
    const lead = page.getByRole('region', { name: 'Lead 1001', exact: true })
    await lead.getByText(/^Web visit .*catalog\/libraries\/server\/node/).waitFor()
    const { bytes } = await downloaded(page, 'Download plan')
    const plan = JSON.parse(bytes.toString()) as Plan
    expect(plan.visits).toHaveLength(1)
    expect(JSON.stringify(plan)).not.toContain('r3al-s3cr3t')
    expect(marketo.writes()).toEqual({})
  })

  it('says why a rehearsal was not possible, and can be asked to stop one', async () => {
    const page = await tester.open()
    await importText(page, JSON.stringify(ADA))
    marketo.sandbox().addFault({ endpoint: 'identity', kind: 'delay', ms: 60_000, times: 1 })
    await rehearsalButton(page).click()
    await page.getByText('Reading from Marketo…').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText('You stopped the rehearsal. Nothing was written.').waitFor()
    marketo.sandbox().clearFaults()
    await goTo(page, 'Settings')
    await page.getByLabel('Client Secret').fill('wrong')
    await rehearsalButton(page).click()
    await page.getByText('Signing in failed: Marketo refuses the Client ID or the Client Secret.').waitFor()
    // The browser itself reports the refusal.
    expect(tester.complaints.splice(0)).toEqual([expect.stringContaining('400 (Bad Request)')])
    expect(marketo.writes()).toEqual({})
  })
})

describeInBrowser('With the sandbox, the tester page', () => {
  const tester = useTester()

  it('runs at once, and offers no rehearsal', async () => {
    const page = await tester.open()
    await page.getByText('Marketo: sandbox (123-ABC-456)').waitFor()
    expect(await page.getByRole('button', { name: 'Rehearse' }).count()).toBe(0)
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
  })
})
