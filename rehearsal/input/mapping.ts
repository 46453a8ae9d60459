import type { JSONObject } from '@segment/actions-core'
import destination from '../../src'
import { isObject } from './json'
import { triggerProblem } from './trigger'

/** A mapping that takes part in a rehearsal. */
export interface Mapping {
  /** Unique among the mappings of a rehearsal. */
  name: string
  action: string
  /** Which events it takes, in Segment's query language. */
  subscribe: string
  mapping: JSONObject
}

/** Why the mappings of a file cannot be used, in words for who made the file. */
export class NoMapping extends Error {}

/**
 * Reads mappings as the tester page saves them (a list, one alone, or a scenario), the result of a migration, or subscriptions as
 * Segment's Public API returns them.
 * @returns the mappings that are on, and the names of those that are off
 * @throws NoMapping
 */
export function readMappings(json: unknown): { mappings: Mapping[]; off: string[] } {
  const mappings: Mapping[] = []
  const off: string[] = []
  for (const [index, entry] of entriesIn(json).entries()) {
    const read = readEntry(entry, `Mapping ${index + 1}`)
    if (entry.enabled === false) off.push(read.name)
    else mappings.push({ ...read, name: uniqueName(read.name, mappings) })
  }
  return { mappings, off }
}

function entriesIn(json: unknown): Record<string, unknown>[] {
  const data = isObject(json) && isObject(json.data) ? json.data : json
  const held = isObject(data) && isObject(data.scenario) ? data.scenario : data
  const list = isObject(held) ? held.subscriptions ?? held.mappings ?? held.subscription ?? held : held
  const entries: unknown[] = Array.isArray(list) ? list : [list]
  if (entries.length > 0 && entries.every(isObject)) return entries
  throw new NoMapping('It has no mappings: it must be a list of mappings, or the result of a migration.')
}

function readEntry(entry: Record<string, unknown>, where: string): Mapping {
  const action = textIn(entry, 'partnerAction') ?? textIn(entry, 'actionSlug') ?? textIn(entry, 'action')
  if (action === undefined || !Object.keys(destination.actions).includes(action)) {
    throw new NoMapping(`${where}: this destination has no action called ${action ?? 'nothing'}.`)
  }
  const { title, fields, hooks = {}, defaultSubscription } = destination.actions[action]
  const mapping = entry.mapping ?? entry.settings ?? {}
  if (!isObject(mapping)) throw new NoMapping(`${where}: its "mapping" is not an object.`)
  const unknown = Object.keys(mapping).filter(
    (name) => !(name in fields) && !(name in hooks) && !name.startsWith('__segment_internal')
  )
  if (unknown.length > 0) throw new NoMapping(`${where}: ${title} has no field called ${unknown.join(', ')}.`)
  const subscribe = textIn(entry, 'subscribe') ?? textIn(entry, 'trigger') ?? defaultSubscription ?? ''
  const problem = triggerProblem(subscribe)
  if (problem !== undefined) throw new NoMapping(`${where}: ${problem}`)
  return { name: textIn(entry, 'name') ?? title, action, subscribe, mapping: mapping as JSONObject }
}

function uniqueName(name: string, others: Mapping[]): string {
  const isTaken = (candidate: string) => others.some((other) => other.name === candidate)
  let unique = name
  for (let i = 2; isTaken(unique); i++) unique = `${name} (${i})`
  return unique
}

function textIn(entry: Record<string, unknown>, member: string): string | undefined {
  const value = entry[member]
  return typeof value === 'string' && value !== '' ? value : undefined
}
