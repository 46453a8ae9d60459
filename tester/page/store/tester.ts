import { createContext, useContext, useMemo } from 'react'
import { createStore, useStore, type StoreApi } from 'zustand'
import { withoutSecrets } from '../settings/secrets'
import type { Manifest } from '../shared/manifest'
import type { Settings } from '../shared/server'
import type { Progress, RunRecord, RunSummary } from '../run/run-record'
import { fittingEvent } from '../events/current-events'
import { beginning, changed, redone, undone, type Undoable } from './undo'
import type { MappingEntry, Work } from './work'

/**
 * The page's whole state lives here, in one store: the work with its history, the current view, and the runs. A panel
 * itself keeps only what is open in it. Pure functions (work.ts, undo.ts, run/) compute the result of each step.
 */
export interface Tester {
  manifest: Manifest
  history: Undoable<Work>
  /** Forgotten when the page is reloaded, and not part of the history. */
  secrets: Settings
  /** The current view. It changes nothing in the work, so it is not undone. */
  chosen: { mapping?: string; event: number }
  /** The view that fills the page. */
  view: View
  /** The lead that is shown in detail. A run shows the first one that it touched. */
  lead?: number
  /** The results: the run that is shown, its progress, and the runs that the browser keeps. */
  run?: RunRecord
  progress?: Progress
  /** A run that waits for the user's word: it would write to a real Marketo what nobody has rehearsed. */
  asked?: RunRecord
  runs: RunSummary[]
  /** Whether the browser keeps the work: its storage may be blocked or full. */
  keeps: boolean
  /** Whether another tab has changed the work. Until the user has chosen, this tab keeps nothing. */
  isChangedElsewhere: boolean
  /** @param part what is edited: quick edits of the same part are undone together */
  edit: (part: string, change: (work: Work) => Work) => void
  undo: () => void
  redo: () => void
  /** Another mapping is judged by an event that it takes, if there is one. */
  choose: (what: Partial<Tester['chosen']>) => void
  show: (what: Partial<Pick<Tester, 'view' | 'lead'>>) => void
  setSettings: (settings: Settings) => void
}

export type TesterStore = StoreApi<Tester>

/** Each job of the page has a view of its own. */
export const VIEWS = ['Events', 'Mappings', 'Run', 'Marketo', 'Cost', 'Settings'] as const
export type View = (typeof VIEWS)[number]

export interface Kept {
  work: Work
  chosen?: Tester['chosen']
  view?: View
  keeps?: boolean
  runs?: RunSummary[]
}

export function createTester(
  manifest: Manifest,
  { work, chosen = { event: 0 }, view = 'Events', runs = [], keeps = true }: Kept
): TesterStore {
  const fields = manifest.authentication?.fields ?? {}
  return createStore<Tester>()((set) => ({
    manifest,
    history: beginning(work),
    secrets: {},
    chosen,
    view,
    runs,
    keeps,
    isChangedElsewhere: false,
    edit: (part, change) =>
      set(({ history }) => ({ history: changed(history, change(history.present), part, Date.now()) })),
    undo: () => set(({ history }) => ({ history: undone(history) })),
    redo: () => set(({ history }) => ({ history: redone(history) })),
    choose: (what) =>
      set((tester) => {
        const chosenNow = { ...tester.chosen, ...what }
        if (!('mapping' in what)) return { chosen: chosenNow }
        const entry = chosenMapping({ ...tester, chosen: chosenNow })
        return { chosen: { ...chosenNow, event: fittingEvent(tester.history.present, entry, chosenNow.event) } }
      }),
    show: (what) => set(what),
    setSettings: (settings) => {
      const open = withoutSecrets(settings, fields)
      const secrets = Object.entries(settings).filter(([name]) => !(name in open))
      set(({ history }) => ({
        secrets: Object.fromEntries(secrets),
        history: changed(history, { ...history.present, settings: open }, 'settings', Date.now())
      }))
    }
  }))
}

const Context = createContext<TesterStore | undefined>(undefined)
export const TesterProvider = Context.Provider

export function useTesterStore(): TesterStore {
  const store = useContext(Context)
  if (!store) throw new Error('The store is missing: tester/page/app.tsx makes it.')
  return store
}

export const useTester = <Part>(select: (tester: Tester) => Part): Part => useStore(useTesterStore(), select)
export const useWork = (): Work => useTester(({ history }) => history.present)

/** @returns the settings with their secrets */
export function useSettings(): Settings {
  const { settings } = useWork()
  const secrets = useTester((tester) => tester.secrets)
  return useMemo(() => ({ ...settings, ...secrets }), [settings, secrets])
}

/** @returns the mapping that is shown; undefined without any mapping */
export const useChosenMapping = (): MappingEntry | undefined => useTester(chosenMapping)

export function chosenMapping({ history, chosen }: Tester): MappingEntry | undefined {
  const { mappings } = history.present
  return mappings.find(({ id }) => id === chosen.mapping) ?? mappings[0]
}
