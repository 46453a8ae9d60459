import { keptRun } from '../run/history'
import { takenOf } from '../run/jobs'
import type { RunRecord } from '../run/run-record'
import { whichMarketo } from '../shared/server'
import type { TesterStore } from '../store/tester'

/**
 * @returns whether to ask before a run: it would write to a real Marketo, and no kept rehearsal has its events, mappings and settings.
 * The server is asked, because the settings may have changed a moment ago
 */
export async function isUnrehearsed(store: TesterStore, run: RunRecord): Promise<boolean> {
  const [entry] = run.mappings
  if (run.isRehearsal || !entry) return false
  const marketo = await whichMarketo(entry.action, { ...run.settings, ...store.getState().secrets })
  if (marketo.kind !== 'real') return false
  const { run: shown, runs } = store.getState()
  const kept = await Promise.all(
    runs.filter(({ isRehearsal, id }) => isRehearsal && id !== shown?.id).map(({ id }) => keptRun(id))
  )
  return ![shown, ...kept].some((one) => one?.plan && one.marketo === marketo.label && covers(one, run))
}

/** Whether a rehearsal had everything that a run has. A mapping that takes none of the events does not count. */
function covers(rehearsal: RunRecord, run: RunRecord): boolean {
  const events = new Set(rehearsal.events.map((event) => JSON.stringify(event)))
  const mappings = new Set(rehearsal.mappings.map(essence))
  return (
    JSON.stringify(rehearsal.settings) === JSON.stringify(run.settings) &&
    run.events.every((event) => events.has(JSON.stringify(event))) &&
    run.mappings.every((entry) => mappings.has(essence(entry)) || takenOf(entry, run.events).length === 0)
  )
}

const essence = ({ action, subscribe, mapping }: RunRecord['mappings'][number]): string =>
  JSON.stringify([action, subscribe, mapping])
