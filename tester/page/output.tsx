import { PayloadPanel } from './payload/payload-panel'
import type { Live } from './payload/use-payload'
import { ResultPanel } from './run/result-panel'
import { RunBar } from './run/run-bar'
import { plural } from './run/words'
import type { Field } from './shared/manifest'
import type { Event } from './shared/server'
import { useTester } from './store/tester'

interface Props {
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
export function Output({ notTaken, live, fields, problems, events, isList, onEnd }: Props) {
  const shown = useTester((tester) => tester.shown)
  const show = useTester((tester) => tester.show)
  const isRunning = useTester((tester) => tester.run?.state === 'running')
  const tab = (name: 'payload' | 'result', title: string) => (
    <button type="button" aria-pressed={shown === name} onClick={() => show({ shown: name })}>
      {title}
    </button>
  )
  return (
    <div className="output" data-shown={shown}>
      <RunBar events={events} isList={isList} onEnd={onEnd} />
      <div className="tabs">
        {tab('payload', problems.length ? `Payload · ${plural(problems.length, 'problem')}` : 'Payload')}
        {tab('result', 'Run')}
      </div>
      <section className="panel payload" aria-labelledby="payload-title">
        <PayloadPanel notTaken={notTaken} live={live} fields={fields} problems={problems} />
      </section>
      <section className="panel result" aria-labelledby="result-title" aria-busy={isRunning}>
        <header className="panel-head">
          <h2 id="result-title">Run</h2>
        </header>
        <ResultPanel />
      </section>
    </div>
  )
}
