import { JsonEditor } from '../shared/json-editor'
import type { Field } from '../shared/manifest'
import type { Live } from './use-payload'

interface Props {
  /** Why the mapping's trigger does not let the event through. */
  notTaken?: string
  live: Live
  fields: Record<string, Field>
  /** Absent: the editor holds one event. */
  list?: { length: number; chosen: number; onChoose: (index: number) => void }
}

/** What the mapping makes of the event, as it is typed. */
export function PayloadPanel({ notTaken, live, fields, list }: Props) {
  const { mapped, pending, problem } = live
  return (
    <>
      <header className="panel-head">
        <h2 id="payload-title">Payload</h2>
      </header>
      {list && <EventChooser {...list} />}
      <Verdict notTaken={notTaken} mapped={mapped} problem={problem} pending={pending} fields={fields} />
      <div className={problem ? 'stale fill' : 'fill'}>
        <JsonEditor
          label="Payload"
          text={mapped?.payload === undefined ? '' : JSON.stringify(mapped.payload, null, 2)}
        />
      </div>
    </>
  )
}

function EventChooser({ length, chosen, onChoose }: NonNullable<Props['list']>) {
  return (
    <label className="inline event-chooser">
      of event
      <select value={chosen} onChange={({ target }) => onChoose(Number(target.value))}>
        {Array.from({ length }, (_, index) => (
          <option key={index} value={index}>
            {index + 1} of {length}
          </option>
        ))}
      </select>
    </label>
  )
}

function Verdict({
  notTaken,
  mapped,
  problem,
  pending,
  fields
}: Pick<Live, 'mapped' | 'problem' | 'pending'> & Pick<Props, 'fields' | 'notTaken'>) {
  if (problem) return <p className="verdict bad">{problem}</p>
  if (!mapped) return <p className="verdict">Mapping…</p>
  const tone = pending ? 'pending' : ''
  if (notTaken !== undefined) {
    return <p className={`verdict bad ${tone}`}>Segment does not hand this event to the mapping. {notTaken}</p>
  }
  if (!mapped.problems.length) {
    return <p className={`verdict good ${tone}`}>Valid: Segment hands this to the action.</p>
  }
  return (
    <div className={`verdict bad ${tone}`}>
      Segment rejects this event:
      <ul>
        {mapped.problems.map(({ field, message }) => (
          <li key={message}>
            {field && <strong>{fields[field]?.label ?? field}: </strong>}
            {message}
          </li>
        ))}
      </ul>
    </div>
  )
}
