import { useEffect, useMemo, useState } from 'react'
import { DataTable, type Column } from '../shared/data-table'
import { useTester, useTesterStore } from '../store/tester'
import { CompareRuns } from './compare-runs'
import { forgetRun, keptRun } from './history'
import type { RunRecord, RunSummary } from './run-record'
import { runAgain, showRun } from './running'
import { inWords, TONE_WORDS, type Tone } from './words'

const COLUMNS: Column<RunSummary>[] = [
  {
    id: 'at',
    title: 'When',
    className: 'moment',
    value: ({ at }) => at,
    draw: ({ at }) => new Date(at).toLocaleString()
  },
  { id: 'title', title: 'Events', value: ({ title }) => title },
  { id: 'outcomes', title: 'Outcomes', value: outcomesOf },
  { id: 'calls', title: 'Calls', className: 'number', value: ({ calls }) => calls },
  { id: 'ms', title: 'ms', className: 'number', value: ({ ms }) => ms, draw: ({ ms }) => inWords(ms) },
  { id: 'marketo', title: 'Marketo', value: ({ marketo }) => marketo }
]

/** The runs that the browser keeps, to see, repeat and compare. */
export function HistoryPanel({ onEnd }: { onEnd: () => void }) {
  const store = useTesterStore()
  const runs = useTester((tester) => tester.runs)
  const isRunning = useTester((tester) => tester.run?.state === 'running')
  const [chosen, setChosen] = useState<string>()
  const [other, setOther] = useState('')
  const id = runs.some((run) => run.id === chosen) ? chosen : runs[0]?.id
  const first = useRun(id)
  const second = useRun(other)
  const others = useMemo(() => runs.filter((run) => run.id !== id), [runs, id])
  if (!runs.length) return <p className="empty">Nothing has been run yet. The browser keeps the last 20 runs.</p>
  return (
    <div className="history">
      <div className="history-list">
        <DataTable
          label="Runs"
          columns={COLUMNS}
          rows={runs}
          keyOf={(run) => run.id}
          chosen={id}
          onChoose={(run) => setChosen(run.id)}
          empty="Nothing."
        />
      </div>
      <div className="history-tools">
        <div className="row">
          <button type="button" disabled={!first || isRunning} onClick={() => first && showRun(store, first)}>
            Show run
          </button>
          <button
            type="button"
            disabled={!first || isRunning}
            onClick={() => first && void runAgain(store, first).then(onEnd)}
          >
            Run again
          </button>
          <button type="button" className="quiet" disabled={!id} onClick={() => id && void forgetRun(store, id)}>
            Forget
          </button>
          <label className="inline">
            Compare with
            <select value={other} onChange={({ target }) => setOther(target.value)}>
              <option value="">none</option>
              {others.map((run) => (
                <option key={run.id} value={run.id}>
                  {new Date(run.at).toLocaleTimeString()} {run.title}
                </option>
              ))}
            </select>
          </label>
        </div>
        {first && second && first !== second && <CompareRuns first={first} second={second} />}
      </div>
    </div>
  )
}

function outcomesOf({ tally, state }: RunSummary): string {
  const counts = (Object.keys(tally) as Tone[])
    .filter((tone) => tally[tone])
    .map((tone) => `${tally[tone]} ${TONE_WORDS[tone]}`)
  return [...counts, ...(state === 'done' ? [] : [state])].join(', ')
}

function useRun(id: string | undefined): RunRecord | undefined {
  const [run, setRun] = useState<RunRecord>()
  useEffect(() => {
    let isLatest = true
    if (id) void keptRun(id).then((found) => isLatest && setRun(found))
    return () => {
      isLatest = false
    }
  }, [id])
  return run?.id === id ? run : undefined
}
