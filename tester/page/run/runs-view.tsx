import { useMemo, useState } from 'react'
import { NotWritten } from '../rehearsal/not-written'
import { DataTable, type Column } from '../shared/data-table'
import { useTester, useTesterStore } from '../store/tester'
import { CompareRuns } from './compare-runs'
import { keptRun } from './history'
import { ResultPanel } from './result-panel'
import { nameOfRun, type RunSummary } from './run-record'
import { RunTools } from './run-tools'
import { showRun } from './running'
import { useRun } from './use-run'
import { inWords, KINDS, plural, wordsFor } from './words'

const COLUMNS: Column<RunSummary>[] = [
  {
    id: 'run',
    title: 'Runs, the latest first',
    value: (run) => `${nameOfRun(run)} ${outcomesOf(run)}`,
    draw: (run) => (
      <>
        <span className="name">{nameOfRun(run)}</span> {run.isRehearsal && <NotWritten />}
        <small>
          {new Date(run.at).toLocaleString()}: {[outcomesOf(run), plural(run.calls, 'call')].filter(Boolean).join(', ')}
        </small>
      </>
    )
  }
]

/** The runs that the browser keeps, and the one that is shown. */
export function RunsView({ onEnd }: { onEnd: () => void }) {
  const store = useTesterStore()
  const runs = useTester((tester) => tester.runs)
  const run = useTester((tester) => tester.run)
  const isRunning = run?.state === 'running'
  const [other, setOther] = useState('')
  const second = useRun(other)
  const others = useMemo(() => runs.filter(({ id }) => id !== run?.id), [runs, run])
  const show = async (id: string) => {
    const found = isRunning ? undefined : await keptRun(id)
    if (found) showRun(store, found)
  }
  return (
    <div className="split rail">
      <div className="panel runs">
        <header className="panel-head">
          <h2>Runs</h2>
        </header>
        <DataTable
          label="Runs"
          columns={COLUMNS}
          rows={runs}
          keyOf={({ id }) => id}
          chosen={run?.id}
          onChoose={({ id }) => void show(id)}
          empty="Nothing has been run yet. The browser keeps the last 20 runs."
        />
      </div>
      <section className="panel scroll" aria-label="The run" aria-busy={isRunning}>
        {run && <RunTools run={run} others={others} other={other} onCompare={setOther} onEnd={onEnd} />}
        {run && second && second.id !== run.id && <CompareRuns first={run} second={second} />}
        <ResultPanel onEnd={onEnd} />
      </section>
    </div>
  )
}

function outcomesOf(run: RunSummary): string {
  const { tally, state } = run
  const words = wordsFor(run)
  const counts = KINDS.filter((kind) => tally[kind]).map((kind) => `${inWords(tally[kind])} ${words[kind]}`)
  return [...counts, ...(state === 'done' ? [] : [state])].join(', ')
}
