import { del, get, set, update } from 'idb-keyval'
import type { TesterStore } from '../store/tester'
import { summaryOf, type RunRecord, type RunSummary } from './run-record'

/** How many runs the browser keeps: each has its events, outcomes and exchanges. */
const MOST = 20
const RUNS = 'runs'
/** A run of 10,000 events has megabytes, so it isn't kept after each batch. */
const SAVE_MS = 2_000

const keyOf = (id: string) => `run ${id}`

/** @returns the runs that the browser keeps, the latest first. A run that a reload interrupted counts as stopped */
export async function keptRuns(): Promise<RunSummary[]> {
  const [runs, elsewhere] = await Promise.all([get<RunSummary[]>(RUNS), runningNow()])
  return (runs ?? []).map((run) =>
    run.state === 'running' && !elsewhere.has(run.id) ? { ...run, state: 'stopped' } : run
  )
}

export async function keptRun(id: string): Promise<RunRecord | undefined> {
  const run = await get<RunRecord>(keyOf(id))
  if (run?.state !== 'running') return run
  if ((await runningNow()).has(id)) return { ...run, state: 'failed', problem: 'It still runs in another tab.' }
  return { ...run, state: 'stopped', problem: run.isRehearsal ? REHEARSAL_INTERRUPTED : INTERRUPTED }
}

const INTERRUPTED =
  'The page was reloaded or closed during this run. A batch that was on its way may have arrived; Continue sends it again.'

const REHEARSAL_INTERRUPTED = 'The page was reloaded or closed during this rehearsal. Nothing was written.'

/**
 * Keeps a run while it goes on, so that a reload does not lose it. A lock tells other tabs, and this one after a reload,
 * whether it still runs.
 * @param work receives a function that keeps the run as it is, at most every few seconds, and returns its end
 */
export async function whileRunning(
  store: TesterStore,
  id: string,
  work: (save: (run: RunRecord) => void) => Promise<RunRecord>
): Promise<void> {
  let savedAt = 0
  let saving = Promise.resolve()
  const save = (run: RunRecord) => {
    if (Date.now() - savedAt < SAVE_MS) return
    savedAt = Date.now()
    saving = saving.then(() => saveRun(store, run))
  }
  await locked(keyOf(id), async () => {
    const run = await work(save)
    await saving
    await saveRun(store, run)
  })
}

/** Keeps a run, and forgets the oldest one if there are too many. Another tab may have added some. */
export async function saveRun(store: TesterStore, run: RunRecord): Promise<void> {
  try {
    await set(keyOf(run.id), run)
    let forgotten: RunSummary[] = []
    let kept: RunSummary[] = []
    await update<RunSummary[]>(RUNS, (runs = []) => {
      const all = runs.some(({ id }) => id === run.id)
        ? runs.map((one) => (one.id === run.id ? summaryOf(run) : one))
        : [summaryOf(run), ...runs]
      kept = all.slice(0, MOST)
      forgotten = all.slice(MOST)
      return kept
    })
    await Promise.all(forgotten.map(({ id }) => del(keyOf(id))))
    store.setState({ runs: kept })
  } catch {
    // The run is shown, but a reload forgets it.
    store.setState({ keeps: false })
  }
}

/** Forgets a run. */
export async function forgetRun(store: TesterStore, id: string): Promise<void> {
  store.setState(({ runs, run }) => ({
    runs: runs.filter((one) => one.id !== id),
    run: run?.id === id ? undefined : run
  }))
  await update<RunSummary[]>(RUNS, (runs = []) => runs.filter((run) => run.id !== id))
  await del(keyOf(id))
}

/** The page also works where browsers have no locks: on a host other than this machine. */
const locks = (): LockManager | undefined => (navigator as Partial<Navigator>).locks

async function runningNow(): Promise<Set<string | undefined>> {
  const { held = [] } = (await locks()?.query()) ?? {}
  return new Set(held.flatMap(({ name }) => (name?.startsWith(keyOf('')) ? [name.slice(keyOf('').length)] : [])))
}

async function locked(name: string, work: () => Promise<void>): Promise<void> {
  const manager = locks()
  if (manager) await manager.request(name, work)
  else await work()
}
