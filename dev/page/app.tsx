import { useEffect, useState } from 'react'
import type { Manifest } from './shared/manifest'
import { getManifest } from './shared/server'
import { Workbench } from './workbench'

/** Waits for the manifest: there is nothing to draw without it. */
export function App() {
  const [manifest, setManifest] = useState<Manifest>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    getManifest().then(setManifest, (error: Error) => setProblem(error.message))
  }, [])
  useEffect(() => {
    if (manifest) document.title = `${manifest.name} · Actions Tester`
  }, [manifest])
  if (problem) return <p className="verdict bad">{problem}</p>
  return manifest ? <Workbench manifest={manifest} /> : <p className="empty">Loading…</p>
}
