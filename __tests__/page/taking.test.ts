import { execFileSync } from 'child_process'
import { readFileSync } from 'fs'
import { join } from 'path'
import type { Page } from 'playwright-core'
import { classicSettingsIn } from '../../migration/classic-settings'
import { migrationOf } from '../../migration/migration'
import { describeInBrowser } from '../browser/chromium'
import { importText, mappingRow, outcomeRow, pickSample, runOnce, runSummary, eventEditor } from './doing'
import { useTester } from './tester'

const CLASSIC = readFileSync(join(__dirname, '../../docs/examples/classic-destination.json'), 'utf8')
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] }

/** What the last click copied. */
const copied = (page: Page) => page.evaluate<string>('navigator.clipboard.readText()')

describeInBrowser('what is taken into the tester page, and out of it', () => {
  const tester = useTester()

  it('is the outcomes of a run as CSV, a line for each event and mapping', async () => {
    const page = await tester.open()
    await pickSample(page, 'List of three')
    await page.getByRole('button', { name: 'Run 3 events' }).click()
    await runSummary(page).getByText('1 failed for good').waitFor()
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click()
    ])
    expect(saved.suggestedFilename()).toMatch(/^outcomes-.*\.csv$/)
    const [header, ...lines] = readFileSync(await saved.path(), 'utf8').split('\r\n')
    expect(header).toBe('event,messageId,type,name,who,mapping,status,outcome,lead,message')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^1,.*,identify,.*,ann@example.com,Upsert Lead,200,done,\d+,$/)
    expect(lines[2]).toMatch(/^3,.*,400,failed for good,,/)
  })

  it('is a run as curl, which does the same again in a shell', async () => {
    const page = await tester.open(CLIPBOARD)
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
    await page.getByRole('button', { name: 'Copy run as curl' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const answer = execFileSync('bash', ['-c', await copied(page)], { encoding: 'utf8' })
    const { outcomes } = JSON.parse(answer) as { outcomes: { status: number; body: { status: string } }[] }
    expect(outcomes).toMatchObject([{ status: 200, body: { status: 'updated' } }])
  })

  it('is an exchange with Marketo as curl, without its token', async () => {
    const page = await tester.open(CLIPBOARD)
    await runOnce(page)
    const exchanges = page.getByRole('region', { name: 'Exchanges' })
    await exchanges.getByText('POST /rest/v1/leads.json').click()
    await exchanges.getByRole('button', { name: 'Copy as curl' }).click()
    await exchanges.getByRole('button', { name: 'Copied' }).waitFor()
    const command = await copied(page)
    expect(command).toContain("curl -s -X POST 'https://123-abc-456.mktorest.com/rest/v1/leads.json")
    expect(command).toContain('Bearer $MARKETO_TOKEN')
    expect(command).toContain('"action":"createOrUpdate"')
  })

  it('is a file that is dropped anywhere', async () => {
    const page = await tester.open()
    const data = await page.evaluateHandle(`(() => {
      const transfer = new DataTransfer()
      transfer.items.add(new File(['{"type":"page","name":"Dropped"}'], 'events.ndjson'))
      return transfer
    })()`)
    await page.locator('main').dispatchEvent('drop', { dataTransfer: data })
    const dialog = page.getByRole('dialog', { name: 'Import' })
    await dialog.getByText('1 event').waitFor()
    await dialog.getByRole('button', { name: 'Import', exact: true }).click()
    await eventEditor(page).getByText('"Dropped"').waitFor()
  })

  it('is a whole migration, with its notes beside the mappings that they are about', async () => {
    const page = await tester.open()
    const migrated = migrationOf(classicSettingsIn(CLASSIC))
    await importText(page, JSON.stringify(migrated, null, 2))
    for (const { name, enabled } of migrated.subscriptions) {
      expect(await mappingRow(page, name).first().getByRole('switch').isChecked()).toBe(enabled)
    }
    const [noted] = migrated.notes.filter(({ subscription }) => subscription !== undefined)
    await mappingRow(page, migrated.subscriptions[noted.subscription ?? 0].name)
      .first()
      .click()
    await page.getByRole('list', { name: 'Notes of the migration' }).last().getByText(noted.what).waitFor()
  })

  it('is in batches as Segment forms them: by the values of the fields that batch_keys names', async () => {
    const page = await tester.open()
    const settings = {
      userId: { '@path': '$.userId' },
      email: { '@path': '$.properties.email' },
      listId: { '@path': '$.properties.list' },
      membership: 'add',
      ...{ enable_batching: true, batch_keys: ['listId'] }
    }
    await importText(
      page,
      JSON.stringify({ name: 'Lists', actionSlug: 'syncList', enabled: true, trigger: 'type = "track"', settings })
    )
    const events = [1001, 1002, 1001, 1002].map((list, i) => ({
      ...{ type: 'track', event: 'Joined', messageId: `m${i}`, userId: `u${i}` },
      properties: { list, email: `batch-${i}@example.com` }
    }))
    await importText(page, JSON.stringify(events))
    await page.getByRole('button', { name: 'Run 4 events' }).click()
    await runSummary(page).getByText('4 done').waitFor()
    await outcomeRow(page, 'Joined').first().waitFor()
    const calls = page.getByRole('region', { name: 'Exchanges' })
    // One batch a list: with one for all, the people would be looked up and created together.
    expect(await calls.getByText('POST /rest/v1/leads.json').count()).toBe(2)
    expect(await calls.getByText('/rest/v1/lists/1001/leads.json').count()).toBe(1)
    expect(await calls.getByText('/rest/v1/lists/1002/leads.json').count()).toBe(1)
  })
})
