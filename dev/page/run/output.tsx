import { useState } from 'react'
import type { Field } from '../shared/manifest'
import type { Event } from '../shared/server'
import { useTester } from '../store/tester'
import { PayloadPanel } from './payload-panel'
import { ResultPanel } from './result-panel'
import { RunBar } from './run-bar'
import type { Live } from './use-payload'
import { plural } from './words'

interface Props {
  /** What the user edits. On each edit, the payload is shown. */
  work: unknown[]
  /** Why the mapping does not take the event. */
  notTaken?: string
  live: Live
  fields: Record<string, Field>
  problems: { field?: string; words: string }[]
  events: Event[]
  isList: boolean
  /** A run has ended. */
  onEnd: () => void
}

/** The payload and the last run, side by side if there is room, else one at a time. */
export function Output({ work, notTaken, live, fields, problems, events, isList, onEnd }: Props) {
  const [shown, setShown] = useState<'payload' | 'result'>('payload')
  const [shownFor, setShownFor] = useState(work)
  const run = useTester((tester) => tester.run)
  const [shownRun, setShownRun] = useState(run?.id)
  if (shownFor.some((part, index) => part !== work[index])) {
    setShownFor(work)
    setShown('payload')
  }
  if (run?.id !== shownRun) {
    setShownRun(run?.id)
    setShown('result')
  }
  const tab = (name: 'payload' | 'result', title: string) => (
    <button type="button" aria-pressed={shown === name} onClick={() => setShown(name)}>
      {title}
    </button>
  )
  return (
    <div className="output" data-shown={shown}>
      <RunBar events={events} isList={isList} onRun={() => setShown('result')} onEnd={onEnd} />
      <div className="tabs">
        {tab('payload', problems.length ? `Payload · ${plural(problems.length, 'problem')}` : 'Payload')}
        {tab('result', 'Run')}
      </div>
      <section className="panel payload" aria-labelledby="payload-title">
        <PayloadPanel notTaken={notTaken} live={live} fields={fields} problems={problems} />
      </section>
      <section className="panel result" aria-labelledby="result-title" aria-busy={run?.state === 'running'}>
        <header className="panel-head">
          <h2 id="result-title">Run</h2>
        </header>
        <ResultPanel />
      </section>
    </div>
  )
}
