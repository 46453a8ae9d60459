import { formatByShape, shapeOf, shortFormatByShape, ZONES } from './date-formats'

/*
 * Reads dates as they are written. Cloud and browser share this file, so that a birthday is the same day for both. It needs no library,
 * because a page would have to load it.
 */

/** What a local clock shows, and how far that is ahead of UTC. */
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

const MONTHS = 'january february march april may june july august september october november december'.split(' ')

const FIRST_YEAR = Date.parse('0001-01-01')
const LAST_YEAR = Date.parse('9999-12-31T23:59:59.999Z')

/** @returns the point in time, in UTC if no zone is given; undefined if it is no date, or outside the years 1 to 9999 */
export function timeWritten(value: string | number): Date | undefined {
  const written = read(value)
  return written && dateWithin(written.clock - written.offsetMinutes * 60_000)
}

/** @returns the calendar day as it is written, in its own zone, as `YYYY-MM-DD`; undefined as above */
export function dayWritten(value: string | number): string | undefined {
  if (isSegmentDate(value)) return value.slice(0, 'YYYY-MM-DD'.length)
  const written = read(value)
  return written && dateWithin(written.clock)?.toISOString().slice(0, 'YYYY-MM-DD'.length)
}

function dateWithin(time: number): Date | undefined {
  return time >= FIRST_YEAR && time <= LAST_YEAR ? new Date(time) : undefined
}

function read(value: string | number): WrittenDate | undefined {
  const text = String(value).trim()
  const isNumber = (typeof value === 'number' ? NUMBER : NUMBER_IN_TEXT).test(text) && !COMPACT.test(text)
  if (isNumber) return sinceEpoch(text)
  return text.length <= LONGEST ? parse(text) : undefined
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
 * Whether a date that Marketo can hold is written as Segment writes it. Nearly all are. Reading these with `Date` takes a tenth of
 * the time.
 */
export function isSegmentDate(value: string | number): value is string {
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
  const written = { ...MIDNIGHT, ...partsOf(text, format) }
  const year = Number(written.YYYY)
  // Only ISO 8601 has years before 100 on purpose.
  if (year < 100 && !/^\d{4}-/.test(text)) return undefined
  const day = Number(written.DD)
  const month = monthOf(written)
  const hours = hoursOf(written)
  const [minutes, seconds] = [Number(written.mm), Number(written.ss)]
  const date = new Date(0)
  date.setUTCFullYear(year, month, day)
  const exists = date.getUTCMonth() === month && date.getUTCDate() === day && hours < 24 && minutes < 60 && seconds < 60
  return exists ? date.setUTCHours(hours, minutes, seconds, Number(written.SSS)) : undefined
}

/** The parts of a date, by their names in a format. */
type Parts = Record<string, string>

/** What a date says that has only a year. */
const MIDNIGHT = { MM: '01', DD: '01', HH: '00', mm: '00', ss: '00', SSS: '000' }

/** @param text has the shape of the format */
function partsOf(text: string, format: string): Parts & { YYYY: string } {
  const parts: Parts & { YYYY: string } = { YYYY: '' }
  let rest = text
  for (const [part] of format.matchAll(PART)) {
    const [found] = /^[a-z]+/i.exec(rest) ?? [rest.slice(0, part.length)]
    parts[part] = found
    rest = rest.slice(found.length)
  }
  return parts
}

const PART = /Y+|M+|D+|H+|h+|m+|s+|S+|A|[^YMDHhmsSA]/g

/** @returns 0 for January; another number than 0 to 11 if such a month does not exist */
function monthOf({ MM, MMM, MMMM }: Parts): number {
  if (MMMM) return MONTHS.indexOf(MMMM.toLowerCase())
  return MMM ? MONTHS.findIndex((month) => month.slice(0, 3) === MMM.toLowerCase()) : Number(MM) - 1
}

/** @returns 24 or more if such an hour does not exist */
function hoursOf({ HH, hh, A }: Parts): number {
  if (!A) return Number(HH)
  const hours = Number(hh)
  if (hours < 1 || hours > 12) return 24
  return (hours % 12) + (/^p/i.test(A) ? 12 : 0)
}
