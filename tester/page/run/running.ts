import { variationsOf, type Variation } from '../events/events'
import type { Event } from '../shared/server'
import type { Tester, TesterStore } from '../store/tester'
import { carryOut, plan, remaining, sizeOf } from './carry-out'
import { saveRun } from './history'
import { leadsIn, type RunRecord } from './run-record'
import { plural } from './words'

/** Drawing thousands of outcomes also takes time. */
const PAUSE_MS = 150

/** The variations of one event to run. If absent, the events run as they are. */
export interface Variations {
  count: number
  who: Variation
}

/** Sends events through all mappings that are on. */
export function startRun(store: TesterStore, events: Event[], variations?: Variations): Promise<void> {
  const { history, run } = store.getState()
  if (run?.state === 'running') {
    store.setState({ shown: 'result' })
    return Promise.resolve()
  }
  const sent = variations ? variationsOf(events[0], variations.count, variations.who) : events
  const { mappings, settings } = history.present
  return goOn(store, {
    id: crypto.randomUUID(),
    at: new Date().toISOString(),
    title: variations ? `${variations.count} × ${titleOf(events)}` : titleOf(events),
    marketo: '',
    events: sent,
    mappings: mappings.filter(({ enabled }) => enabled),
    settings,
    results: [],
    exchanges: [],
    ms: 0,
    state: 'running'
  })
}

/** Repeats a run with the same events, mappings and settings, in Marketo's current state. */
export function runAgain(store: TesterStore, { events, mappings, settings, title, marketo }: RunRecord): Promise<void> {
  return goOn(store, {
    ...{ id: crypto.randomUUID(), at: new Date().toISOString(), title, marketo, events, mappings, settings },
    ...{ results: [], exchanges: [], ms: 0, state: 'running' }
  })
}

/** Runs the remaining jobs of a run, until the end or until it is stopped. Finished jobs are always kept. */
export async function goOn(store: TesterStore, begun: RunRecord): Promise<void> {
  const settings = { ...begun.settings, ...store.getState().secrets }
  let run: RunRecord = { ...begun, state: 'running', problem: undefined }
  const since = Date.now()
  store.setState({ run, progress: undefined, shown: 'result' })
  try {
    const planned = run.jobs ?? (await plan(run, settings))
    run = { ...run, jobs: planned }
    const jobs = remaining(planned, run)
    const [total, left] = [sizeOf(planned), sizeOf(jobs)]
    const progress = { done: total - left, doneBefore: total - left, total, since, isStopping: false }
    store.setState({ progress })
    let drawnAt = since
    for (const job of jobs) {
      if (store.getState().progress?.isStopping) break
      run = await carryOut(run, job, settings)
      progress.done += job.events.length
      if (Date.now() - drawnAt < PAUSE_MS) continue
      drawnAt = Date.now()
      draw({ run, progress: { ...progress } })
    }
    run = { ...run, state: progress.done < total ? 'stopped' : 'done' }
  } catch (error) {
    run = { ...run, state: 'failed', problem: (error as Error).message }
  }
  run = { ...run, ms: run.ms + Date.now() - since }
  store.setState({ run, progress: undefined, ...leadShown(run) })
  await saveRun(store, run)

  function draw({ progress, ...rest }: Pick<Tester, 'run' | 'progress'>): void {
    const { isStopping = false } = store.getState().progress ?? {}
    store.setState({ ...rest, progress: progress && { ...progress, isStopping } })
  }
}

export function showRun(store: TesterStore, run: RunRecord): void {
  store.setState({ run, shown: 'result', ...leadShown(run) })
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

function titleOf(events: Event[]): string {
  if (events.length !== 1) return plural(events.length, 'event')
  const [{ type, event, name }] = events
  return [type, event ?? name].filter((part) => typeof part === 'string').join(' ') || 'event'
}
