import { PayloadValidationError } from '@segment/actions-core'

/**
 * @param date what a date was read as
 * @param field the label of its field, for the message
 * @throws PayloadValidationError if it could not be read
 */
export function checkedDate<T>(date: T | undefined, field: string): T {
  if (date !== undefined) return date
  throw new PayloadValidationError(
    `${field} is not a date that Marketo can hold. Send it as ISO 8601, for example 2024-05-31T14:00:00Z.`
  )
}
