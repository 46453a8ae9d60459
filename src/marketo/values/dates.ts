import { isSegmentDate, timeWritten } from './written-date'

/**
 * Writes a point in time as Marketo does. Without a zone, it is UTC.
 * @returns ISO 8601 with a zone, to the second; undefined if the value is no date, or outside the years 1 to 9999
 */
export function isoTime(value: string | number): string | undefined {
  const toTheSecond = (iso: string) => `${iso.slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}+00:00`
  if (isSegmentDate(value) && value.endsWith('Z')) return toTheSecond(value)
  const time = timeWritten(value)
  return time && toTheSecond(time.toISOString())
}
