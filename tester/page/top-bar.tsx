import { useEffect } from 'react'
import { Navigation } from './navigation'
import { download } from './shared/download'
import type { Marketo } from './shared/server'
import { ThemeButton } from './shared/theme'
import { scenarioFile } from './store/scenario'
import { useTester, useWork } from './store/tester'
import { startingWork } from './store/work'

/** Actions on the whole work: undo, redo, save, start over. */
export function TopBar({ marketo }: { marketo?: Marketo }) {
  const manifest = useTester((tester) => tester.manifest)
  const history = useTester((tester) => tester.history)
  const undo = useTester((tester) => tester.undo)
  const redo = useTester((tester) => tester.redo)
  const edit = useTester((tester) => tester.edit)
  const work = useWork()
  useUndoKeys(undo, redo)
  return (
    <header className="top">
      <h1>{manifest.name}</h1>
      <span className="faint">Actions Tester</span>
      <Navigation />
      <span className="row end">
        {marketo && (
          <span className={`badge ${marketo.kind === 'sandbox' ? 'calm' : 'wait'}`}>Marketo: {marketo.label}</span>
        )}
        <button type="button" className="quiet" title="Ctrl+Z" disabled={!history.past.length} onClick={undo}>
          Undo
        </button>
        <button type="button" className="quiet" title="Ctrl+Shift+Z" disabled={!history.future.length} onClick={redo}>
          Redo
        </button>
        <button
          type="button"
          className="quiet"
          onClick={() => download('scenario.json', 'application/json', scenarioFile(work))}
        >
          Save scenario
        </button>
        <button
          type="button"
          className="quiet"
          onClick={() =>
            edit(`start over ${history.past.length}`, ({ resets }) => ({ ...startingWork(manifest), resets }))
          }
        >
          Start over
        </button>
        <ThemeButton />
      </span>
    </header>
  )
}

/** Everywhere except in a dialog, which is not part of the work. */
function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const press = (pressed: KeyboardEvent) => {
      if (!(pressed.ctrlKey || pressed.metaKey) || pressed.altKey) return
      if (pressed.target instanceof Element && pressed.target.closest('[role="dialog"]')) return
      const key = pressed.key.toLowerCase()
      if (key !== 'z' && key !== 'y') return
      pressed.preventDefault()
      pressed.stopPropagation()
      if (key === 'y' || pressed.shiftKey) redo()
      else undo()
    }
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  }, [undo, redo])
}
