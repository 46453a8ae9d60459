import { PayloadValidationError } from '@segment/actions-core'
import type { JSONLike, JSONLikeObject } from '@segment/actions-core'
import type { Identity } from '../leads/who/identity'
import { keysIn } from '../leads/who/event'
import { calendarDay } from '../marketo/dates'
import { namesOf, TRAIT_NAMES } from '../segment/traits'
import { isEmpty, plainValue } from '../segment/values'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'

/** Fields that identify the lead. They come from the identifiers, never from the custom fields. */
export const IDENTIFIERS = new Map([
  ['id', 'Marketo Lead ID'],
  ['email', 'Email'],
  ['userId', 'User ID'],
  ['anonymousId', 'Anonymous ID']
])

const TRAITS = Object.keys(TRAIT_NAMES) as (keyof typeof TRAIT_NAMES)[]

/**
 * The lead record of an event.
 * @param leaveOut receives custom fields that are really identifiers
 * @throws PayloadValidationError for a value that Marketo cannot hold; the message names the field
 */
export function leadRecord(payload: Payload, identity: Identity, leaveOut?: LeaveOut): JSONLikeObject {
  const record = payload.customFields ? customRecordOf(payload.customFields, leaveOut) : {}
  const { firstName, lastName } = namesOf(payload)
  const standard = { ...payload, firstName, lastName, dateOfBirth: birthdayOf(payload) }
  for (const key of TRAITS) {
    const value = standard[key]
    if (!isEmpty(value)) record[TRAIT_NAMES[key].rest] = value
  }
  return Object.assign(record, keysIn(identity))
}

function customRecordOf(customFields: Record<string, unknown>, leaveOut?: LeaveOut): JSONLikeObject {
  const custom: [string, JSONLike][] = []
  for (const [name, mapped] of Object.entries(customFields)) {
    if (IDENTIFIERS.has(name)) {
      leaveOut?.(`Custom Fields > ${name}`)
      continue
    }
    const value = plainValue(mapped, `Custom Fields > ${name}`)
    // A null is a value: it clears the field.
    if (value !== undefined) custom.push([name, value])
  }
  // Unlike an assignment, this makes `__proto__` a field like any other.
  return Object.fromEntries(custom)
}

/** The REST API names of the fields that traits fill. */
const STANDARD_FIELDS: ReadonlySet<string> = new Set(TRAITS.map((key) => TRAIT_NAMES[key].rest))

/** The optional fields of a record: those that the customer neither named nor uses as lookup field. */
export function optionalFields({ customFields, lookupField }: Payload): ReadonlySet<string> {
  const demanded = Object.keys(customFields ?? {}).filter((name) => STANDARD_FIELDS.has(name))
  if (lookupField && STANDARD_FIELDS.has(lookupField)) demanded.push(lookupField)
  if (demanded.length === 0) return STANDARD_FIELDS
  return new Set([...STANDARD_FIELDS].filter((name) => !demanded.includes(name)))
}

/**
 * The value of the lookup field, if the mapping names one.
 * @throws PayloadValidationError if the event has none
 */
export function lookupValue(field: string, record: JSONLikeObject, { leadId }: Identity): string {
  const value = field === 'id' ? leadId : record[field]
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  const source = IDENTIFIERS.get(field) ?? `Custom Fields > ${field}`
  throw new PayloadValidationError(
    `Lookup Field is "${field}", but the event has no value for it. Map ${source}, or set Lookup Field to Automatic.`
  )
}

function birthdayOf({ dateOfBirth }: Payload): string | undefined {
  if (dateOfBirth === undefined || isEmpty(dateOfBirth)) return undefined
  return calendarDay(dateOfBirth, 'Date of Birth')
}
