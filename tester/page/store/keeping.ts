import { get, set } from 'idb-keyval'
import { keptRuns } from '../run/history'
import type { Manifest } from '../shared/manifest'
import type { Kept, Tester, TesterStore } from './tester'
import { adaptedTo, startingWork, type Work } from './work'

/** Where the browser keeps the work: small parts at once, so that no reload loses them, and large ones separately. */
const WORK = 'actions-tester:work'
const IMPORTED = 'imported'

/** `importedAs` says which events were imported, so that another tab notices other ones. */
type Small = Omit<Work, 'imported'> & Pick<Tester, 'chosen' | 'view'> & { importedAs?: string }

/** @returns the work of the last visit, or the initial work on the first visit */
export async function keptWork(manifest: Manifest): Promise<Kept> {
  const start = { work: startingWork(manifest) }
  try {
    const [imported, runs] = await Promise.all([get<Work['imported']>(IMPORTED), keptRuns()])
    const small = JSON.parse(localStorage.getItem(WORK) ?? 'null') as Small | null
    if (!small) return { ...start, runs }
    const { chosen, view, importedAs: _, ...work } = small
    return { work: adaptedTo({ ...work, imported }, manifest), chosen, view, runs }
  } catch {
    return { ...start, keeps: false }
  }
}

/** Keeps each change of the work, unless another tab has changed it since: then the user chooses whose work stays. */
export function keep(store: TesterStore): void {
  const forget = () => store.setState({ keeps: false })
  const save = (tester: Tester, former?: Tester) => {
    const { history, chosen, view } = tester
    const { imported } = history.present
    try {
      localStorage.setItem(WORK, JSON.stringify({ ...smallOf(history.present), chosen, view }))
    } catch {
      forget()
    }
    if (imported !== former?.history.present.imported) void set(IMPORTED, imported).catch(forget)
  }
  store.subscribe((tester, former) => {
    if (tester.isChangedElsewhere) return
    const isSame =
      tester.history.present === former.history.present &&
      tester.chosen === former.chosen &&
      tester.view === former.view
    if (former.isChangedElsewhere) save(tester)
    else if (!isSame) save(tester, former)
  })
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== WORK || newValue === null) return
    // The other tab may only look at another part of the same work.
    const { chosen: _chosen, view: _view, ...theirs } = JSON.parse(newValue) as Small
    const own = JSON.stringify(smallOf(store.getState().history.present))
    if (JSON.stringify(theirs) !== own) store.setState({ isChangedElsewhere: true })
  })
}

function smallOf({ imported, ...work }: Work): Omit<Small, 'chosen' | 'view'> {
  return imported ? { ...work, importedAs: `${imported.name} ${imported.events.length}` } : work
}

/** Shows what the other tab has made of the work. */
export async function takeOver(store: TesterStore): Promise<void> {
  const { work, chosen } = await keptWork(store.getState().manifest)
  const { edit, choose } = store.getState()
  edit(`other tab ${Date.now()}`, () => work)
  if (chosen) choose(chosen)
  store.setState({ isChangedElsewhere: false })
}
