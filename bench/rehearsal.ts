import destination from '../src'
import { forgetEverything } from '../src/marketo/transport/memory'
import { rehearse } from '../rehearsal/rehearse'
import { eventsFor, mappingFor, sendInBatches, settings } from './events'
import type { RemoteSandbox } from './sandbox-process'

const EVENTS = 10_000

export interface RehearsalRow {
  knows: 'nobody' | 'everybody'
  reads: number
  /** REST calls of the run. */
  calls: number
  seconds: number
}

/** A rehearsal of 10,000 Identify events, and the REST calls of the run that it foresees. */
export async function measureRehearsal(sandbox: RemoteSandbox): Promise<RehearsalRow[]> {
  const events = eventsFor('upsertLead', EVENTS)
  const mapping = {
    name: 'one',
    action: 'upsertLead',
    subscribe: 'type = "identify"',
    mapping: mappingFor('upsertLead')
  }
  const rows: RehearsalRow[] = []
  await sandbox.reset()
  for (const knows of ['nobody', 'everybody'] as const) {
    forgetEverything()
    const start = performance.now()
    const plan = await rehearse({ events: events, mappings: [mapping], settings })
    const seconds = (performance.now() - start) / 1_000
    forgetEverything()
    const before = (await sandbox.state()).usage.total
    await sendInBatches(destination, 'upsertLead', events)
    const calls = (await sandbox.state()).usage.total - before
    rows.push({ knows, reads: plan.calls.read, calls, seconds })
  }
  return rows
}
