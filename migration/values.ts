import type { JSONObject } from '@segment/actions-core'
import { isObject } from './json'
import type { Noting } from './migration'

/** @returns text, a number or a boolean as text, with spaces; undefined for anything else */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return undefined
  return String(value).trim() === '' ? undefined : String(value)
}

/**
 * The entries of a list, each with its place. Some are wrapped: `{"key": …, "value": {…}}`.
 * Anything else is noted and left out.
 */
export function entriesOf(where: string, list: unknown, note: Noting): [where: string, entry: JSONObject][] {
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) {
    note(where, 'is not a list, and is not carried over.')
    return []
  }
  return list.flatMap((entry: unknown, i): [string, JSONObject][] => {
    const unwrapped = isObject(entry) && isObject(entry.value) ? entry.value : entry
    if (isObject(unwrapped)) return [[`${where}[${i}]`, unwrapped]]
    note(`${where}[${i}]`, 'is not an object, and is not carried over.')
    return []
  })
}

/** @returns the path of a trait or property; undefined, with a note, if a path cannot contain its name */
export function pathTo(container: string, name: string, where: string, note: Noting): string | undefined {
  const path = `$.${container}.${name}`
  if (/['"]/.test(name)) {
    note(
      where,
      `has a quote in its name (${name}), which a mapping cannot select, and is not carried over. Rename it, then enable the mapping.`,
      'by hand'
    )
    return undefined
  }
  if (/[.[\]]/.test(name)) {
    note(
      where,
      `is now ${path}, a property inside an object. Rename it, if the dot or bracket is part of its own name.`
    )
  }
  return path
}

/** Notes fields whose values the classic destination converted to a type, which this one does not. */
export class TypeNotes {
  private readonly typed: string[] = []

  constructor(private readonly where: string) {}

  add(name: string, type: unknown): void {
    const known = textOf(type)?.toLowerCase()
    if (known !== undefined && !TEXTS.has(known)) this.typed.push(`${name} (${FORMATS.get(known) ?? known})`)
  }

  noteTo(note: Noting): void {
    if (this.typed.length === 0) return
    note(
      this.where,
      `had values converted to types, which is not carried over. Send values of these types: ${this.typed.join(', ')}.`
    )
  }
}

/** Marketo's types whose values are text, which needed no conversion. */
const TEXTS = new Set(['string', 'text', 'email', 'phone', 'url'])

/** The format of types that JSON does not have. */
const FORMATS = new Map([
  ['date', 'date, as 2024-05-31'],
  ['datetime', 'datetime, as 2024-05-31T14:00:00Z']
])
