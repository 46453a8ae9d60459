import { readFileSync } from 'fs'
import { join } from 'path'
import { callsADay } from '../../page/cost/calls'
import type { Load } from '../../page/cost/calls'
import { asksIn } from '../../page/cost/visits'
import { EXAMPLES, exampleOf, needsLeads } from '../../../examples/actions'
import { ASSOCIATIONS_PER_BATCH } from '../../../src/marketo/transport/limits'
import { eventOf, statusesOf, times } from '../../../__tests__/support/events'
import { callsOf, sendBatch, sendSingle, useSandbox } from '../../../__tests__/support/marketo'
import type { ActionKey } from '../../../__tests__/support/marketo'

const PERFORMANCE = readFileSync(join(__dirname, '../../../docs/performance.md'), 'utf8')

/** The calls that the benchmark measured for 1,000 events in four batches of up to 300. */
function measured(action: string, knows: 'nobody' | 'everybody'): number {
  const [, calls] = new RegExp(`\\| ${action} +\\| ${knows} +\\| +(\\d+) `).exec(PERFORMANCE) ?? []
  return Number(calls)
}

/** The calls that the benchmark measured for a day of Page events. */
function measuredDay(inABatch: number, processes: number): number {
  const [, calls] =
    new RegExp(`\\| +${inABatch} \\| +${processes} \\|(?:[^|]+\\|){2} +([\\d,]+) `).exec(PERFORMANCE) ?? []
  return Number(calls.replace(',', ''))
}

const BATCHES = 4
const load = (what: Partial<Load>): Load => ({
  ...{ eventsADay: BATCHES * 300, inABatch: 300, newShare: 0, browserShare: 0, processes: 1 },
  ...what
})

describe('The cost of a day', () => {
  it.each(['upsertLead', 'sendCustomActivity', 'visitWebPage'])(
    'equals what the benchmark measured for %s if Marketo has all the leads',
    (action) => expect(callsADay(action, load({}))).toBe(measured(action, 'everybody'))
  )

  it.each(['upsertLead', 'sendCustomActivity'])(
    'equals what the benchmark measured for %s if Marketo has none of the leads',
    (action) => expect(callsADay(action, load({ newShare: 1 }))).toBe(measured(action, 'nobody'))
  )

  it('is unknown for an action without a measurement', () => {
    expect(callsADay('other', load({}))).toBeUndefined()
  })
})

describe('A day of Page events', () => {
  it('costs one more call for each new visitor that a batch associates', () => {
    const [known, allNew] = [0, 1].map((newShare) => callsADay('visitWebPage', load({ newShare })) ?? NaN)
    // Each batch looks up its new visitors with one more call.
    const withoutAssociations = allNew - BATCHES * 300
    expect(withoutAssociations).toBe(known + BATCHES)
    expect(withoutAssociations + BATCHES * ASSOCIATIONS_PER_BATCH).toBe(measured('visitWebPage', 'nobody'))
  })

  it.each([
    [300, 1],
    [30, 1],
    [30, 8]
  ])(
    'costs the lookups that the benchmark counts, with %d events in a batch and %d processes',
    (inABatch, processes) => {
      // The benchmark's day is 24 times a process's first hour. The lookup for its last minute may fall into the next hour.
      const missing = 24 * asksIn(60) * processes - measuredDay(inABatch, processes)
      expect(missing).toBeGreaterThanOrEqual(0)
      expect(missing).toBeLessThanOrEqual(24 * processes)
      const day = load({ eventsADay: 2_000_000, inABatch, processes })
      expect(callsADay('visitWebPage', day)).toBe(asksIn(24 * 60) * processes)
    }
  )

  it('costs a lookup for each batch with a cookie or an Anonymous ID', () => {
    const day = { eventsADay: 600_000, inABatch: 30 }
    expect(callsADay('visitWebPage', load({ ...day, browserShare: 1 }))).toBe(20_000)
    expect(callsADay('visitWebPage', load({ ...day, browserShare: 0.001 }))).toBeLessThan(20_000)
    expect(callsADay('visitWebPage', load({ ...day, eventsADay: 0 }))).toBe(0)
  })

  it('costs more lookups if 300 visitors are waiting before the minute is over', () => {
    expect(callsADay('visitWebPage', load({ eventsADay: 30_000_000 }))).toBe(10_000)
  })
})

const PRICED = (Object.keys(EXAMPLES) as ActionKey[]).filter((action) => exampleOf(action)?.calls)

describe('A batch', () => {
  const sandbox = useSandbox({ callsPerWindow: 10_000 })
  const people = times(300, (i) => ({ email: `p${i}@example.com`, userId: `u${i}` }))
  const events = people.map((who) => eventOf(who))

  it.each(PRICED)('of %s costs what the sandbox counts', async (action) => {
    const send = async () => {
      if (action === 'submitForm') {
        for (const event of events.slice(0, 3)) await sendSingle(action, event, { mapping: EXAMPLES[action].mapping })
      } else {
        const reports = await sendBatch(action, events, { mapping: EXAMPLES[action].mapping })
        expect(statusesOf(reports)).toEqual(people.map(() => 200))
      }
    }
    const day = action === 'submitForm' ? { eventsADay: 3, inABatch: 1 } : { eventsADay: 300 }
    // In its first batch, a process fetches the fields and objects that it then caches.
    await send()
    sandbox().reset({ leads: needsLeads(action) ? people : [] })
    expect(await callsOf(sandbox(), send)).toBe(callsADay(action, load({ ...day, newShare: 1 })))
    expect(await callsOf(sandbox(), send)).toBe(callsADay(action, load(day)))
  })
})
