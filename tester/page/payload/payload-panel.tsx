import { JsonEditor } from '../shared/json-editor'
import type { Field } from '../shared/manifest'
import type { Live } from './use-payload'

interface Props {
  /** Why the mapping does not take the event. */
  notTaken?: string
  live: Live
  fields: Record<string, Field>
  problems: { field?: string; words: string }[]
}

/** The payload that the mapping makes of the event, updated while the user types. */
export function PayloadPanel({ notTaken, live, fields, problems }: Props) {
  const { mapped, problem } = live
  return (
    <>
      <header className="panel-head">
        <h2 id="payload-title">Payload</h2>
      </header>
      <Verdict {...{ notTaken, live, fields, problems }} />
      <div className={problem ? 'stale fill' : 'fill'}>
        <JsonEditor
          label="Payload"
          text={mapped?.payload === undefined ? '' : JSON.stringify(mapped.payload, null, 2)}
        />
      </div>
    </>
  )
}

function Verdict({ notTaken, live: { mapped, problem }, fields, problems }: Props) {
  if (problem) return <p className="verdict bad">{problem}</p>
  if (!mapped) return <p className="verdict">Mapping…</p>
  if (notTaken !== undefined) {
    return <p className="verdict bad">Segment does not send this event to the mapping. {notTaken}</p>
  }
  if (!problems.length) {
    return <p className="verdict good">Valid: Segment sends this to the action.</p>
  }
  return (
    <div className="verdict bad">
      Segment rejects this event:
      <ul>
        {problems.map(({ field, words }) => (
          <li key={words}>
            {field && <strong>{fields[field]?.label ?? field}: </strong>}
            {words}
          </li>
        ))}
      </ul>
    </div>
  )
}
