import { PayloadValidationError } from '@segment/actions-core'
import dayjs from 'dayjs'
import customParseFormat from 'dayjs/plugin/customParseFormat'
import utc from 'dayjs/plugin/utc'
import { formatByShape, shapeOf, shortFormatByShape, ZONES } from './date-formats'

dayjs.extend(utc)
dayjs.extend(customParseFormat)

/** A date as it is written: what a local clock shows, and how far that is ahead of UTC. */
interface WrittenDate {
  /** Milliseconds since 1970 of a clock in UTC that shows the same. */
  clock: number
  offsetMinutes: number
}

/** The longest text that is parsed. Every real date is shorter, and longer text takes too long. */
const LONGEST = 100

/** Numbers with more digits before the point are milliseconds since 1970, others are seconds. */
const SECONDS_DIGITS = 11

const NUMBER = /^-?\d+(?:\.\d+)?$/
/** Shorter numbers in text are years, days, or ambiguous. */
const NUMBER_IN_TEXT = /^(?:-\d+|\d{9,})(?:\.\d+)?$/
/** `YYYYMMDD` or `YYYYMMDDHHmmss` in the years 1800 to 2199: as numbers they would be in the year 1970, or after 2500. */
const COMPACT = /^(?:1[89]|2[01])\d{6}(?:\d{6})?$/

const SEGMENT_DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d\.\d{3}Z)?$/
const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.? /i
const MONTH_BETWEEN = /^(\d+)[-/ ]([a-z]{3,9})\.?[-/ ](?=\d)/i
const MONTH_FIRST = /^([a-z]{3,9})(?:\. ?|[-/ ])(\d\d)[-/ ](?=\d{4})/i
/** The C library's and Java's order: `May 31 14:00:00 UTC 2024`. */
const YEAR_LAST = /^([a-z]+ \d\d) (\d\d:\d\d:\d\d)( [a-z]+)? (\d{4})$/i
const ZONE = /^(.*?\d(?: [AP]M)?) ?(?:([A-Z]+)|(?:UTC|GMT)?([+-])(\d\d)(?::?(\d\d))?)(?: \([^()]*\))?$/i

const FIRST_YEAR = Date.parse('0001-01-01')
const LAST_YEAR = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Reads a point in time the same way on every machine: without a zone, it is UTC.
 * @param field the label of the field, for the message
 * @throws PayloadValidationError if it is not a date, or outside the years 1 to 9999
 */
export function pointInTime(value: string | number, field: string): Date {
  const { clock, offsetMinutes } = read(value, field)
  return dateWithin(clock - offsetMinutes * 60_000, field)
}

/** @returns the calendar day as it is written, in its own zone, as `YYYY-MM-DD` */
export function calendarDay(value: string | number, field: string): string {
  if (isSegmentDate(value)) return value.slice(0, 'YYYY-MM-DD'.length)
  return dateWithin(read(value, field).clock, field).toISOString().slice(0, 'YYYY-MM-DD'.length)
}

/** @returns ISO 8601 with a zone, to the second */
export function isoTime(value: string | number, field: string): string {
  if (isSegmentDate(value) && value.endsWith('Z')) return `${value.slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}+00:00`
  return `${pointInTime(value, field).toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}+00:00`
}

function dateWithin(time: number, field: string): Date {
  if (time >= FIRST_YEAR && time <= LAST_YEAR) return new Date(time)
  throw noDate(field)
}

function read(value: string | number, field: string): WrittenDate {
  const text = String(value).trim()
  const isNumber = (typeof value === 'number' ? NUMBER : NUMBER_IN_TEXT).test(text) && !COMPACT.test(text)
  const written = isNumber ? sinceEpoch(text) : text.length <= LONGEST ? parse(text) : undefined
  if (written) return written
  throw noDate(field)
}

function noDate(field: string): PayloadValidationError {
  return new PayloadValidationError(
    `${field} is not a date that Marketo can hold. Send it as ISO 8601, for example 2024-05-31T14:00:00Z.`
  )
}

function sinceEpoch(text: string): WrittenDate {
  const [digits] = text.replace('-', '').split('.')
  const milliseconds = Number(text) * (digits.length > SECONDS_DIGITS ? 1 : 1_000)
  return { clock: Math.round(milliseconds), offsetMinutes: 0 }
}

function parse(written: string): WrittenDate | undefined {
  if (isSegmentDate(written)) return { clock: Date.parse(written), offsetMinutes: 0 }
  const text = tidy(written)
  const clock = clockOf(text, formatByShape) ?? clockOf(text, shortFormatByShape)
  if (clock !== undefined) return { clock, offsetMinutes: 0 }
  const [, local = '', name, sign, hours, minutes = '00'] = ZONE.exec(text) ?? []
  const offsetMinutes = name ? ZONES.get(name.toUpperCase()) : offsetOf(sign, Number(hours), Number(minutes))
  const localClock = clockOf(local, formatByShape)
  return localClock === undefined || offsetMinutes === undefined ? undefined : { clock: localClock, offsetMinutes }
}

/**
 * Whether a date that Marketo can hold is written as Segment writes it. Nearly all are. Parsing these without dayjs
 * takes a tenth of the time.
 */
function isSegmentDate(value: string | number): value is string {
  if (typeof value !== 'string' || !SEGMENT_DATE.test(value)) return false
  const time = Date.parse(value)
  if (Number.isNaN(time) || time < FIRST_YEAR) return false
  // `Date` reads February 30 as a day in March, and 24:00 as the next day.
  return new Date(time).getUTCDate() === Number(value.slice(8, 10))
}

/** @returns minutes ahead of UTC, or undefined if such hours or minutes do not exist */
function offsetOf(sign: string, hours: number, minutes: number): number | undefined {
  if (!(hours < 24 && minutes < 60)) return undefined
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes)
}

/** Normalizes the spelling of a date: see date-formats.ts. Milliseconds keep three digits. */
function tidy(text: string): string {
  return text
    .replace(
      /(:\d\d)[.,](\d+)/,
      (_, seconds: string, fraction: string) => `${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}`
    )
    .replace(/,\s*|\s+/g, ' ')
    .replace(/(\d)T(?=\d)/i, '$1 ')
    .replace(WEEKDAY, '')
    .replace(/\b\d\b/g, '0$&')
    .replace(MONTH_BETWEEN, '$1 $2 ')
    .replace(MONTH_FIRST, '$1 $2 ')
    .replace(YEAR_LAST, '$1 $4 $2$3')
}

/** @returns milliseconds, as {@link WrittenDate} has them, or undefined if the text has none of the formats */
function clockOf(text: string, formats: ReadonlyMap<string, string>): number | undefined {
  const format = formats.get(shapeOf(text))
  if (format === undefined) return undefined
  // dayjs takes years before 100 for years of the 20th century. The calendar repeats every 400 years.
  const isEarly = /^0\d{3}-/.test(text)
  const cased = text.replace(/[a-z]+/gi, (word) =>
    /^[ap]m$/i.test(word) ? word.toUpperCase() : word[0].toUpperCase() + word.slice(1).toLowerCase()
  )
  const date = dayjs.utc(isEarly ? `2${cased.slice(1)}` : cased, format, true)
  if (!date.isValid()) return undefined
  return isEarly ? date.toDate().setUTCFullYear(date.year() - 2_000) : date.valueOf()
}
