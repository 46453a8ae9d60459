import { startSandbox } from '../sandbox'
import type { Sandbox } from '../sandbox'
import { routeMarketoTo } from '../sandbox/route-marketo'
import { sendBatch } from './support/marketo'
import type { TestEvent } from './support/marketo'
import { statusesOf, times } from './support/events'

const VISITORS = 1_000
const BATCH = 250

let sandbox: Sandbox
let restore: () => void
let clock = Date.parse('2026-03-04T05:06:07Z')

beforeAll(async () => {
  // Marketo's own limit: 100 calls in 20 seconds.
  jest.spyOn(Date, 'now').mockImplementation(() => clock)
  sandbox = await startSandbox({ now: () => clock })
  restore = routeMarketoTo(sandbox.port)
  const leads = times(VISITORS, (i) => ({ id: 1 + i, userId: `u${i}` }))
  sandbox.reset({ leads, keepDefaults: false })
})
afterAll(async () => {
  jest.restoreAllMocks()
  restore()
  await sandbox.close()
})

const visit = (person: number, round: number): TestEvent => ({
  type: 'page',
  userId: `u${person}`,
  anonymousId: undefined,
  properties: { url: `https://x.org/${person}/${round}` },
  context: { userAgent: 'Mozilla/5.0' }
})

it('associates 1,000 new visitors within a few visits each, under the real limits, and records each visit once', async () => {
  const answers: unknown[] = []
  let rounds = 0
  for (; rounds < 10; rounds++) {
    // A visitor reads a page for two minutes.
    clock += 120_000
    for (let first = 0; first < VISITORS; first += BATCH) {
      // Two batches come within 20 seconds: with 50 associations each, they reach Marketo's limit.
      clock += 10_000
      const reports = await sendBatch(
        'visitWebPage',
        times(BATCH, (i) => visit(first + i, rounds))
      )
      expect(new Set(statusesOf(reports))).toEqual(new Set([202]))
      answers.push(...reports.map(({ body }) => body?.webActivity))
    }
  }
  const { leads, visits } = sandbox.state()
  expect(leads.filter(({ cookies }) => cookies.length === 1)).toHaveLength(VISITORS)
  expect(answers).toContain('not yet associated: with a later visit')
  expect(answers.slice(-VISITORS)).toEqual(times(VISITORS, () => 'already associated'))
  expect(visits).toHaveLength(VISITORS * rounds)
  expect(new Set(visits.map(({ url }) => url)).size).toBe(VISITORS * rounds)
  // Each visit is on its visitor's lead, including the visits before the association.
  expect(visits.every(({ leadId, url }) => new URL(url).pathname.startsWith(`/${Number(leadId) - 1}/`))).toBe(true)
}, 600_000)
