import { isDirective, textOf } from '../migration/directive'
import { isObject } from '../migration/json'
import type { Value } from '../migration/json'
import { Refusal } from '../migration/refusal'
import destination from '../src'

/** A mapping of one action, as a person saved it. */
export interface CheckedMapping {
  name: string
  action: string
  fields: Record<string, Value>
}

/**
 * @param json mappings as the tester page copies them, a migration's result, or mappings as the Public API returns them
 * @throws Refusal for anything else
 */
export function mappingsIn(json: unknown): CheckedMapping[] {
  const list = listIn(json)
  const all = Array.isArray(list) ? list : [list]
  if (all.length === 0 || !all.every(isSubscription)) {
    throw new Refusal(
      'The mappings must be a list of mappings, each with "partnerAction" and "mapping", or the result of the migration.'
    )
  }
  return all.map(mappingIn)
}

/** The migration's result and the Public API wrap the list. */
function listIn(json: unknown): unknown {
  if (isSubscription(json) || !isObject(json)) return json
  return json.subscriptions ?? json.mappings
}

const isSubscription = (value: unknown): value is Record<string, Value> =>
  isObject(value) && (typeof value.partnerAction === 'string' || typeof value.actionSlug === 'string')

function mappingIn(json: Record<string, Value>): CheckedMapping {
  const action = textOf(json.partnerAction ?? json.actionSlug)
  if (!(action in destination.actions)) throw new Refusal(`The destination has no action called ${action}.`)
  const fields = json.mapping ?? json.settings
  const name = typeof json.name === 'string' && json.name !== '' ? json.name : destination.actions[action].title
  return { name, action, fields: isObject(fields) ? fields : {} }
}

/** What a field gets: the same value from every event, another one from each event, or nothing. */
export type Mapped = { literal: Value } | 'from the event' | undefined

export function mappedTo(value: Value | undefined): Mapped {
  if (value === undefined || value === null || value === '') return undefined
  return isDirective(value) ? 'from the event' : { literal: value }
}

/** The ID that a field has in every event; undefined if it has none, or another one in each event. */
export function idIn(value: Value | undefined): number | undefined {
  const mapped = mappedTo(value)
  if (mapped === undefined || mapped === 'from the event') return undefined
  const id = Number(mapped.literal)
  return Number.isSafeInteger(id) && id > 0 ? id : undefined
}

/** The names and values of a key-value field; undefined if the whole comes from the event. */
export const entriesIn = (value: Value | undefined): [string, Value][] | undefined =>
  value === undefined || value === null || value === ''
    ? []
    : isObject(value) && !isDirective(value)
    ? Object.entries(value)
    : undefined

/** What a hook returned when the mapping was saved. */
export function hookOutput({ fields }: CheckedMapping, hook: string, output: string): Value | undefined {
  const saved = fields[hook]
  const outputs = isObject(saved) ? saved.outputs : undefined
  return isObject(outputs) ? outputs[output] : undefined
}
