import { defaultValues } from '@segment/actions-core'
import {
  addMapping,
  choose,
  editEvent,
  fieldInput,
  fieldOf,
  goTo,
  importText,
  leadRow,
  outcomeRow,
  pickSample,
  runBatch,
  runOnce,
  runSummary,
  timeline
} from './doing'
import destination from '../../../src'
import { describeInBrowser } from '../browser/chromium'
import { useTester } from './tester'

describeInBrowser('The tester page, when events are run,', () => {
  const tester = useTester()

  it('shows the lead that an edited Identify event creates', async () => {
    const page = await tester.open()
    await pickSample(page, 'Identify')
    await editEvent(page, 'Eugene', 'Portland')
    await goTo(page, 'Mappings')
    await fieldOf(page, 'city').getByText('Portland').waitFor()
    await runOnce(page)

    await runSummary(page).getByText('1 done').waitFor()
    await goTo(page, 'Marketo')
    await leadRow(page, 'rihanna@example.com').waitFor()
    const lead = page.getByRole('region', { name: 'Lead 1006' })
    await lead.getByText('Portland', { exact: true }).waitFor()
    await lead.getByText('Segment.com', { exact: true }).waitFor()
  })

  it('turns to the run, and comes back to where the user was', async () => {
    const page = await tester.open()
    await goTo(page, 'Mappings')
    await fieldInput(page, 'Lookup Field').scrollIntoViewIfNeeded()
    const at = () => fieldInput(page, 'Lookup Field').evaluate((one) => Math.round(one.getBoundingClientRect().top))
    const before = await at()
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
    await goTo(page, 'Mappings')
    expect(await at()).toBe(before)
  })

  it('shows each exchange with Marketo, without the access token', async () => {
    const page = await tester.open()
    await runOnce(page)
    await page.getByRole('button', { name: 'Exchanges' }).click()
    const exchanges = page.getByRole('region', { name: 'Exchanges' })
    await exchanges.getByText('POST /rest/v1/leads.json').click()
    await exchanges.getByText('authorization: <redacted>').waitFor()
    await exchanges.getByText('"action": "createOrUpdate"').waitFor()
    await exchanges
      .getByText(/^\d+ ms · \d+ B → \d+ B$/)
      .first()
      .waitFor()
    expect(await page.content()).not.toMatch(/Bearer/)
  })

  it('records 50 activities, with a type and two attributes from its lists, in 2 calls', async () => {
    const page = await tester.open()
    await pickSample(page, 'Identify')
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()

    await pickSample(page, 'Track')
    await addMapping(page, 'Send Custom Activity')
    await choose(page, 'Activity Type ID', 'order', 'Order Completed')
    await fieldInput(page, 'Primary Attribute Value').fill('$.event')
    await page.getByRole('button', { name: '+ Add one' }).click()
    await choose(page, 'Attributes, key 1', 'coup', 'Coupon')
    await fieldInput(page, 'Attributes, value 1').fill('$.properties.firstName')
    await page.getByRole('button', { name: '+ Add another' }).click()
    await choose(page, 'Attributes, key 2', 'curr', 'Currency')
    await fieldInput(page, 'Attributes, value 2').fill('EUR')
    await page.getByText('Valid: Segment sends this to the action.').waitFor()
    await runBatch(page, 50, 'the same person')

    await runSummary(page).getByText('50 done').waitFor()
    await runSummary(page).getByText('2 API calls used').waitFor()
    expect(await page.getByRole('grid', { name: 'Outcomes' }).getAttribute('aria-rowcount')).toBe('51')
    await goTo(page, 'Marketo')
    const lead = page.getByRole('region', { name: 'Lead 1006' })
    await lead.getByText('Timeline (51)').waitFor()
    const recorded = await timeline(page).getByRole('row', { name: 'Order Completed' }).first().textContent()
    expect(recorded).toMatch(/Segment Event, coupon: Alex, currency: EUR.*track Segment Event \(event \d+\)/)
  })

  it("shows the visit of a Page event in its lead's timeline", async () => {
    const page = await tester.open()
    await pickSample(page, 'Page')
    await editEvent(page, '019mr8mf4r', 'user-ada')
    await goTo(page, 'Mappings')
    await fieldOf(page, 'userId').getByText('user-ada').waitFor()
    await runOnce(page)

    await runSummary(page).getByText('1 done').waitFor()
    await goTo(page, 'Marketo')
    const lead = page.getByRole('region', { name: 'Lead 1001' })
    const visit = lead.getByRole('row', { name: /Visited a web page.*catalog\/libraries\/server\/node/ })
    expect(await visit.textContent()).toContain('page Node.js Library (event 1)')
  })

  it('shows status 429 and its reason when the instance is over its rate limit', async () => {
    const page = await tester.open()
    await goTo(page, 'Marketo')
    const rateLimit = page.getByRole('switch', { name: /^Rate limit/ })
    await rateLimit.check()
    await runOnce(page)
    await runSummary(page).getByText('1 will be retried').waitFor()
    const outcome = page.getByRole('region', { name: 'Outcome of event 1' })
    await outcome.getByText('429 will be retried').waitFor()
    await outcome.getByText(/606.*The instance allows 100 calls in 20 seconds/).waitFor()

    await goTo(page, 'Marketo')
    await rateLimit.uncheck()
    await runOnce(page)
    await runSummary(page).getByText('1 done').waitFor()
  })

  it('shows the outcome of each event of a list', async () => {
    const page = await tester.open()
    await pickSample(page, 'List of three')
    await page.getByRole('button', { name: 'Run 3 events' }).click()
    await runSummary(page).getByText('2 done').waitFor()
    await runSummary(page).getByText('1 failed for good').waitFor()
    await outcomeRow(page, '400 failed for good').waitFor()
    await page.getByRole('combobox', { name: 'Which outcomes' }).selectOption('failed for good')
    expect(await page.getByRole('grid', { name: 'Outcomes' }).getAttribute('aria-rowcount')).toBe('2')
    await page
      .getByRole('region', { name: 'Outcome of event 3' })
      .getByText(/^User ID/)
      .waitFor()
    await goTo(page, 'Marketo')
    await leadRow(page, 'ann@example.com').waitFor()
  })

  it("batches events as Segment does, by list and up to the mapping's batch size", async () => {
    const page = await tester.open()
    const { fields, defaultSubscription: subscribe } = destination.actions.syncList
    const mapping = { ...defaultValues(fields), batch_size: 2 }
    await importText(page, JSON.stringify({ partnerAction: 'syncList', subscribe, mapping }))
    const batches: string[] = []
    page.on('request', (request) => {
      if (!request.url().endsWith('/run/syncList')) return
      const { events } = request.postDataJSON() as { events: { userId: string }[] }
      batches.push(events.map(({ userId }) => userId).join(' '))
    })
    const entered = (position: number, listId: number) => ({
      ...{ type: 'track', event: 'Audience Entered', userId: `u${position}` },
      properties: { audience_key: 'trial', trial: true, email: `p${position}@example.com` },
      context: {
        personas: { computation_class: 'audience', computation_key: 'trial', external_audience_id: String(listId) }
      }
    })
    await importText(page, JSON.stringify([1001, 1002, 1001, 1002, 1001, 1002].map((id, i) => entered(i + 1, id))))
    await page.getByRole('button', { name: 'Run 6 events' }).click()
    await runSummary(page).getByText('6 done').waitFor()
    expect(batches).toEqual(['u1 u3', 'u2 u4', 'u5', 'u6'])
  })
})
