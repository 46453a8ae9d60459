import { reason, type Reason } from './errors'

export type DataType =
  | 'boolean'
  | 'currency'
  | 'date'
  | 'datetime'
  | 'email'
  | 'float'
  | 'integer'
  | 'link'
  | 'percent'
  | 'phone'
  | 'score'
  | 'string'
  | 'text'
  | 'url'

/** Marketo returns these in its descriptions. */
export const LENGTHS: Partial<Record<DataType, number>> = {
  string: 255,
  email: 255,
  link: 255,
  phone: 255,
  text: 30_000,
  url: 255
}

const DATETIME = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/
// Marketo accepts only ASCII in an email address.
const EMAIL = /^[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+$/
const INT32 = 2 ** 31

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** ISO 8601, for example `2016-09-26T06:56:35+07:00`. Custom activities need the zone, lead fields do not. */
export function isDatetime(text: string, zoneRequired: boolean): boolean {
  const [, day, , , , zone] = DATETIME.exec(text) ?? []
  return day !== undefined && isDay(day) && (zone !== undefined || !zoneRequired)
}

const isInt32 = (number: number) => number >= -INT32 && number < INT32

const IN_RANGE: Record<DataType, (value: never) => boolean> = {
  boolean: () => true,
  currency: () => true,
  date: isDay,
  datetime: (text: string) => isDatetime(text, false),
  email: (text: string) => text.length <= 255 && EMAIL.test(text),
  float: () => true,
  integer: isInt32,
  link: (text: string) => text.length <= 255,
  percent: isInt32,
  phone: (text: string) => text.length <= 255,
  score: isInt32,
  string: (text: string) => text.length <= 255,
  text: (text: string) => Buffer.byteLength(text) <= 30_000,
  url: (text: string) => text.length <= 255
}

function hasType(value: unknown, type: DataType): boolean {
  if (type === 'boolean') return typeof value === 'boolean'
  if (type === 'integer' || type === 'percent' || type === 'score') return Number.isInteger(value)
  if (type === 'float' || type === 'currency') return Number.isFinite(value)
  return typeof value === 'string'
}

/** Whether the sandbox knows the rules of a data type. Marketo has more types. */
export const isKnownType = (type: string): type is DataType => type in IN_RANGE

/**
 * Why Marketo refuses `value` for the field or attribute `name`; undefined if it accepts it.
 * @param length the longest text, if the field has its own limit
 */
export function refusal(name: string, type: DataType, value: unknown, length = Infinity): Reason | undefined {
  if (!isKnownType(type)) return undefined
  if (!hasType(value, type)) return reason('1001', value, type)
  const isTooLong = typeof value === 'string' && value.length > length
  if (isTooLong || !IN_RANGE[type](value as never)) return reason('1003', `Invalid ${type} value for '${name}'`)
  return undefined
}
