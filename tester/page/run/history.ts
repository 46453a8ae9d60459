import { del, get, set } from 'idb-keyval'
import type { TesterStore } from '../store/tester'
import { summaryOf, type RunRecord } from './run-record'

/** How many runs the browser keeps: each has its events, outcomes and exchanges. */
const MOST = 20

const keyOf = (id: string) => `run ${id}`

/** Keeps a run, and forgets the oldest one if there are too many. */
export async function saveRun(store: TesterStore, run: RunRecord): Promise<void> {
  const others = store.getState().runs.filter(({ id }) => id !== run.id)
  const forgotten = others.slice(MOST - 1)
  try {
    await set(keyOf(run.id), run)
    await Promise.all(forgotten.map(({ id }) => del(keyOf(id))))
    store.setState({ runs: [summaryOf(run), ...others.slice(0, MOST - 1)] })
  } catch {
    // If storage is full or blocked, the run is shown, but not kept.
  }
}

export const keptRun = (id: string): Promise<RunRecord | undefined> => get<RunRecord>(keyOf(id))

/** Forgets a run. */
export async function forgetRun(store: TesterStore, id: string): Promise<void> {
  store.setState(({ runs }) => ({ runs: runs.filter((run) => run.id !== id) }))
  await del(keyOf(id))
}
