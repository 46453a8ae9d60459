import { describeInBrowser } from '../browser/chromium'
import { goTo, importText, leadRow, mappingRow, runOnce, runSummary, timeline } from './doing'
import { useTester } from './tester'

const email = 'ada.lovelace@example.com'
const person = { userId: 'user-ada', email, enable_batching: true }

/** Subscriptions in the format of the Public API, for actions whose results a lead's timeline shows. */
const subscriptions = [
  ['To the list', 'syncList', { ...person, membership: 'add', listId: 1002 }],
  [
    'Welcome',
    'requestCampaign',
    { ...person, campaignId: 3001, tokens: { 'my.order': { '@path': '$.properties.id' } } }
  ],
  ['Webinar', 'setProgramStatus', { ...person, programId: 2001, status: 'Registered' }],
  ['Car', 'syncCustomObject', { ...person, objectName: 'car_c', fields: { vin: 'V1', make: 'DMC' } }],
  ['Registration', 'submitForm', { email, formId: 1 }]
].map(([name, actionSlug, settings]) => ({
  ...{ name, actionSlug, enabled: true, trigger: 'type = "track"' },
  settings
}))

describeInBrowser("A lead's timeline", () => {
  const tester = useTester()

  it('shows lists, campaigns, programs, custom objects and forms, newest first, each with the event that caused it', async () => {
    const page = await tester.open()
    await importText(page, JSON.stringify({ data: { subscriptions } }))
    await mappingRow(page, 'Registration').waitFor()
    const event = { type: 'track', event: 'Order Completed', userId: 'user-ada', properties: { id: 'o-1' } }
    await importText(page, JSON.stringify(event))
    await runOnce(page)
    await runSummary(page).getByText('5 done').waitFor()

    await goTo(page, 'Marketo')
    await leadRow(page, 'ada.lovelace@example.com').click()
    const made = 'track Order Completed (event 1)'
    const rows = await timeline(page).locator('tbody tr').all()
    const moments = await Promise.all(rows.map((row) => row.getByRole('gridcell').allTextContents()))
    expect(moments.map((cells) => cells.slice(1))).toEqual(
      expect.arrayContaining([
        ['Added to a list', 'Trial Users', made],
        ['Campaign requested', 'Send Welcome Email, {{my.order}}: o-1', made],
        ['Program status', 'Spring Webinar: Registered', made],
        ['Object created', 'car_c: vin: V1, make: DMC, leadID: 1001', made],
        ['Form filled out', 'Background Form: email: ada.lovelace@example.com', made]
      ])
    )
    const times = await timeline(page).locator('tbody tr td:first-child').allTextContents()
    expect(times).toEqual([...times].sort().reverse())
    const lead = page.getByRole('region', { name: 'Lead 1001' })
    await lead.locator('dd', { hasText: 'Trial Users' }).waitFor()
    await lead
      .locator('div', { has: page.getByText('Spring Webinar', { exact: true }) })
      .getByText('Registered')
      .first()
      .waitFor()
  })
})
