import type { Live } from '../payload/use-payload'
import { plural } from '../run/words'
import type { Field } from '../shared/manifest'

interface Props {
  /** Why the mapping does not take the event. */
  notTaken?: string
  live: Live
  fields: Record<string, Field>
  problems: { field?: string; words: string }[]
}

/** Whether Segment sends the current event to the action, and whether the action accepts it. */
export function Verdict({ notTaken, live: { mapped, problem }, fields, problems }: Props) {
  if (problem) return <p className="verdict bad">{problem}</p>
  if (!mapped) return <p className="verdict">Mapping…</p>
  if (notTaken !== undefined) {
    return <p className="verdict bad">Segment does not send this event to the mapping. {notTaken}</p>
  }
  if (!problems.length)
    return <p className="verdict good">Valid: Segment sends this to the action. The action accepts it.</p>
  return (
    <div className="verdict bad">
      This event fails ({plural(problems.length, 'problem')}):
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
