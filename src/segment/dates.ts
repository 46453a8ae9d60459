import { PayloadValidationError } from '@segment/actions-core'

const ISO_DAY = /^\d{4}-\d{2}-\d{2}/
const ISO_WITHOUT_ZONE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?$/
const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})$/
const YEAR_OR_MONTH = /^\d{4}(?:-\d{2})?$/
const SECONDS_OR_MILLISECONDS = /^(?:-\d+|\d{9,})$/
const NAMES_ZONE = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*(?:\([^)]*\))?$/i

/** A date with its zone in words is shorter; what is longer takes too long to be taken apart. */
const LONGEST = 100

/** Longer numbers are milliseconds since 1970, others are seconds. */
const SECONDS_DIGITS = 11

const FIRST_YEAR = Date.parse('0001-01-01')
const LAST_YEAR = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Reads a point in time the same way on every machine: what names no zone is UTC.
 * @param field the label of the field, for the message
 * @throws PayloadValidationError when it is no date, or outside of the years 1 to 9999
 */
export function pointInTime(value: string | number, field: string): Date {
  const time = parse(value)
  if (time >= FIRST_YEAR && time <= LAST_YEAR) return new Date(time)
  throw new PayloadValidationError(
    `${field} is not a date that Marketo can hold. Send it as ISO 8601, for example 2024-05-31T14:00:00Z.`
  )
}

/** @returns the day in UTC, as `YYYY-MM-DD` */
export function utcDay(value: string | number, field: string): string {
  return pointInTime(value, field).toISOString().slice(0, 'YYYY-MM-DD'.length)
}

/** @returns ISO 8601 with a zone, to the second */
export function isoTime(value: string | number, field: string): string {
  return `${pointInTime(value, field).toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}+00:00`
}

/** @returns milliseconds since 1970, or NaN */
function parse(value: string | number): number {
  const text = String(value).trim()
  if (text.length > LONGEST) return NaN
  if (typeof value === 'number' || SECONDS_OR_MILLISECONDS.test(text)) {
    return Number(text) * (text.replace('-', '').length > SECONDS_DIGITS ? 1 : 1_000)
  }
  const iso = text.replace(COMPACT_DAY, '$1-$2-$3')
  const [day] = ISO_DAY.exec(iso) ?? []
  if (day && !names(day, Date.parse(day))) return NaN
  const [, isoDay, isoTime = '00:00'] = ISO_WITHOUT_ZONE.exec(iso) ?? []
  if (isoDay) return Date.parse(`${isoDay}T${isoTime}Z`)
  if (NAMES_ZONE.test(iso) || YEAR_OR_MONTH.test(iso)) return Date.parse(iso)
  const time = Date.parse(`${iso} UTC`)
  return names(iso, time) ? time : NaN
}

/** Whether a day is among the numbers of a text: the 30th of February is no day, but is read as the 1st of March. */
function names(text: string, time: number): boolean {
  const day = new Date(time).getUTCDate()
  return (text.match(/\d+/g) ?? []).some((number) => Number(number) === day)
}
