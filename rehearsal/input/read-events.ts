import Papa from 'papaparse'
import { isObject, type Event } from './json'

/** What could not be read. `line` counts from 1, and is absent if the problem is about the whole text. */
export interface Unread {
  line?: number
  what: string
}

export interface ReadEvents {
  events: Event[]
  problems: Unread[]
}

/**
 * @param most how many events to take at most; a problem says what was left out
 * @returns the events in a text: JSON (an event or a list), NDJSON (one event per line) or CSV with a header
 */
export function readEventFile(text: string, most = Infinity): ReadEvents {
  const plain = text.replace(/^\ufeff/, '')
  const read = /^\s*[{[]/.test(plain) ? asJson(plain) ?? asLines(plain) : asCsv(plain)
  if (read.events.length <= most) return read
  const many = read.events.length.toLocaleString('en')
  const what = `There are ${many} events. Only the first ${most.toLocaleString('en')} are imported.`
  return { events: read.events.slice(0, most), problems: [{ what }, ...read.problems] }
}

function asJson(text: string): ReadEvents | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const list: unknown[] = Array.isArray(json) ? json : [json]
  const problems = list.flatMap((one, index): Unread[] =>
    isObject(one) ? [] : [{ what: `Entry ${index + 1} of the list is not an event, but ${JSON.stringify(one)}.` }]
  )
  return { events: list.filter(isObject), problems }
}

function asLines(text: string): ReadEvents {
  const read: ReadEvents = { events: [], problems: [] }
  text.split(/\r?\n/).forEach((row, index) => {
    if (row.trim() === '') return
    try {
      const json: unknown = JSON.parse(row)
      if (isObject(json)) read.events.push(json)
      else read.problems.push({ line: index + 1, what: 'It is JSON, but not an object.' })
    } catch (error) {
      read.problems.push({ line: index + 1, what: `It is not JSON: ${(error as Error).message}.` })
    }
  })
  return read
}

/** A column's name is a path: `traits.email` becomes the member `email` of `traits`. */
function asCsv(text: string): ReadEvents {
  const read: ReadEvents = { events: [], problems: [] }
  let header: string[] | undefined
  let line = 1
  let from = 0
  Papa.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    step: ({ data, errors, meta }) => {
      const at = line + leadingBreaks(text.slice(from, meta.cursor))
      line += breaksIn(text.slice(from, meta.cursor))
      from = meta.cursor
      if (!header) header = data.map((name) => name.trim())
      else if (errors.length) read.problems.push({ line: at, what: errors[0].message })
      else if (data.length !== header.length) {
        read.problems.push({ line: at, what: `It has ${data.length} values, but the header has ${header.length}.` })
      } else read.events.push(eventOf(header, data))
    }
  })
  if (header?.includes('type')) return read
  return { events: [], problems: [{ line: 1, what: 'A CSV file needs a header with a column "type".' }] }
}

const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0
const leadingBreaks = (text: string): number => breaksIn(/^\s*/.exec(text)?.[0] ?? '')

function eventOf(header: string[], cells: string[]): Event {
  const event: Event = {}
  header.forEach((column, index) => {
    const cell = cells[index]
    if (cell === '') return
    const steps = column.split('.')
    const last = steps.pop() ?? ''
    let place = event
    for (const step of steps) {
      const known = Object.prototype.hasOwnProperty.call(place, step) ? place[step] : undefined
      const inner = isObject(known) ? known : {}
      place[step] = inner
      place = inner
    }
    place[last] = valueIn(last, cell, steps.length > 0)
  })
  return event
}

/** Text that looks like a number or boolean becomes one, except identifiers: a user ID of digits stays text. */
function valueIn(name: string, cell: string, isNested: boolean): unknown {
  const isPlain = /^(true|false|-?(0|[1-9]\d{0,14})(\.\d+)?)$/.test(cell)
  if (!isNested || !isPlain || /id$|zip|postal|phone/i.test(name)) return cell
  return JSON.parse(cell) as unknown
}
