import { createContext } from 'react'
import { pathOf } from '../../../migration/directive'
import { isObject, type Value } from '../shared/manifest'
import type { Event } from '../shared/server'

export interface PathValue {
  path: string
  value: unknown
}

/** The paths of the current event, which every input of a mapping offers. */
export const Paths = createContext<PathValue[]>([])

const MOST = 500

/** @returns every path of an event that a mapping can select, with its value: an object before its members */
export function pathsOf(event: Event | undefined): PathValue[] {
  const paths: PathValue[] = []
  const walk = (value: unknown, path: string) => {
    if (paths.length >= MOST) return
    if (path !== '$') paths.push({ path, value })
    if (!isObject(value)) return
    for (const [key, member] of Object.entries(value)) {
      // The framework's paths cannot express these.
      if (!/['".[\]]/.test(key)) walk(member, `${path}.${key}`)
    }
  }
  walk(event, '$')
  return paths
}

/** @returns the paths that contain all words of a text, in the path or in its value */
export function matchingPaths(paths: PathValue[], text: string): PathValue[] {
  const words = text
    .toLowerCase()
    .replace(/^\$\.?/, '')
    .split(/\s+/)
    .filter(Boolean)
  const found = paths.filter(({ path, value }) => {
    const searched = `${path} ${isObject(value) ? '' : shortOf(value)}`.toLowerCase()
    return words.every((word) => searched.includes(word))
  })
  // People nearly always look for a single value.
  return [...found.filter(({ value }) => !isObject(value)), ...found.filter(({ value }) => isObject(value))]
}

/** @returns a value in a few words */
export function shortOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? ''
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** A possible mistake in a value. */
export interface Doubt {
  words: string
  /** The path that the user may have meant. */
  meant?: string
}

/** @returns a possible mistake: text that is a path in this event, or a path without a value in it */
export function doubtOf(value: Value | undefined, paths: PathValue[]): Doubt | undefined {
  if (!paths.length) return undefined
  if (typeof value === 'string') {
    const meant = pathMeantBy(value, paths)
    return meant === undefined ? undefined : { words: 'This is text.', meant }
  }
  const path = pathOf(value)
  if (path === undefined || path === '$' || /[[\]]/.test(path)) return undefined
  const found = paths.find((one) => one.path === path)
  if (found && found.value !== null && found.value !== '') return undefined
  return { words: `This event has no value at ${path}.` }
}

/** The path meant by a name alone, `properties.order_id`, or a path without its dot, if this event has it. */
function pathMeantBy(text: string, paths: PathValue[]): string | undefined {
  const name = text.trim().replace(/^\$\.?/, '')
  if (name === '') return undefined
  const candidates = paths.filter(({ path }) => path === `$.${name}` || path.endsWith(`.${name}`))
  return candidates[0]?.path
}
