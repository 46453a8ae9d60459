import destination from '../src'
import { eventsFor, sendInBatches } from './events'
import type { RemoteSandbox } from './sandbox-process'

const EVENTS = 3_000
const LATENCY_MS = 50

/** Seconds for 3,000 Identify events, one batch after the other, against a Marketo that takes 50 ms for each call. */
export async function measureWallTime(sandbox: RemoteSandbox): Promise<number> {
  const events = eventsFor('upsertLead', EVENTS)
  await sandbox.reset(LATENCY_MS)
  const start = performance.now()
  await sendInBatches(destination, 'upsertLead', events)
  return (performance.now() - start) / 1_000
}
