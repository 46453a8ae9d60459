import { PayloadValidationError } from '@segment/actions-core'
import { dayWritten, isSegmentDate, timeWritten } from './written-date'

/**
 * Reads a point in time the same way on every machine: without a zone, it is UTC.
 * @param field the label of the field, for the message
 * @throws PayloadValidationError if it is not a date, or outside the years 1 to 9999
 */
export function pointInTime(value: string | number, field: string): Date {
  return timeWritten(value) ?? notADate(field)
}

/** @returns the calendar day as it is written, in its own zone, as `YYYY-MM-DD` */
export function calendarDay(value: string | number, field: string): string {
  return dayWritten(value) ?? notADate(field)
}

/** @returns ISO 8601 with a zone, to the second */
export function isoTime(value: string | number, field: string): string {
  if (isSegmentDate(value) && value.endsWith('Z')) return `${value.slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}+00:00`
  return `${pointInTime(value, field).toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}+00:00`
}

function notADate(field: string): never {
  throw new PayloadValidationError(
    `${field} is not a date that Marketo can hold. Send it as ISO 8601, for example 2024-05-31T14:00:00Z.`
  )
}
