import { isUnrehearsed } from '../rehearsal/was-rehearsed'
import { rehearseRun } from '../rehearsal/rehearse-run'
import { variationsOf, type Variation } from '../events/events'
import type { Event } from '../shared/server'
import type { Tester, TesterStore } from '../store/tester'
import { plan, remaining } from './carry-out'
import { whileRunning } from './history'
import { leadsIn, type RunRecord } from './run-record'
import { retryRounds, type Pace } from './retry-rounds'
import { sendAll, type Sending } from './send-all'
import { plural } from './words'

/** The variations of one event to run. If absent, the events run as they are. */
export interface Variations {
  count: number
  who: Variation
}

/** Sends events through all mappings that are on. */
export const startRun = (store: TesterStore, events: Event[], variations?: Variations): Promise<void> =>
  begin(store, newRunOf(store, events, variations))

/** Tells what a run of the events would do. */
export const startRehearsal = (store: TesterStore, events: Event[]): Promise<void> =>
  begin(store, rehearsalOf(newRunOf(store, events)))

/** @returns a rehearsal of a run that has not begun */
export const rehearsalOf = (run: RunRecord): RunRecord => ({ ...run, isRehearsal: true })

function newRunOf(store: TesterStore, events: Event[], variations?: Variations): RunRecord {
  const { mappings, settings } = store.getState().history.present
  const sent = variations ? variationsOf(events[0], variations.count, variations.who) : events
  const title = variations ? `${variations.count} × ${titleOf(events)}` : titleOf(events)
  return {
    ...newRun(),
    ...{ title, marketo: '', events: sent, mappings: mappings.filter(({ enabled }) => enabled), settings }
  }
}

/** Begins a run, unless the user must be asked first. A second click in the meantime begins no second run. */
async function begin(store: TesterStore, run: RunRecord): Promise<void> {
  const asks = await isUnrehearsed(store, run).catch(() => false)
  if (store.getState().run?.state === 'running') store.setState({ view: 'Run' })
  else if (asks) store.setState({ asked: run })
  else await goOn(store, run)
}

/** Repeats a run or a rehearsal with the same events, mappings and settings, in Marketo's current state. */
export function runAgain(store: TesterStore, former: RunRecord): Promise<void> {
  const { isRehearsal, events, mappings, settings, title, name, marketo } = former
  return begin(store, { ...newRun(), isRehearsal, title, name, marketo, events, mappings, settings })
}

/** Does what a rehearsal foresees. */
export const runRehearsed = (store: TesterStore, rehearsal: RunRecord): Promise<void> =>
  runAgain(store, { ...rehearsal, isRehearsal: false })

/** Sends one event of a run once more through one of its mappings, as a run of its own. */
export function resend(store: TesterStore, former: RunRecord, position: number, mapping?: string): Promise<void> {
  const { events, mappings, settings, marketo } = former
  const event = events[position]
  return begin(store, {
    ...newRun(),
    ...{ title: `${titleOf([event])}, again`, marketo, events: [event], settings },
    mappings: mappings.filter(({ id }) => mapping === undefined || id === mapping)
  })
}

/** Runs the remaining jobs of a run, until the end or until it is stopped. Finished jobs are always kept. */
export const goOn = (store: TesterStore, begun: RunRecord): Promise<void> =>
  carryOn(store, begun, async (run, sending) => {
    if (run.isRehearsal) return rehearseRun(run, sending)
    const planned = run.jobs ? run : { ...run, jobs: await plan(run, sending.settings) }
    return sendAll(planned, remaining(planned), sending)
  })

/** Sends the events once more that Segment would retry: once, or in rounds until none is left. */
export const retry = (store: TesterStore, begun: RunRecord, pace: Pace): Promise<void> =>
  carryOn(store, begun, (run, sending) => retryRounds(run, pace, sending))

async function carryOn(
  store: TesterStore,
  begun: RunRecord,
  work: (run: RunRecord, sending: Sending) => Promise<RunRecord>
): Promise<void> {
  let run: RunRecord = { ...begun, state: 'running', problem: undefined }
  const since = Date.now()
  store.setState({ run, progress: undefined, view: 'Run' })
  await whileRunning(store, run.id, async (save) => {
    const sending: Sending = {
      settings: { ...run.settings, ...store.getState().secrets },
      isStopping: () => store.getState().progress?.isStopping ?? false,
      keep: (latest) => {
        run = latest
      },
      draw: (progress) => {
        const { isStopping = false } = store.getState().progress ?? {}
        store.setState({ run, progress: { ...progress, isStopping } })
        save({ ...run, ms: begun.ms + Date.now() - since })
      }
    }
    try {
      run = await work(run, sending)
      run = { ...run, state: remaining(run).length ? 'stopped' : 'done' }
    } catch (error) {
      run = { ...run, state: 'failed', problem: (error as Error).message }
    }
    run = { ...run, ms: begun.ms + Date.now() - since }
    store.setState({ run, progress: undefined, ...leadShown(run) })
    return run
  })
}

export function showRun(store: TesterStore, run: RunRecord): void {
  store.setState({ run, view: 'Run', ...leadShown(run) })
}

/** The first lead that a run touched is shown. If it touched none, the lead stays. */
function leadShown({ results }: RunRecord): Pick<Tester, 'lead'> {
  const [lead] = leadsIn(results)
  return lead === undefined ? {} : { lead }
}

export function stop(store: TesterStore): void {
  const { progress } = store.getState()
  if (progress) store.setState({ progress: { ...progress, isStopping: true } })
}

const newRun = () => ({
  ...{ id: crypto.randomUUID(), at: new Date().toISOString() },
  ...{ results: [], exchanges: [], ms: 0, state: 'running' as const }
})

function titleOf(events: Event[]): string {
  if (events.length !== 1) return plural(events.length, 'event')
  const [{ type, event, name }] = events
  return [type, event ?? name].filter((part) => typeof part === 'string').join(' ') || 'event'
}
