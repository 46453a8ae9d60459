import { setTimeout } from 'node:timers/promises'
import type { JSONObject } from '@segment/actions-core'
import type { Settings } from '../../src/generated-types'
import type { Job, Placed } from './jobs'
import { send, type Outcome } from './send'

/** How long to wait, in milliseconds, before each further try that follows one without any progress. */
const WAITS_MS = [0, 1_000, 3_000]

/** Whether Segment would send an event with this outcome again. */
const isRetried = ({ status }: Outcome): boolean => status === 429 || (status >= 500 && status !== 501)

/**
 * Sends a job, and what is to be tried again, in order, until all has ended or nothing changes any more.
 * @param beforeEach waits until Marketo can be asked
 * @returns the last outcome of each event
 */
export async function deliver(
  { mapping, events }: Job,
  settings: Settings,
  beforeEach: () => Promise<void>
): Promise<Map<Placed, Outcome>> {
  const outcomes = new Map<Placed, Outcome>()
  let waiting = events
  const waits = [...WAITS_MS]
  while (waiting.length > 0) {
    await beforeEach()
    const sent = await send(
      mapping,
      settings,
      waiting.map(({ event }) => event as JSONObject)
    )
    waiting.forEach((placed, i) => outcomes.set(placed, sent[i]))
    const again = waiting.filter((_, i) => isRetried(sent[i]))
    if (again.length === waiting.length) {
      const wait = waits.shift()
      if (wait === undefined) return outcomes
      await setTimeout(wait)
    }
    waiting = again
  }
  return outcomes
}
