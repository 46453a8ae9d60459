import { PayloadValidationError } from '@segment/actions-core'
import type { JSONLike, JSONLikeObject } from '@segment/actions-core'
import type { Identity } from '../leads/identity'
import { keyFields } from '../leads/write'
import { utcDay } from '../segment/dates'
import { namesOf, TRAIT_NAMES } from '../segment/traits'
import { plainValue } from '../segment/values'
import type { Payload } from './generated-types'

/** Fields that say who the lead is: they are set from the identifiers, never from the custom fields. */
export const IDENTIFIERS = new Map([
  ['id', 'Marketo Lead ID'],
  ['email', 'Email'],
  ['userId', 'User ID'],
  ['anonymousId', 'Anonymous ID']
])

const TRAITS = Object.keys(TRAIT_NAMES) as (keyof typeof TRAIT_NAMES)[]

/**
 * The lead record that an event makes.
 * @throws PayloadValidationError for a value that Marketo cannot hold, naming the field
 */
export function recordOf(payload: Payload, identity: Identity): JSONLikeObject {
  const event = {
    ...payload,
    ...namesOf(payload),
    dateOfBirth: hasValue(payload.dateOfBirth) ? utcDay(payload.dateOfBirth, 'Date of Birth') : undefined
  }
  const standard = TRAITS.map((key) => [TRAIT_NAMES[key].rest, event[key]] as const)
  const custom = Object.entries(payload.customFields ?? {})
    .filter(([name]) => !IDENTIFIERS.has(name))
    .map(([name, value]) => [name, plainValue(value, `Custom Fields > ${name}`)] as const)
  const fields = [...custom, ...standard].filter(([, value]) => hasValue(value))
  // Unlike an assignment, this makes `__proto__` a field like any other.
  return Object.fromEntries<JSONLike>([...fields, ...Object.entries(keyFields(identity))])
}

/** One record of the records of several events about the same lead: later values over earlier ones. */
export function mergedRecord(records: JSONLikeObject[]): JSONLikeObject {
  return records.length === 1 ? records[0] : Object.fromEntries(records.flatMap((record) => Object.entries(record)))
}

/**
 * The value by which an event's lead is looked up, when the mapping names a field for that.
 * @throws PayloadValidationError when the event has none
 */
export function lookupValue(field: string, record: JSONLikeObject, { leadId }: Identity): string {
  const value = field === 'id' ? leadId : record[field]
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  const source = IDENTIFIERS.get(field) ?? `Custom Fields > ${field}`
  throw new PayloadValidationError(
    `Lookup Field is "${field}", but the event has no value for it. Map ${source}, or set Lookup Field to Automatic.`
  )
}

/** A null is a value: it clears the field. */
function hasValue<T>(value: T | undefined | ''): value is T {
  return value !== undefined && value !== ''
}
