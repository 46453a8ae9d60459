import { retries, sizeOf } from './carry-out'
import type { RunRecord } from './run-record'
import { sendAll, type Sending } from './send-all'

/** `paced`: in rounds with pauses, as Segment retries, until every event has another outcome. */
export type Pace = 'once' | 'paced'

/**
 * The pauses between the rounds. Segment retries for four hours, and waits longer each time. These are shorter, for a
 * person who waits: the first is Marketo's window of 20 seconds for its rate limit.
 */
const PAUSES_MS = [20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000, 300_000]
const LOOK_MS = 200

/** Sends the events that are to be retried. */
export async function retryRounds(begun: RunRecord, pace: Pace, sending: Sending): Promise<RunRecord> {
  let run = begun
  for (let round = 0; ; round++) {
    const jobs = await retries(run, sending.settings)
    if (!jobs.length) return run
    if (round > 0 && !(await pause(PAUSES_MS[round - 1], sizeOf(jobs), sending))) return run
    run = await sendAll(run, jobs, sending)
    if (pace === 'once' || round === PAUSES_MS.length || sending.isStopping()) return run
  }
}

/** @returns whether to go on: the user may stop while it waits */
async function pause(ms: number, total: number, { draw, isStopping }: Sending): Promise<boolean> {
  const since = Date.now()
  draw({ done: 0, doneBefore: 0, total, since, isStopping: false, waitsUntil: since + ms })
  while (Date.now() < since + ms) {
    if (isStopping()) return false
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  return true
}
