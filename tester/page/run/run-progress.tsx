import { useEffect, useState } from 'react'
import { timeLeft, type Progress, type RunRecord } from './run-record'
import { inWords, plural } from './words'

interface Props {
  run: RunRecord
  progress?: Progress
  onStop: () => void
}

/** How far the run is, and a way to stop it. */
export function RunProgress({ run, progress, onStop }: Props) {
  const { done = 0, total = 1, isStopping = false, waitsUntil } = progress ?? {}
  const now = useNow()
  const left = progress && timeLeft(progress, Math.max(now, progress.since))
  return (
    <div className="run-bar">
      <button type="button" disabled={isStopping} onClick={onStop}>
        Stop
      </button>
      {/* Nobody knows how far a rehearsal is. */}
      <progress aria-label="Progress of the run" {...(!run.isRehearsal && { value: done, max: Math.max(total, 1) })} />
      <span className="faint numbers">{words()}</span>
    </div>
  )

  function words(): string {
    if (run.isRehearsal) return `Reading from Marketo… ${secondsIn(now - Date.parse(run.at))}`
    if (isStopping) return 'Waiting for the last batch…'
    if (waitsUntil !== undefined) return `Retries ${plural(total, 'event')} in ${secondsIn(waitsUntil - now)}`
    const counted = `${inWords(done)} of ${inWords(total)}`
    return left === undefined ? counted : `${counted} · ${secondsIn(left)} left`
  }
}

/** It counts down between two batches, too. */
function useNow(): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [])
  return now
}

function secondsIn(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`
}
