import type { LeadName } from '../../../rehearsal/plan/contract'
import { Json } from '../shared/json'
import { useTester } from '../store/tester'
import type { Row } from './outcome-rows'
import type { RunRecord } from './run-record'

interface Props {
  run: RunRecord
  row: Row
  onResend: () => void
  onLead: (lead: LeadName) => void
}

/** One outcome: what was sent, what Marketo answered, and the event. */
export function OutcomeDetails({ run, row, onResend, onLead }: Props) {
  const isRunning = useTester((tester) => tester.run?.state === 'running')
  const { errormessage, errortype, fields, sent, body } = row.result?.outcome ?? {}
  const { lead, tries = 1 } = row.result ?? {}
  const doubts = run.plan?.unknown.filter(({ event }) => event === row.event) ?? []
  return (
    <section aria-label={`Outcome of event ${row.event + 1}`} className="outcome-details" tabIndex={0}>
      <p className="row">
        <span className={`badge ${row.kind}`}>{row.outcome}</span>
        <span>
          event {row.event + 1}
          {row.who && ` (${row.who})`}
          {row.mappingName && ` by ${row.mappingName}`}
          {tries > 1 && `, sent ${tries} times`}
        </span>
        {!run.isRehearsal && (
          <button type="button" disabled={isRunning} onClick={onResend}>
            Send again
          </button>
        )}
        {lead !== undefined && (
          <button type="button" onClick={() => onLead(lead)}>
            Show lead {lead}
          </button>
        )}
      </p>
      {errormessage && <p className="problem">{errormessage}</p>}
      {doubts.map(({ why }) => (
        <p key={why} className="problem">
          Unknown: {why}.
        </p>
      ))}
      {!row.result && <p>{row.why}</p>}
      {errortype && <Json title="Error type" value={errortype} />}
      {fields && <Json title="Fields" value={fields} />}
      <Json title="Sent" value={sent} />
      <Json title={run.isRehearsal ? 'Values that Marketo would refuse' : 'Marketo’s answer'} value={body} />
      <Json title="Event" value={run.events[row.event]} />
    </section>
  )
}
