import { PayloadValidationError } from '@segment/actions-core'
import type { JSONLikeObject } from '@segment/actions-core'
import type { Identity } from '../leads/who/keys'
import { keysIn } from '../leads/who/keys'
import { dayWritten } from '../marketo/values/written-date'
import { TRAITS } from '../segment/traits'
import { plainValues } from '../segment/values'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'
import { textsOf, TRAIT_FIELDS } from './trait-texts'

/** Fields that identify the lead. They come from the identifiers, never from the custom fields. */
export const IDENTIFIERS = new Map([
  ['id', 'Marketo Lead ID'],
  ['email', 'Email'],
  ['userId', 'User ID'],
  ['anonymousId', 'Anonymous ID']
])

/**
 * The lead record of an event.
 * @param leaveOut receives what Marketo would refuse and the lead does without: custom fields that are really identifiers, and a
 * birthday that is no date
 * @throws PayloadValidationError for a value that Marketo cannot hold; the message names the field
 */
export function leadRecord(payload: Payload, identity: Identity, leaveOut?: LeaveOut): JSONLikeObject {
  const record = payload.customFields ? customRecordOf(payload.customFields, leaveOut) : {}
  const texts = textsOf(payload)
  for (const key of TRAIT_FIELDS) {
    const { rest, type, yields } = TRAITS[key]
    if (yields && rest in record) continue
    const text = texts[key]
    const value = text !== undefined && type === 'date' ? dayIn(text, leaveOut) : text
    if (value !== undefined) record[rest] = value
  }
  return Object.assign(record, keysIn(identity))
}

/** An unreadable birthday is no reason to lose the lead. */
function dayIn(text: string, leaveOut?: LeaveOut): string | undefined {
  const day = dayWritten(text)
  if (day === undefined) {
    leaveOut?.('Date of Birth: it is not a date that Marketo can hold. Send it as ISO 8601, for example 1988-02-20.')
  }
  return day
}

function customRecordOf(customFields: Record<string, unknown>, leaveOut?: LeaveOut): JSONLikeObject {
  const isCustom = (name: string) => {
    if (IDENTIFIERS.has(name)) leaveOut?.(`Custom Fields > ${name}`)
    return !IDENTIFIERS.has(name)
  }
  return Object.fromEntries(plainValues(customFields, 'Custom Fields', isCustom))
}

/** The REST API names of the fields that traits fill. */
const STANDARD_FIELDS: ReadonlySet<string> = new Set(Object.values(TRAITS).map(({ rest }) => rest))

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
