import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'
import {
  COMPACT_TIME_FORMAT,
  DAY_FORMATS,
  SHORT_FORMATS,
  TIME_FORMATS,
  ZONES
} from '../src/marketo/values/date-formats'
import { timeWritten } from '../src/marketo/values/written-date'
import { checkedDate } from '../src/segment/dates'
import { table } from './markdown'

dayjs.extend(utc)

const EXAMPLE = dayjs.utc('2024-05-31T14:03:46.566Z')
/** Its month has a name of more than three letters. */
const OTHER_EXAMPLE = EXAMPLE.subtract(3, 'months')

/** The formats of dates, each with an example that the destination has read. */
export function dateTable(): string {
  return table(
    ['What is given', 'Examples'],
    [
      ['A day', examples(DAY_FORMATS)],
      ['A time after the day', examples(TIME_FORMATS)],
      ['A zone after the time', [...ZONES.keys(), '-08', '-0800', '-08:00', 'GMT-0800'].map(code).join(', ')],
      ['Day and time as one number', examples([COMPACT_TIME_FORMAT])],
      ['A month or a year: its first day', examples(SHORT_FORMATS)],
      ['Seconds since 1970', numbers(EXAMPLE.unix(), EXAMPLE.valueOf() / 1_000)],
      ['Milliseconds since 1970 (12 digits or more)', numbers(EXAMPLE.valueOf())]
    ]
  )
}

function examples(formats: readonly string[]): string {
  return formats.map((format) => code((format.includes('MMMM') ? OTHER_EXAMPLE : EXAMPLE).format(format))).join(', ')
}

/** @throws PayloadValidationError if the destination does not read it, as a number and as text */
function numbers(...values: number[]): string {
  for (const value of values) [value, String(value)].forEach((given) => checkedDate(timeWritten(given), 'An example'))
  return values.map((value) => code(String(value))).join(', ')
}

const code = (text: string): string => `\`${text}\``
