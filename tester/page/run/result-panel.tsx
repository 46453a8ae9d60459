import { useState } from 'react'
import { CopyButton } from '../shared/copy-button'
import { download } from '../shared/download'
import { useTester, useTesterStore } from '../store/tester'
import { csvOf } from './csv'
import { curlOfRun } from './curl'
import { ExchangeList } from './exchange-list'
import { OutcomeTable } from './outcome-table'
import { RunSummaryLine } from './run-summary'
import { resend } from './running'

const PARTS = ['Outcomes', 'Exchanges'] as const

/** The run that is shown: the outcome of each event, the API calls, and what was sent to Marketo. */
export function ResultPanel({ onEnd }: { onEnd: () => void }) {
  const store = useTesterStore()
  const run = useTester((tester) => tester.run)
  const [part, setPart] = useState<(typeof PARTS)[number]>('Outcomes')
  if (!run) return <p className="empty">Run the events to see what is sent to Marketo, and what Marketo answers.</p>
  return (
    <div className="results" key={run.id}>
      <RunSummaryLine run={run} onEnd={onEnd} />
      {run.problem && <p className="verdict bad">{run.problem}</p>}
      <div className="row">
        <div className="tabs">
          {PARTS.map((name) => (
            <button key={name} type="button" aria-pressed={part === name} onClick={() => setPart(name)}>
              {name}
            </button>
          ))}
        </div>
        {run.state !== 'running' && (
          <span className="row end">
            <button
              type="button"
              className="quiet"
              onClick={() => download(`outcomes-${run.at.slice(0, 19)}.csv`, 'text/csv', csvOf(run))}
            >
              Download CSV
            </button>
            <CopyButton label="Copy run as curl" text={() => curlOfRun(run, location.origin)} />
          </span>
        )}
      </div>
      {part === 'Outcomes' ? (
        <OutcomeTable
          run={run}
          onResend={({ event, mapping }) => void resend(store, run, event, mapping).then(onEnd)}
        />
      ) : (
        <ExchangeList exchanges={run.exchanges} />
      )}
    </div>
  )
}
