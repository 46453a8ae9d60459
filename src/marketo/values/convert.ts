import { isoTime } from './dates'
import { dayWritten } from './written-date'

/** A value as a record holds it. */
export type PlainValue = string | number | boolean

export const isPlain = (value: unknown): value is PlainValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/**
 * Converts a value to the type of its field, if that is safe. A value that has the type stays as it is.
 * @param dataType as Describe Lead 2 and Describe Custom Activity Type name it
 * @returns undefined if the value cannot have that type
 */
export function converted(value: PlainValue, dataType: string | undefined): PlainValue | undefined {
  if (dataType === undefined) return undefined
  const text = String(value).trim()
  switch (dataType) {
    case 'integer':
    case 'score':
      return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined
    case 'float':
    case 'currency':
    case 'percent':
      return /^[+-]?\d+(\.\d+)?$/.test(text) && typeof value !== 'boolean' ? Number(text) : undefined
    case 'boolean':
      return BOOLEANS.get(text.toLowerCase())
    case 'date':
      return typeof value === 'boolean' ? undefined : dayWritten(value)
    case 'datetime':
      if (MARKETO_TIME.test(text)) return text
      return typeof value === 'boolean' ? undefined : isoTime(value)
    case 'string':
    case 'text':
      return String(value)
    default:
      return text
  }
}

/** Marketo's own form: `2010-05-07T15:41:32-05:00`. */
const MARKETO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/

const BOOLEANS = new Map([
  ['true', true],
  ['false', false],
  ['yes', true],
  ['no', false],
  ['1', true],
  ['0', false]
])
