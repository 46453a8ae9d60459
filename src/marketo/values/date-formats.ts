/**
 * How a date may be written, in the notation of dayjs and Moment.js. Single digits count as padded, commas and the `T` of ISO 8601 as a
 * space, and weekdays are skipped. So each format is listed once.
 */

/** A day, alone or with a time after it. */
export const DAY_FORMATS = [
  'YYYY-MM-DD',
  'YYYY/MM/DD',
  // The American order. The European one would be another day.
  'MM/DD/YYYY',
  'MM-DD-YYYY',
  'MMM DD YYYY',
  'MMMM DD YYYY',
  'DD MMM YYYY',
  'DD MMMM YYYY',
  'YYYY MMM DD',
  'YYYYMMDD'
] as const

export const TIME_FORMATS = ['HH:mm', 'HH:mm:ss', 'HH:mm:ss.SSS', 'hh:mm A', 'hh:mm:ss A'] as const

/** Without a time and a zone. A month means its first day, as in browsers. */
export const SHORT_FORMATS = ['YYYY-MM', 'YYYY'] as const

/** Day and time without anything between them. */
export const COMPACT_TIME_FORMAT = 'YYYYMMDDHHmmss'

/**
 * Minutes ahead of UTC, by the zone's name.
 * Source: https://www.rfc-editor.org/rfc/rfc822 (5.1), without its military letters, which senders mixed up
 */
export const ZONES: ReadonlyMap<string, number> = new Map([
  ['Z', 0],
  ['UTC', 0],
  ['UT', 0],
  ['GMT', 0],
  ['EST', -300],
  ['EDT', -240],
  ['CST', -360],
  ['CDT', -300],
  ['MST', -420],
  ['MDT', -360],
  ['PST', -480],
  ['PDT', -420]
])

const TIMED_FORMATS = [
  ...DAY_FORMATS.flatMap((day) => [day, ...TIME_FORMATS.map((time) => `${day} ${time}`)]),
  COMPACT_TIME_FORMAT
]

/** Formats that a zone may follow. */
export const formatByShape = byShape(TIMED_FORMATS)
export const shortFormatByShape = byShape(SHORT_FORMATS)

function byShape(formats: readonly string[]): ReadonlyMap<string, string> {
  return new Map(formats.map((format) => [format.replace(/M{3,4}|A|[YMDHhmsS]+/g, shapeOfPart), format]))
}

/**
 * What a text looks like: `0` for each digit, `MMM` or `MMMM` for a month's name, `A` for AM or PM. It identifies the
 * one format that can fit, so that a date is parsed once.
 */
export function shapeOf(text: string): string {
  return text.replace(/\d/g, '0').replace(/[a-z]+/gi, (word) => {
    if (/^[ap]m$/i.test(word)) return 'A'
    return word.length > 3 ? 'MMMM' : 'MMM'
  })
}

function shapeOfPart(token: string): string {
  return /^(?:M{3,4}|A)$/.test(token) ? token : '0'.repeat(token.length)
}
