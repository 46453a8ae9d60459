import { Json } from '../shared/json'
import type { Event } from '../shared/server'
import { useTester } from '../store/tester'
import { outcomeWords, type Row } from './outcome-rows'

interface Props {
  row: Row
  event: Event
  onResend: () => void
}

/** One outcome: what was sent, what Marketo answered, and the event. */
export function OutcomeDetails({ row, event, onResend }: Props) {
  const isRunning = useTester((tester) => tester.run?.state === 'running')
  const { errormessage, errortype, fields, sent, body } = row.result?.outcome ?? {}
  const tries = row.result?.tries ?? 1
  return (
    <section aria-label={`Outcome of event ${row.event + 1}`} className="outcome-details" tabIndex={0}>
      <p className="row">
        <span className={`badge ${row.kind}`}>{outcomeWords(row)}</span>
        <span>
          event {row.event + 1}
          {row.who && ` (${row.who})`}
          {row.mappingName && ` by ${row.mappingName}`}
          {tries > 1 && `, sent ${tries} times`}
        </span>
        <button type="button" disabled={isRunning} onClick={onResend}>
          Send again
        </button>
      </p>
      {errormessage && <p className="problem">{errormessage}</p>}
      {!row.result && <p>{row.why}</p>}
      {errortype && <Json title="Error type" value={errortype} />}
      {fields && <Json title="Fields" value={fields} />}
      <Json title="Sent" value={sent} />
      <Json title="Marketo’s answer" value={body} />
      <Json title="Event" value={event} />
    </section>
  )
}
