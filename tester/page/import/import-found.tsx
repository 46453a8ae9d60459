import { plural } from '../run/words'
import type { Found } from './recognize'

interface Props {
  found: Found
  isEmpty: boolean
  /** How the file was read. */
  note: string
}

const MOST_PROBLEMS = 500

/** What an import would do, how the text was read, and what cannot be read. */
export function ImportFound({ found, isEmpty, note }: Props) {
  const { problems, notes = [] } = found
  const told = [...(note ? [note] : []), ...notes]
  if (isEmpty) return null
  return (
    <>
      <p>{wordsFor(found)}</p>
      {told.map((one) => (
        <p key={one} className="doubt">
          {one}
        </p>
      ))}
      {problems.length > 0 && (
        <ul className="problems" aria-label="What cannot be read" tabIndex={0}>
          {problems.slice(0, MOST_PROBLEMS).map(({ line, what }, index) => (
            <li key={index}>{line === undefined ? what : `Line ${line}: ${what}`}</li>
          ))}
          {problems.length > MOST_PROBLEMS && <li>and {problems.length - MOST_PROBLEMS} more</li>}
        </ul>
      )}
    </>
  )
}

function wordsFor(found: Found): string {
  const unread = found.problems.length ? ` ${plural(found.problems.length, 'problem')}:` : ''
  switch (found.kind) {
    case 'events':
      return `${plural(found.events.length, 'event')}.${unread}`
    case 'mappings':
      return `${plural(found.mappings.length, 'mapping')}, added to the existing ones.${unread}`
    case 'destination':
      return `A destination with ${plural(found.mappings.length, 'mapping')}, which replace the existing ones.${unread}`
    case 'scenario':
      return 'A scenario, which replaces everything.'
    case 'nothing':
      return 'Nothing that can be imported.'
  }
}
