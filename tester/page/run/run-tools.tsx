import { useTesterStore } from '../store/tester'
import { forgetRun, saveRun } from './history'
import { nameOfRun, type RunRecord, type RunSummary } from './run-record'
import { runAgain, runRehearsed } from './running'

interface Props {
  run: RunRecord
  others: RunSummary[]
  /** The ID of the run that it is compared with; empty if none is. */
  other: string
  onCompare: (id: string) => void
  onEnd: () => void
}

/** What can be done with a run as a whole: name it, repeat it, compare it, forget it. */
export function RunTools({ run, others, other, onCompare, onEnd }: Props) {
  const store = useTesterStore()
  const isRunning = run.state === 'running'
  const rename = (name: string) => {
    const renamed = { ...run, name }
    store.setState({ run: renamed })
    void saveRun(store, renamed)
  }
  return (
    <header className="panel-head run-tools">
      <input
        type="text"
        aria-label="Name of the run"
        autoComplete="off"
        placeholder={run.title}
        disabled={isRunning}
        value={run.name ?? ''}
        onChange={({ target }) => rename(target.value)}
      />
      <span className="row end">
        <button type="button" disabled={isRunning} onClick={() => void runAgain(store, run).then(onEnd)}>
          {run.isRehearsal ? 'Rehearse again' : 'Run again'}
        </button>
        {run.isRehearsal && (
          <button
            type="button"
            disabled={isRunning || !run.plan}
            onClick={() => void runRehearsed(store, run).then(onEnd)}
          >
            Run for real
          </button>
        )}
        <button type="button" className="quiet" disabled={isRunning} onClick={() => void forgetRun(store, run.id)}>
          Forget
        </button>
        <label className="inline">
          Compare with
          <select value={other} onChange={({ target }) => onCompare(target.value)}>
            <option value="">none</option>
            {others.map((one) => (
              <option key={one.id} value={one.id}>
                {new Date(one.at).toLocaleTimeString()} {nameOfRun(one)}
              </option>
            ))}
          </select>
        </label>
      </span>
    </header>
  )
}
