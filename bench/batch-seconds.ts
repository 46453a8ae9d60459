import type { JSONObject } from '@segment/actions-core'
import destination from '../src'
import { ACTIONS, eventsFor, sendInBatches } from './events'
import type { ActionKey } from './events'
import type { RemoteSandbox } from './sandbox-process'

export interface BatchSecondsRow {
  action: ActionKey
  state: 'new' | 'known'
  latencyMs: number
  seconds: number
}

const EVENTS = 300
const LATENCIES_MS = [50, 200]

/**
 * How long one batch of 300 events of 300 people takes, if each call takes Marketo this long. New: nobody is in Marketo
 * (for visits: no visitor is associated). Known: the same batch once more, or for visits until all are associated.
 */
export async function measureBatchSeconds(sandbox: RemoteSandbox): Promise<BatchSecondsRow[]> {
  const rows: BatchSecondsRow[] = []
  for (const action of ACTIONS) {
    const events = eventsFor(action, EVENTS)
    const send = (batch: JSONObject[]) => sendInBatches(destination, action, batch)
    for (const latencyMs of LATENCIES_MS) {
      await sandbox.reset()
      if (action === 'visitWebPage') await sendInBatches(destination, 'upsertLead', eventsFor('upsertLead', EVENTS))
      await sandbox.setLatency(latencyMs)
      rows.push({ action, state: 'new', latencyMs, seconds: await secondsOf(() => send(events)) })
      await sandbox.setLatency(0)
      // A batch associates at most this many visitors.
      if (action === 'visitWebPage') for (let i = 0; i < EVENTS; i += 50) await send(events)
      await sandbox.setLatency(latencyMs)
      rows.push({ action, state: 'known', latencyMs, seconds: await secondsOf(() => send(events)) })
    }
  }
  return rows
}

async function secondsOf(run: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await run()
  return (performance.now() - start) / 1_000
}
