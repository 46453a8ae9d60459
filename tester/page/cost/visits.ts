import { ASK_AGAIN_MS, ASKS_AT_ONCE, RECORDS_PER_CALL } from '../../../src/marketo/transport/limits'
import type { Load } from './calls'

const MINUTE_MS = 60_000
const MINUTES_A_DAY = 24 * 60
/** As in the benchmark: a session has ten pages, and its visitor is asked about once. */
const PAGES_PER_SESSION = 10

/** @returns how often a process asks about visitors with a User ID, however few they are (src/leads/visitors/waiting-visitors.ts) */
export const asksIn = (minutes: number): number => ASKS_AT_ONCE + (minutes * MINUTE_MS) / ASK_AGAIN_MS

/** @returns the REST calls of a day's web visits */
export function callsOfVisits({ eventsADay, inABatch, newShare, browserShare, processes }: Load): number {
  const size = Math.max(1, inABatch)
  const batches = Math.ceil(eventsADay / size)
  if (batches === 0) return 0
  // A cookie or an Anonymous ID may belong to another person by now, so its batch has its own look-up.
  const batchesWithBrowser = batches * (1 - (1 - browserShare) ** size)
  const sessions = (eventsADay * (1 - browserShare)) / PAGES_PER_SESSION
  const asks = Math.max(asksIn(MINUTES_A_DAY) * processes, sessions / RECORDS_PER_CALL)
  const lookUps = batchesWithBrowser + Math.min(batches - batchesWithBrowser, asks)
  // A new visitor is also looked up by email, together with the others, and associated with a separate call.
  const lookUpsWithNew = lookUps * (1 - (1 - newShare) ** (eventsADay / lookUps))
  return lookUps + lookUpsWithNew + eventsADay * newShare
}
