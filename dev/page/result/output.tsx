import { useState } from 'react'
import type { Field } from '../shared/manifest'
import { PayloadPanel } from './payload-panel'
import { ResultPanel } from './result-panel'
import { RunBar, type RunPlan } from './run-bar'
import type { Live } from './use-payload'
import type { Running } from './use-run'
import { plural } from './words'

interface Props {
  /** What is edited. As soon as it is, its payload is what matters. */
  work: unknown[]
  /** Why the mapping's trigger does not let the event through. */
  notTaken?: string
  live: Live
  fields: Record<string, Field>
  list?: { length: number; chosen: number; onChoose: (index: number) => void }
  isList: boolean
  canRun: boolean
  running: Running
  onRun: (plan: RunPlan) => void
}

/** What comes of it: the payload and the last run, side by side where there is room, else one at a time. */
export function Output({ work, notTaken, live, fields, list, isList, canRun, running, onRun }: Props) {
  const [shown, setShown] = useState<'payload' | 'result'>('payload')
  const [shownFor, setShownFor] = useState(work)
  if (shownFor.some((part, index) => part !== work[index])) {
    setShownFor(work)
    setShown('payload')
  }
  const problems = live.mapped?.problems.length
  const tab = (name: 'payload' | 'result', title: string) => (
    <button type="button" aria-pressed={shown === name} onClick={() => setShown(name)}>
      {title}
    </button>
  )
  return (
    <div className="output" data-shown={shown}>
      <RunBar
        isList={isList}
        disabled={!canRun}
        running={running.isRunning}
        onStop={running.stop}
        onRun={(plan) => {
          setShown('result')
          onRun(plan)
        }}
      />
      <div className="tabs">
        {tab('payload', problems ? `Payload · ${plural(problems, 'problem')}` : 'Payload')}
        {tab('result', 'Run')}
      </div>
      <section className="panel payload" aria-labelledby="payload-title">
        <PayloadPanel notTaken={notTaken} live={live} fields={fields} list={list} />
      </section>
      <section className="panel result" aria-labelledby="result-title" aria-busy={running.isRunning}>
        <header className="panel-head">
          <h2 id="result-title">Run</h2>
        </header>
        <ResultPanel ran={running.ran} />
      </section>
    </div>
  )
}
