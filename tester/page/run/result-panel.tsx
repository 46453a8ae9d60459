import { CopyButton } from '../shared/copy-button'
import { download } from '../shared/download'
import { useTester } from '../store/tester'
import { csvOf } from './csv'
import { curlOfRun } from './curl'
import { ExchangeList } from './exchange-list'
import { OutcomeTable } from './outcome-table'
import { tallyOf, type RunRecord } from './run-record'
import { callsUsed, plural, TONE_WORDS, type Tone } from './words'

/** The run that is shown: the outcome of each event, the API calls, and what was sent to Marketo. */
export function ResultPanel() {
  const run = useTester((tester) => tester.run)
  if (!run) return <p className="empty">Run the events to see what is sent to Marketo, and what Marketo answers.</p>
  const { calls, beacons } = callsUsed(run.exchanges)
  const tally = Object.entries(tallyOf(run.results)) as [Tone, number][]
  return (
    <div className="results" key={run.id}>
      <div className="run-summary" role="status">
        <strong>{run.title}</strong>
        {tally.map(([tone, count]) =>
          count ? (
            <span key={tone} className={`badge ${tone}`}>
              {count.toLocaleString('en')} {TONE_WORDS[tone]}
            </span>
          ) : null
        )}
        <span className="faint">
          {plural(calls, 'API call')} used{beacons ? `, ${plural(beacons, 'web visit')} sent` : ''}
          {run.state === 'running' ? '' : ` · ${run.ms.toLocaleString('en')} ms`}
        </span>
        {run.state === 'stopped' && <span className="badge wait">stopped</span>}
      </div>
      {run.problem && <p className="verdict bad">{run.problem}</p>}
      {run.state !== 'running' && <Exports run={run} />}
      <OutcomeTable run={run} />
      <ExchangeList exchanges={run.exchanges} />
    </div>
  )
}

function Exports({ run }: { run: RunRecord }) {
  return (
    <div className="row">
      <button type="button" onClick={() => download(`outcomes-${run.at.slice(0, 19)}.csv`, 'text/csv', csvOf(run))}>
        Download CSV
      </button>
      <CopyButton label="Copy run as curl" text={() => curlOfRun(run, location.origin)} />
    </div>
  )
}
