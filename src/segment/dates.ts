import { PayloadValidationError } from '@segment/actions-core'
import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)

const ZONE = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*(?:\([^)]*\))?$/i
const ISO_WITHOUT_ZONE = /^\d{4}[-/]?\d{0,2}[-/]?\d{0,2}[T\s]*[\d:.]*$/i
const ISO_DAY = /^\d{4}-\d{2}-\d{2}/
/** Numbers with more digits are milliseconds since 1970, others are seconds. */
const SECONDS_DIGITS = 11

/**
 * Reads a point in time the same way on every machine: what names no zone is UTC.
 * @param field the label of the field, for the message
 * @throws PayloadValidationError when it is no date, or outside of the years 1 to 9999
 */
function readDate(value: string | number, field: string): dayjs.Dayjs {
  const date = parse(value)
  if (date.isValid() && date.year() >= 1 && date.year() <= 9999) return date
  throw new PayloadValidationError(
    `${field} is not a date that Marketo can hold. Send it as ISO 8601, for example 2024-05-31T14:00:00Z.`
  )
}

function parse(value: string | number): dayjs.Dayjs {
  const text = String(value).trim()
  if (typeof value === 'number' || /^(-\d+|\d{9,})$/.test(text)) {
    const digits = text.replace('-', '').length
    return dayjs.utc(Number(text) * (digits > SECONDS_DIGITS ? 1 : 1_000))
  }
  // The 30th of February is no date, but would be read as the 1st of March.
  const [day] = ISO_DAY.exec(text) ?? []
  if (day && dayjs.utc(day).format('YYYY-MM-DD') !== day) return dayjs.utc('not a date')
  return dayjs.utc(ZONE.test(text) || ISO_WITHOUT_ZONE.test(text) ? text : `${text} UTC`)
}

/** @returns the day in UTC, as `YYYY-MM-DD` */
export const utcDay = (value: string | number, field: string): string => readDate(value, field).format('YYYY-MM-DD')

/** @returns ISO 8601 with a zone, to the second */
export const isoTime = (value: string | number, field: string): string =>
  readDate(value, field).format('YYYY-MM-DDTHH:mm:ssZ')

export const pointInTime = (value: string | number, field: string): Date => readDate(value, field).toDate()
