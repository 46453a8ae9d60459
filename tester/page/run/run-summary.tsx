import { NotWritten } from '../rehearsal/not-written'
import { PlanSummary } from '../rehearsal/plan-summary'
import { useTester, useTesterStore } from '../store/tester'
import { openIn, tallyOf, type RunRecord } from './run-record'
import { goOn, retry } from './running'
import { callsUsed, inWords, KINDS, plural, wordsFor } from './words'

/** How a run ended: counts that add up to its events, and what can still be done about them. */
export function RunSummaryLine({ run, onEnd }: { run: RunRecord; onEnd: () => void }) {
  const store = useTesterStore()
  const isRunning = useTester((tester) => tester.run?.state === 'running')
  const { calls, beacons } = callsUsed(run.exchanges)
  const tally = tallyOf(run)
  const words = wordsFor(run)
  const taken = run.events.length - tally.none
  const deliveries = tally.good + tally.wait + tally.bad + tally.open
  return (
    <>
      <div className="run-summary" role="status">
        <strong>{run.isRehearsal ? `Rehearsal of ${run.title}` : run.title}</strong>
        {run.isRehearsal && <NotWritten />}
        {KINDS.map((kind) =>
          tally[kind] ? (
            <span key={kind} className={`badge ${kind}`}>
              {inWords(tally[kind])} {words[kind]}
            </span>
          ) : null
        )}
        {run.state === 'stopped' && <span className="badge wait">stopped</span>}
        <span className="faint">
          {run.jobs && deliveries !== taken && `${plural(taken, 'event')} taken ${inWords(deliveries)} times · `}
          {!run.isRehearsal &&
            `${plural(calls, 'API call')} used${beacons ? `, ${plural(beacons, 'web visit')} sent` : ''} · `}
          {run.state === 'running' ? '' : `${inWords(run.ms)} ms`}
        </span>
      </div>
      {run.plan && <PlanSummary plan={run.plan} />}
      {run.jobs && !isRunning && deliveries === 0 && (
        <p className="verdict">No mapping that is on takes any of these events.</p>
      )}
      {!isRunning && !run.isRehearsal && (tally.wait > 0 || openIn(run).length > 0 || run.state === 'failed') && (
        <div className="row">
          {(tally.open > 0 || run.state === 'failed') && (
            <button type="button" className="primary" onClick={() => void goOn(store, run).then(onEnd)}>
              Continue
            </button>
          )}
          {tally.wait > 0 && (
            <>
              <button type="button" onClick={() => void retry(store, run, 'once').then(onEnd)}>
                Retry {inWords(tally.wait)} now
              </button>
              <button
                type="button"
                title="In rounds with growing pauses, until every event has another outcome"
                onClick={() => void retry(store, run, 'paced').then(onEnd)}
              >
                Retry as Segment would
              </button>
            </>
          )}
        </div>
      )}
    </>
  )
}
