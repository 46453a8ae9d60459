import type { Run } from '../shared/server'
import { ExchangeList } from './exchange-list'
import { OutcomeList } from './outcome-list'
import { callsUsed, plural, tally } from './words'

/** The last run, with how long the page waited for it. */
export type Ran =
  | { state: 'none' }
  | { state: 'done'; run: Run; ms: number; title: string; number: number }
  | { state: 'failed'; problem: string }

export function ResultPanel({ ran }: { ran: Ran }) {
  if (ran.state === 'none') {
    return <p className="empty">Run the event to see what is sent to Marketo, and what Marketo answers.</p>
  }
  if (ran.state === 'failed') return <p className="verdict bad">{ran.problem}</p>
  const { run, ms, title, number } = ran
  const { calls, beacons } = callsUsed(run.exchanges)
  return (
    <div className="results" key={number}>
      <div className="run-summary" role="status">
        <strong>{title}</strong>
        {tally(run.outcomes).map(({ tone, words }) => (
          <span key={words} className={`badge ${tone}`}>
            {words}
          </span>
        ))}
        <span className="faint">
          {plural(calls, 'API call')} used{beacons ? `, ${plural(beacons, 'web visit')} sent` : ''} · {ms} ms
        </span>
      </div>
      <OutcomeList outcomes={run.outcomes} />
      <ExchangeList exchanges={run.exchanges} />
    </div>
  )
}
