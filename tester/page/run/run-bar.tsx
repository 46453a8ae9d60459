import { useEffect } from 'react'
import { nameOf, text, whoOf, type Variation } from '../events/events'
import { useEvents } from '../events/use-events'
import type { Marketo } from '../shared/server'
import { useStored } from '../shared/stored'
import { useTester, useTesterStore } from '../store/tester'
import { RunProgress } from './run-progress'
import { startRehearsal, startRun, stop, type Variations } from './running'
import { inWords, plural } from './words'

const WHO: Variation[] = ['different people', 'the same person']
const MOST = 1000

interface Props {
  marketo?: Marketo
  onEnd: () => void
}

/** What runs, in every view: the current event, all events, or variations of one. With a real Marketo, a rehearsal comes first. */
export function RunBar({ marketo, onEnd }: Props) {
  const store = useTesterStore()
  const run = useTester((tester) => tester.run)
  const progress = useTester((tester) => tester.progress)
  const { read, events, event, position } = useEvents()
  const isList = 'isList' in read && read.isList
  const nothing = !event
  const isReal = marketo?.kind === 'real'
  const begin = (which = events, variations?: Variations) => {
    if (!nothing) void startRun(store, which, variations).then(onEnd)
  }
  useEffect(() => {
    const press = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Enter' || !(pressed.ctrlKey || pressed.metaKey)) return
      if (pressed.target instanceof Element && pressed.target.closest('[role="dialog"]')) return
      pressed.preventDefault()
      begin()
    }
    // Before the editor, which itself uses these keys.
    window.addEventListener('keydown', press, true)
    return () => window.removeEventListener('keydown', press, true)
  })
  if (run?.state === 'running') return <RunProgress run={run} progress={progress} onStop={() => stop(store)} />
  return (
    <div className="run-bar">
      <span className="current-event">
        {event && (
          <>
            {isList && `Event ${inWords(position + 1)} of ${inWords(events.length)}: `}
            <b>{[text(event.type), nameOf(event)].filter(Boolean).join(' ')}</b> {whoOf(event)}
          </>
        )}
      </span>
      {isList && events.length > 1 && event && (
        <button type="button" onClick={() => begin([event])}>
          Run this event
        </button>
      )}
      {!isList && <Batch isPossible={!nothing} onRun={(variations) => begin(events, variations)} />}
      {isReal && (
        <button
          type="button"
          className="primary"
          disabled={nothing}
          title="Tells what a run would do. Only reads from Marketo."
          onClick={() => void startRehearsal(store, events).then(onEnd)}
        >
          {isList ? `Rehearse ${plural(events.length, 'event')}` : 'Rehearse'}
        </button>
      )}
      <button
        type="button"
        className={isReal ? undefined : 'primary'}
        disabled={nothing}
        title="Ctrl+Enter"
        onClick={() => begin()}
      >
        {isList ? `Run ${plural(events.length, 'event')}` : 'Run once'}
      </button>
    </div>
  )
}

function Batch({ isPossible, onRun }: { isPossible: boolean; onRun: (variations: Variations) => void }) {
  const [count, setCount] = useStored('batch-count', 50)
  const [who, setWho] = useStored<Variation>('batch-who', WHO[0])
  const valid = Number.isInteger(count) && count >= 1 && count <= MOST
  return (
    <span className="inline">
      <button type="button" disabled={!isPossible || !valid} onClick={() => onRun({ count, who })}>
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
  )
}
