import { Destination } from '@segment/actions-core'
import destination from '../src'
import { eventsFor, mappingFor, settings } from './events'
import type { RemoteSandbox } from './sandbox-process'

/** REST calls of one batch of Send Custom Activity whose people Marketo knows by email. */
export interface LogCallsRow {
  events: number
  off: number
  on: number
  /** The same events again. */
  replay: number
}

/** Counts what Prevent Duplicates costs, for a small and a full batch. */
export async function measureLogCalls(sandbox: RemoteSandbox): Promise<LogCallsRow[]> {
  const rows: LogCallsRow[] = []
  for (const count of [30, 300]) {
    const events = eventsFor('sendCustomActivity', count)
    const calls = async (preventDuplicates: boolean) => {
      const before = (await sandbox.state()).usage.total
      const outcomes = await new Destination(destination).actions.sendCustomActivity.executeBatch({
        data: events,
        mapping: { ...mappingFor('sendCustomActivity'), preventDuplicates },
        settings,
        auth: undefined
      })
      const failed = outcomes.find(({ status }) => status >= 300)
      if (failed) throw new Error(JSON.stringify(failed))
      return (await sandbox.state()).usage.total - before
    }
    const start = () =>
      sandbox.reset(
        0,
        Array.from(events, (_, i) => ({ email: `person.${i}@example.com` }))
      )
    await start()
    const off = await calls(false)
    await start()
    rows.push({ events: count, off, on: await calls(true), replay: await calls(true) })
  }
  return rows
}
