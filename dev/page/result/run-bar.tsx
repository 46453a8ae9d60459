import type { Variation } from '../event/events'
import { useStored } from '../shared/stored'

export interface RunPlan {
  batch: boolean
  /** How many variations of the one event; absent: what stands in the editor. */
  variations?: { count: number; who: Variation }
}

interface Props {
  isList: boolean
  disabled: boolean
  running: boolean
  onRun: (plan: RunPlan) => void
  onStop: () => void
}

const WHO: Variation[] = ['different people', 'the same person']
const MOST = 1000

export function RunBar({ isList, disabled, running, onRun, onStop }: Props) {
  const [count, setCount] = useStored('batch-count', 50)
  const [who, setWho] = useStored<Variation>('batch-who', WHO[0])
  const valid = Number.isInteger(count) && count >= 1 && count <= MOST
  if (running) {
    return (
      <div className="run-bar">
        <button type="button" onClick={onStop}>
          Stop waiting
        </button>
        <span className="faint">Running…</span>
      </div>
    )
  }
  return (
    <div className="run-bar">
      <button type="button" className="primary" disabled={disabled} onClick={() => onRun({ batch: false })}>
        {isList ? 'Run one by one' : 'Run once'}
      </button>
      <button
        type="button"
        disabled={disabled || !valid}
        onClick={() => onRun({ batch: true, variations: isList ? undefined : { count, who } })}
      >
        {isList ? 'Run as a batch' : 'Run a batch of'}
      </button>
      {!isList && (
        <span className="inline">
          <input
            type="number"
            aria-label="Events in the batch"
            aria-invalid={!valid || undefined}
            min={1}
            max={MOST}
            value={Number.isNaN(count) ? '' : count}
            onChange={({ target }) => setCount(target.valueAsNumber)}
          />
          <select
            aria-label="Who the events are about"
            value={who}
            onChange={({ target }) => setWho(target.value as Variation)}
          >
            {WHO.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </span>
      )}
    </div>
  )
}
