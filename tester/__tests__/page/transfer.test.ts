import { execFileSync } from 'child_process'
import { readFileSync } from 'fs'
import { join } from 'path'
import Papa from 'papaparse'
import type { Page } from 'playwright-core'
import type { EventOutcome } from '../../shared/outcome'
import { classicSettingsIn } from '../../../migration/classic-settings'
import { migrationOf } from '../../../migration/migration'
import { describeInBrowser } from '../browser/chromium'
import {
  downloaded,
  eventRow,
  fieldInput,
  goTo,
  importText,
  mappingRow,
  pickSample,
  runOnce,
  runSummary
} from './doing'
import { useTester } from './tester'

const CLASSIC = readFileSync(join(__dirname, '../../../docs/examples/classic-destination.json'), 'utf8')

/** Runs a script in a shell. @returns its output */
const inShell = (script: string): string => execFileSync('bash', ['-c', script], { encoding: 'utf8' })

async function copied(page: Page, button: string): Promise<string> {
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  return page.evaluate<string>('navigator.clipboard.readText()')
}

/** Drops a file on the page, as if dragged there from a folder. */
async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(
    `(() => {
      const files = new DataTransfer()
      files.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}))
      return files
    })()`
  )
  for (const type of ['dragover', 'drop']) {
    await page.getByRole('region', { name: 'Events', exact: true }).dispatchEvent(type, { dataTransfer: files })
  }
}

describeInBrowser('The tester page, as an importer and exporter,', () => {
  const tester = useTester()

  it('downloads the outcomes as CSV, with a line for each event', async () => {
    const page = await tester.open()
    await importText(
      page,
      [
        { type: 'identify', messageId: 'm-1', userId: 'u-1', traits: { email: 'ann@example.com' } },
        { type: 'identify', messageId: '=1+1', userId: 'null', traits: {} }
      ]
        .map((event) => JSON.stringify(event))
        .join('\n')
    )
    await page.getByRole('button', { name: 'Run 2 events' }).click()
    await runSummary(page).getByText('1 failed for good').waitFor()
    const { name, bytes } = await downloaded(page, 'Download CSV')
    expect(name).toMatch(/^outcomes-[\dT-]+\.csv$/)
    // Excel takes the bytes for UTF-8 only after a byte order mark.
    expect([...bytes.subarray(0, 4)]).toEqual([0xef, 0xbb, 0xbf, 'e'.charCodeAt(0)])
    const { data, meta } = Papa.parse<Record<string, string>>(bytes.toString().slice(1), { header: true })
    expect(meta.fields?.join()).toBe('event,messageId,type,name,who,mapping,status,outcome,lead,message')
    expect(data).toMatchObject([
      { event: '1', messageId: 'm-1', who: 'ann@example.com', mapping: 'Upsert Lead', status: '200', outcome: 'done' },
      // A spreadsheet must not read the message ID as a formula.
      { event: '2', messageId: "'=1+1", status: '400', outcome: 'failed for good' }
    ])
    expect(data[0].lead).toMatch(/^\d+$/)
    expect(data[1].message).toContain('User ID')
  })

  it('copies a run or an exchange as a curl command that does the same', async () => {
    const page = await tester.open({ permissions: ['clipboard-read', 'clipboard-write'] })
    await pickSample(page, 'List of three')
    await page.getByRole('button', { name: 'Run 3 events' }).click()
    await runSummary(page).getByText('2 done').waitFor()
    const { outcomes } = JSON.parse(inShell(await copied(page, 'Copy run as curl'))) as { outcomes: EventOutcome[] }
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 400])
    expect(outcomes[0].sent).toMatchObject({ email: 'ann@example.com', userId: 'u-1' })

    await pickSample(page, 'Identify')
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
    await page.getByRole('button', { name: 'Exchanges' }).click()
    const exchanges = page.getByRole('region', { name: 'Exchanges' })
    await exchanges.getByText('POST /rest/v1/leads.json').click()
    await exchanges.getByText('"Robyn Rihanna"').waitFor()
    const command = await copied(page, 'Copy as curl')
    // The test can't reach Marketo itself, so the shell prints the arguments for curl, one a line.
    const given = inShell(`MARKETO_TOKEN=secret; curl() { printf '%s\\n' "$@"; }; ${command}`).trim().split('\n')
    expect(given.slice(0, 4)).toEqual(['-s', '-X', 'POST', 'https://123-abc-456.mktorest.com/rest/v1/leads.json'])
    expect(given).toContain('authorization: Bearer secret')
    expect(JSON.parse(given[given.indexOf('--data-binary') + 1])).toMatchObject({
      action: 'createOrUpdate',
      input: [{ firstName: 'Robyn Rihanna' }]
    })
  })

  it('imports the events of a dropped file', async () => {
    const page = await tester.open()
    const lines = Array.from({ length: 30 }, (_, i) =>
      JSON.stringify({ type: 'page', userId: `u${i}`, name: `P ${i}` })
    )
    await dropFile(page, 'pages.ndjson', lines.join('\n'))
    const dialog = page.getByRole('dialog', { name: 'Import' })
    await dialog.getByText('30 events.').waitFor()
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByText(/^30 events from /).waitFor()
    await eventRow(page, 2).getByRole('gridcell', { name: 'P 1', exact: true }).waitFor()
    await goTo(page, 'Mappings')
    await mappingRow(page, 'Visit Web Page').getByRole('gridcell', { name: '30' }).waitFor()
  })

  it('imports the settings, mappings and notes of a whole migration.json', async () => {
    const page = await tester.open()
    const migration = migrationOf(classicSettingsIn(CLASSIC))
    await importText(page, JSON.stringify(migration, null, 2))
    const rows = page.getByRole('grid', { name: 'Mappings' }).locator('tbody tr')
    expect(await rows.count()).toBe(migration.subscriptions.length)
    for (const [position, { name, enabled, subscribe }] of migration.subscriptions.entries()) {
      const row = rows.nth(position)
      expect(await row.textContent()).toContain(name)
      expect(await row.getByRole('switch').isChecked()).toBe(enabled)
      await row.click()
      await page.getByRole('region', { name: `Mapping ${name}` }).waitFor()
      expect(await page.getByRole('textbox', { name: 'Trigger' }).inputValue()).toBe(subscribe)
      const own = migration.notes.filter(({ subscription }) => subscription === position)
      for (const { where, what } of own) await page.getByText(`${where} ${what}`).waitFor()
    }
    await goTo(page, 'Settings')
    expect(await page.getByRole('textbox', { name: /^Client ID/ }).inputValue()).toBe(migration.settings.clientId)
    await page.getByText('clientSecret is never written out').waitFor()
  })

  it('imports subscriptions as the Public API returns them, with their triggers', async () => {
    const page = await tester.open()
    const common = { actionId: 'a1', destinationId: 'd1', modelId: null }
    const subscriptions = [
      {
        ...common,
        ...{ id: 's1', name: 'Orders', actionSlug: 'sendCustomActivity', enabled: false },
        ...{ trigger: 'type = "track" and event = "Order Completed"', settings: { activityTypeId: 100001 } }
      },
      {
        ...common,
        ...{ id: 's2', name: 'Everybody', actionSlug: 'upsertLead', enabled: true },
        ...{ trigger: 'type = "identify" or type = "group"', settings: { userId: { '@path': '$.traits.id' } } }
      }
    ]
    await importText(
      page,
      JSON.stringify({ data: { subscriptions, pagination: { current: 'MA==', totalEntries: 2 } } })
    )
    const trigger = page.getByRole('textbox', { name: 'Trigger' })
    expect(await mappingRow(page, 'Orders').getByRole('switch').isChecked()).toBe(false)
    expect(await trigger.inputValue()).toBe(subscriptions[0].trigger)
    expect(await fieldInput(page, 'Activity Type ID').inputValue()).toBe('100001')
    await mappingRow(page, 'Everybody').click()
    expect(await trigger.inputValue()).toBe(subscriptions[1].trigger)
    expect(await fieldInput(page, 'User ID').inputValue()).toBe('$.traits.id')
    expect(await mappingRow(page, 'Everybody').getByRole('switch').isChecked()).toBe(true)
  })
})
