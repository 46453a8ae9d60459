import { get, set } from 'idb-keyval'
import type { Manifest } from '../shared/manifest'
import type { RunSummary } from '../run/run-record'
import type { Kept, Tester, TesterStore } from './tester'
import { adaptedTo, startingWork, type Work } from './work'

/** Where the browser keeps the work: small parts at once, so that no reload loses them, and large ones separately. */
const WORK = 'actions-tester:work'
const IMPORTED = 'imported'
const RUNS = 'runs'

type Small = Omit<Work, 'imported'> & { chosen: Tester['chosen'] }

/** @returns the work of the last visit, or the initial work on the first visit */
export async function keptWork(manifest: Manifest): Promise<Kept> {
  const start = { work: startingWork(manifest) }
  try {
    const [imported, runs = []] = await Promise.all([get<Work['imported']>(IMPORTED), get<RunSummary[]>(RUNS)])
    const small = JSON.parse(localStorage.getItem(WORK) ?? 'null') as Small | null
    if (!small) return { ...start, runs }
    const { chosen, ...work } = small
    return { work: adaptedTo({ ...work, imported }, manifest), chosen, runs }
  } catch {
    return start
  }
}

/** Keeps each change. If storage is full or blocked, the page still works, but forgets. */
export function keep(store: TesterStore): void {
  store.subscribe(({ history, chosen, runs }, former) => {
    const { imported, ...work } = history.present
    if (history.present !== former.history.present || chosen !== former.chosen) {
      try {
        localStorage.setItem(WORK, JSON.stringify({ ...work, chosen }))
      } catch {
        localStorage.removeItem(WORK)
      }
    }
    if (imported !== former.history.present.imported) void set(IMPORTED, imported).catch(forget)
    if (runs !== former.runs) void set(RUNS, runs).catch(forget)
  })
}

function forget(): void {}
