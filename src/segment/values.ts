import { PayloadValidationError } from '@segment/actions-core'
import { isPlain } from '../marketo/values/convert'
import type { PlainValue } from '../marketo/values/convert'

export type { PlainValue }

/** Receives the name of each value that Marketo does not get, so that the outcome can list it. */
export type LeaveOut = (what: string) => void

/**
 * A value of a key-value field as Marketo can hold it: an array of plain values is joined with `;`. Such an array may also come
 * as JSON text, as reverse ETL writes it.
 * @param field how the message names the field, for example `Custom Fields > plan`
 * @returns undefined if there is no value, null if the field is to be cleared
 * @throws PayloadValidationError for a non-empty object, an array with one, or NaN and infinity
 */
export function plainValue(mapped: unknown, field: string): PlainValue | null | undefined {
  if (mapped === null) return null
  const value = plainListIn(mapped) ?? mapped
  if (isEmpty(value)) return undefined
  // As JSON such a number would be null, which clears the field.
  if (isNoNumber(value) || (Array.isArray(value) && value.some(isNoNumber))) {
    throw new PayloadValidationError(`${field} is not a number, or is too large to be one. Map another value.`)
  }
  if (isPlain(value)) return trimmed(value)
  const items = Array.isArray(value) ? value.filter((item) => item !== null && !isEmpty(item)) : [value]
  if (items.every(isPlain)) return items.map(trimmed).join(';')
  throw objectRefusal(field)
}

/**
 * The values of a key-value field by the names that they are mapped to, without those that are empty; null clears a field.
 * @param label of the key-value field
 * @param isOurs whether a name is one of the key-value field's; the others are left out
 * @throws PayloadValidationError as {@link plainValue} does
 */
export function plainValues(
  mapped: Readonly<Record<string, unknown>>,
  label: string,
  isOurs: (name: string) => boolean = () => true
): Map<string, PlainValue | null> {
  // A map, because in an object `__proto__` would not be a field like any other.
  const values = new Map<string, PlainValue | null>()
  for (const [name, mappedValue] of Object.entries(mapped)) {
    const value = isOurs(name) ? plainValue(mappedValue, `${label} > ${name}`) : undefined
    if (value !== undefined) values.set(name, value)
  }
  return values
}

export const objectRefusal = (field: string): PayloadValidationError =>
  new PayloadValidationError(
    `${field} holds an object, which a Marketo field cannot. Map one of the object's properties, or a list of plain values.`
  )

/** Whether a value is an object, or a list that has one, and is not empty. */
export function holdsObject(value: unknown): boolean {
  if (value === null || isEmpty(value)) return false
  const items = Array.isArray(value) ? value.filter((item) => !isEmpty(item)) : [value]
  return items.some((item) => typeof item === 'object' && item !== null)
}

/** @returns the value without spaces around it, if it is text */
const trimmed = <T>(value: T): T | string => (typeof value === 'string' ? value.trim() : value)

/** @returns the list or object that a text is as JSON; undefined for any other value */
export function jsonIn(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return undefined
  try {
    return JSON.parse(value)
  } catch {
    return undefined
  }
}

function plainListIn(value: unknown): unknown[] | undefined {
  const json = jsonIn(value)
  return Array.isArray(json) && json.every((item) => item === null || isPlain(item)) ? json : undefined
}

/** Empty means absent: blank text, and lists and objects without values. PHP sends `[]` for an empty object. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.every((item) => item === null || isEmpty(item))
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

/** @returns the date, or now if there is none */
export function orNow(value: string | number | undefined): string | number {
  return value === undefined || isEmpty(value) ? new Date().toISOString() : value
}

function isNoNumber(value: unknown): boolean {
  return typeof value === 'number' && !Number.isFinite(value)
}
