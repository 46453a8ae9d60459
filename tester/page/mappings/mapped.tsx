import { createContext, useContext } from 'react'

/** What the mapping makes of the current event, by field. */
export const Mapped = createContext<Record<string, unknown>>({})

interface Props {
  /** The field, and for a field with keys, the key. */
  path: string[]
}

/** The value that a field gets from the current event. It stands beside the field's input. */
export function MappedValue({ path }: Props) {
  const value = path.reduce<unknown>(memberOf, useContext(Mapped))
  if (value === undefined) return <output className="mapped nothing">no value</output>
  const text = textOf(value)
  return (
    <output
      className="mapped"
      data-type={value === null ? 'null' : typeof value}
      title={text.length > MOST ? text : ''}
    >
      {text.length > MOST ? `${text.slice(0, MOST)}…` : text}
    </output>
  )
}

/** A whole payload has a place of its own. */
const MOST = 240

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined

function textOf(value: unknown): string {
  if (value === '') return 'empty text'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
