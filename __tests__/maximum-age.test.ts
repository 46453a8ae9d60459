import type { JSONObject } from '@segment/actions-core'
import { EXAMPLES } from '../examples/actions'
import { sendOne, WAYS } from './support/events'
import { sendBatch, useSandbox } from './support/marketo'
import type { ActionKey, TestEvent } from './support/marketo'

const sandbox = useSandbox({ callsPerWindow: 100_000 })
beforeEach(() => sandbox().reset({ leads: [{ id: 7, email: 'ada@example.com' }] }))

const REQUIRED: Partial<Record<ActionKey, JSONObject>> = {
  requestCampaign: { campaignId: 3001 },
  submitForm: EXAMPLES.submitForm.mapping
}

/** How often the campaign ran and the form was submitted. */
const done = () => {
  const { campaignRuns, formSubmissions } = sandbox().state()
  return campaignRuns.length + formSubmissions.length
}

const HOUR = 3_600_000
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString()

const eventAt = (timestamp: string): TestEvent => ({
  type: 'track',
  userId: 'ada',
  timestamp,
  properties: { email: 'ada@example.com', at: timestamp }
})

const CASES = [
  ...WAYS.map((way) => ({ action: 'requestCampaign' as const, way })),
  { action: 'submitForm' as const, way: 'single' as const }
]

describe.each(CASES)('Maximum Age of $action ($way)', ({ action, way }) => {
  const send = (timestamp: string, more: JSONObject = {}) =>
    sendOne(way, action, eventAt(timestamp), { mapping: { ...REQUIRED[action], ...more } })

  it.each([0, 1, 23.9, -1_000])('takes an event that is %d hours old', async (hours) => {
    expect(await send(hoursAgo(hours))).toMatchObject({ status: 200 })
    expect(done()).toBe(1)
  })

  it.each([24.1, 48, 20_000])('refuses an event that is %d hours old, and calls nothing', async (hours) => {
    const report = await send(hoursAgo(hours))
    expect(report).toMatchObject({ status: 400 })
    expect(report.errormessage).toMatch(/^Event Time is more than 24 hours ago, .* Maximum Age \(Hours\)\.$/)
    expect(done()).toBe(0)
    expect(sandbox().state().usage.total).toBe(0)
  })

  it('is the one of the mapping, also in parts of an hour and as text', async () => {
    expect(await send(hoursAgo(30), { maxAgeHours: 48 })).toMatchObject({ status: 200 })
    expect(await send(hoursAgo(30), { maxAgeHours: '48' })).toMatchObject({ status: 200 })
    expect(await send(hoursAgo(1), { maxAgeHours: 0.5 })).toMatchObject({ status: 400 })
    expect(await send(hoursAgo(1), { maxAgeHours: 0 })).toMatchObject({ status: 400 })
  })

  it.each<[string, JSONObject]>([
    ['null', { maxAgeHours: null }],
    ['empty text', { maxAgeHours: '' }],
    ['without a value in the event', { maxAgeHours: { '@path': '$.properties.nothing' } }]
  ])('is no limit if it is empty: %s', async (_what, more) => {
    expect(await send('2019-01-01T00:00:00.000Z', more)).toMatchObject({ status: 200 })
  })

  it('is no limit for an event without a time', async () => {
    const eventTime = { '@path': '$.properties.nothing' }
    expect(await send('2019-01-01T00:00:00.000Z', { eventTime })).toMatchObject({ status: 200 })
  })

  it('compares the time that is mapped, in its own zone', async () => {
    const eventTime = { '@path': '$.properties.at' }
    const inTokyo = `${new Date(Date.now() - 20 * HOUR + 9 * HOUR).toISOString().slice(0, 19)}+09:00`
    expect(await send(inTokyo, { eventTime })).toMatchObject({ status: 200 })
    expect(await send('2019-01-01', { eventTime })).toMatchObject({ status: 400 })
  })

  it('leaves empty text in Event Time to the framework, which refuses it in a batch and drops it from a single event', async () => {
    expect(await send(hoursAgo(0), { eventTime: '' })).toMatchObject({ status: way === 'batch' ? 400 : 200 })
  })

  it('is no limit in a mapping that was saved without it', async () => {
    const saved = { eventTime: undefined, maxAgeHours: undefined } as unknown as JSONObject
    expect(await send('2019-01-01T00:00:00.000Z', saved)).toMatchObject({ status: 200 })
  })
})

it('an old event of a batch costs only itself', async () => {
  const events = [eventAt(hoursAgo(100)), eventAt(hoursAgo(0)), eventAt(hoursAgo(30))]
  const reports = await sendBatch('requestCampaign', events, { mapping: REQUIRED.requestCampaign })
  expect(reports.map(({ status }) => status)).toEqual([400, 200, 400])
  expect(done()).toBe(1)
})
