import { Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../src'
import { forgetEverything } from '../src/marketo/transport/memory'
import { eventsFor, mappingFor, settings } from './events'
import type { ActionKey } from './events'
import type { RemoteSandbox } from './sandbox-process'

/** REST calls of one batch about people whom Marketo knows by email, in a new process. */
export interface OptionCallsRow {
  option: string
  events: number
  off: number
  on: number
  /** The same events again. */
  again: number
}

const FILLED = { customFields: { leadSource: 'Web' } }
const OPTIONS: [option: string, action: ActionKey, base: JSONObject, on: JSONObject][] = [
  ['Prevent Duplicates', 'sendCustomActivity', {}, { preventDuplicates: true }],
  ['Only If Empty', 'upsertLead', FILLED, { onlyIfEmpty: ['leadSource'] }],
  ['Only If Empty, Lookup Field', 'upsertLead', { ...FILLED, lookupField: 'email' }, { onlyIfEmpty: ['leadSource'] }],
  ['Never to False', 'upsertLead', { customFields: { unsubscribed: false } }, { neverToFalse: ['unsubscribed'] }],
  ['Merge Duplicates, none found', 'upsertLead', {}, { mergeDuplicates: true }]
]

/** Counts what options cost, for a small and a full batch. */
export async function measureOptionCalls(sandbox: RemoteSandbox): Promise<OptionCallsRow[]> {
  const rows: OptionCallsRow[] = []
  for (const [option, action, base, extra] of OPTIONS) {
    for (const count of [30, 300]) {
      const events = eventsFor(action, count)
      const calls = async (more: JSONObject) => {
        forgetEverything()
        const before = (await sandbox.state()).usage.total
        const outcomes = await new Destination(destination).actions[action].executeBatch({
          data: events,
          mapping: { ...mappingFor(action), ...base, ...more },
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
      const off = await calls({})
      await start()
      rows.push({ option, events: count, off, on: await calls(extra), again: await calls(extra) })
    }
  }
  return rows
}
