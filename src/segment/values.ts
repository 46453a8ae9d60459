import { PayloadValidationError } from '@segment/actions-core'

export type PlainValue = string | number | boolean

/**
 * A value of a key-value field as Marketo can hold it: an array of plain values is joined with `;`.
 * @param field how the message names the field, for example `Custom Fields > plan`
 * @returns undefined where there is no value, null where it is to be cleared
 * @throws PayloadValidationError for an object, or an array that holds one
 */
export function plainValue(value: unknown, field: string): PlainValue | null | undefined {
  if (value === null) return null
  if (value === '') return undefined
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value) && value.every((item) => item === null || typeof item !== 'object')) {
    return value.filter((item) => item !== null && item !== '').join(';') || undefined
  }
  throw new PayloadValidationError(
    `${field} holds an object, which a Marketo field cannot. Map one of the object's properties, or a list of plain values.`
  )
}
