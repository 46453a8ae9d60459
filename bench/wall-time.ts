import destination from '../src'
import { eventsFor, sendInBatches } from './events'
import { sendNaively } from './naive'
import type { RemoteSandbox } from './sandbox-process'

export interface WallTime {
  batchesSeconds: number
  naiveSeconds: number
}

const EVENTS = 3_000
const LATENCY_MS = 50

/** 3,000 Identify events against a Marketo that takes 50 ms for each call. */
export async function measureWallTime(sandbox: RemoteSandbox): Promise<WallTime> {
  const events = eventsFor('upsertLead', EVENTS)
  const time = async (send: () => Promise<void>) => {
    await sandbox.reset(LATENCY_MS)
    const start = performance.now()
    await send()
    return (performance.now() - start) / 1_000
  }
  return {
    batchesSeconds: await time(() => sendInBatches(destination, 'upsertLead', events)),
    naiveSeconds: await time(() => sendNaively('upsertLead', events))
  }
}
