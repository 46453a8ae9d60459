import { useEffect, useState } from 'react'
import { keptRun } from './run/history'
import { getManifest } from './shared/server'
import { keep, keptWork } from './store/keeping'
import { createTester, TesterProvider, type TesterStore } from './store/tester'
import { Workbench } from './workbench'

/** Waits for the manifest and for what the browser has kept, because the page cannot be drawn without them. */
export function App() {
  const [store, setStore] = useState<TesterStore>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    let isWanted = true
    open().then(
      (opened) => isWanted && setStore(opened),
      (error: Error) => setProblem(error.message)
    )
    return () => {
      isWanted = false
    }
  }, [])
  if (problem) return <p className="verdict bad">{problem}</p>
  if (!store) return <p className="empty">Loading…</p>
  return (
    <TesterProvider value={store}>
      <Workbench />
    </TesterProvider>
  )
}

async function open(): Promise<TesterStore> {
  const manifest = await getManifest()
  document.title = `${manifest.name} · Actions Tester`
  const kept = await keptWork(manifest)
  const store = createTester(manifest, kept)
  const [latest] = kept.runs ?? []
  if (latest) store.setState({ run: await keptRun(latest.id) })
  keep(store)
  return store
}
