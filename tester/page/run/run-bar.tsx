import { useEffect, useState } from 'react'
import type { Variation } from '../events/events'
import type { Event } from '../shared/server'
import { useStored } from '../shared/stored'
import { useTester, useTesterStore } from '../store/tester'
import { timeLeft, type Progress } from './run-record'
import { goOn, startRun, stop, type Variations } from './running'
import { inWords, plural } from './words'

interface Props {
  events: Event[]
  isList: boolean
  onEnd: () => void
}

const WHO: Variation[] = ['different people', 'the same person']
const MOST = 1000

export function RunBar({ events, isList, onEnd }: Props) {
  const store = useTesterStore()
  const run = useTester((tester) => tester.run)
  const progress = useTester((tester) => tester.progress)
  const [count, setCount] = useStored('batch-count', 50)
  const [who, setWho] = useStored<Variation>('batch-who', WHO[0])
  const valid = Number.isInteger(count) && count >= 1 && count <= MOST
  const nothing = events.length === 0
  const begin = (variations?: Variations) => {
    if (nothing) return
    void startRun(store, events, variations).then(onEnd)
  }
  useEffect(() => {
    const press = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Enter' || !(pressed.ctrlKey || pressed.metaKey)) return
      pressed.preventDefault()
      begin()
    }
    // Before the editor, which itself uses these keys.
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  })
  if (run?.state === 'running') return <Running progress={progress} onStop={() => stop(store)} />
  return (
    <div className="run-bar">
      <button type="button" className="primary" disabled={nothing} title="Ctrl+Enter" onClick={() => begin()}>
        {isList ? `Run ${plural(events.length, 'event')}` : 'Run once'}
      </button>
      {(run?.state === 'stopped' || run?.state === 'failed') && (
        <button type="button" onClick={() => void goOn(store, run).then(onEnd)}>
          Continue
        </button>
      )}
      {!isList && (
        <span className="inline">
          <button type="button" disabled={nothing || !valid} onClick={() => begin({ count, who })}>
            Run a batch of
          </button>
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

function Running({ progress, onStop }: { progress?: Progress; onStop: () => void }) {
  const { done = 0, total = 1, isStopping = false } = progress ?? {}
  const left = useTimeLeft(progress)
  return (
    <div className="run-bar">
      <button type="button" disabled={isStopping} onClick={onStop}>
        Stop
      </button>
      <progress aria-label="Progress of the run" value={done} max={Math.max(total, 1)} />
      <span className="faint numbers">
        {isStopping ? 'Waiting for the last batch…' : `${inWords(done)} of ${inWords(total)}`}
        {!isStopping && left !== undefined && ` · ${left} left`}
      </span>
    </div>
  )
}

/** In whole seconds, counting down between two batches. */
function useTimeLeft(progress?: Progress): string | undefined {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  const left = progress && timeLeft(progress, Math.max(now, progress.since))
  if (left === undefined) return undefined
  const seconds = Math.max(1, Math.round(left / 1000))
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
