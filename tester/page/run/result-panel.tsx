import { useState } from 'react'
import { LeadChanges } from '../rehearsal/lead-changes'
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
const PARTS_OF_REHEARSAL = ['Outcomes', 'Leads'] as const
type Part = (typeof PARTS | typeof PARTS_OF_REHEARSAL)[number]

/** The run that is shown: the outcome of each event, the API calls, and what was sent to Marketo. */
export function ResultPanel({ onEnd }: { onEnd: () => void }) {
  const store = useTesterStore()
  const run = useTester((tester) => tester.run)
  const [chosen, setChosen] = useState<Part>('Outcomes')
  const [lead, setLead] = useState<string>()
  if (!run) return <p className="empty">Run the events to see what is sent to Marketo, and what Marketo answers.</p>
  const parts: readonly Part[] = run.isRehearsal ? PARTS_OF_REHEARSAL : PARTS
  const part = parts.includes(chosen) ? chosen : 'Outcomes'
  const { plan } = run
  return (
    <div className="results" key={run.id}>
      <RunSummaryLine run={run} onEnd={onEnd} />
      {run.problem && <p className="verdict bad">{run.problem}</p>}
      <div className="row">
        <div className="tabs">
          {parts.map((name) => (
            <button key={name} type="button" aria-pressed={part === name} onClick={() => setChosen(name)}>
              {name}
            </button>
          ))}
        </div>
        {run.state !== 'running' && (
          <span className="row end">
            <button
              type="button"
              className="quiet"
              onClick={() =>
                download(
                  `${run.isRehearsal ? 'rehearsal' : 'outcomes'}-${run.at.slice(0, 19)}.csv`,
                  'text/csv',
                  csvOf(run)
                )
              }
            >
              Download CSV
            </button>
            {plan && (
              <button
                type="button"
                className="quiet"
                onClick={() => download('plan.json', 'application/json', JSON.stringify(plan, null, 2))}
              >
                Download plan
              </button>
            )}
            {!run.isRehearsal && <CopyButton label="Copy run as curl" text={() => curlOfRun(run, location.origin)} />}
          </span>
        )}
      </div>
      {part === 'Outcomes' && (
        <OutcomeTable
          run={run}
          onResend={({ event, mapping }) => void resend(store, run, event, mapping).then(onEnd)}
          onLead={(named) => {
            setLead(String(named))
            setChosen('Leads')
          }}
        />
      )}
      {part === 'Exchanges' && <ExchangeList exchanges={run.exchanges} />}
      {part === 'Leads' && plan && <LeadChanges plan={plan} chosen={lead} onChoose={setLead} />}
    </div>
  )
}
