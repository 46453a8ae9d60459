import type { JSONObject } from '@segment/actions-core'
import { isObject } from '../../dev/page/shared/manifest'
import type { Noting } from './migration'

/** @returns text, a number or a boolean as trimmed text; undefined where there is none */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim() || undefined
    : undefined
}

/**
 * The entries of a list, each with where it stands. Some are wrapped: `{"key": …, "value": {…}}`.
 * What is no entry is noted, and left out.
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

/**
 * Selects a trait or property by its name, as the classic destination did: of the top level, and never one inside an
 * object.
 */
export function selected(container: 'traits' | 'properties', name: string, where: string, note: Noting): JSONObject {
  if (/^[^.'"[\]]+$/.test(name)) return { '@path': `$.${container}.${name}` }
  // A path would go into objects at a dot, and drop quotes. Liquid takes the name as it is, and makes text of the value.
  if (name.includes('.')) {
    note(
      where,
      `is selected as the one named "${name}", with the dot. For a property inside an object, select $.${container}.${name}.`
    )
  }
  const quote = name.includes('"') ? "'" : '"'
  return { '@liquid': `{{ ${container}[${quote}${name}${quote}] }}` }
}
