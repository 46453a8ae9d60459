import { isObject, type Event } from './json'
import { readCsv } from './read-csv'
import { jsonProblem } from './json-problem'

/** What could not be read. `line` counts from 1, and is absent if the problem is about the whole text. */
export interface Unread {
  line?: number
  what: string
}

export interface ReadEvents {
  events: Event[]
  problems: Unread[]
  /** How the text was understood, where that is not obvious. */
  notes?: string[]
}

/**
 * @param json the text as JSON; undefined if it is none
 * @param most how many events to take at most; a problem says that others were left out
 * @returns the events in a text: JSON (an event, a list or a batch), NDJSON (one event per line) or CSV with a header
 */
export function readEventFile(text: string, json: unknown, most = Infinity): ReadEvents {
  const read = json === undefined ? asText(text) : asJson(json)
  const notes = [...(read.notes ?? []), ...(text.includes('\ufffd') ? [UNREADABLE] : [])]
  if (read.events.length <= most) return { ...read, notes }
  const many = read.events.length.toLocaleString('en')
  const what = `There are ${many} events. Only the first ${most.toLocaleString('en')} are imported.`
  return { events: read.events.slice(0, most), problems: [{ what }, ...read.problems], notes }
}

const UNREADABLE =
  'It has characters (\ufffd) that were lost before: the text was once read in the wrong encoding. Choose the file itself.'

function asText(text: string): ReadEvents {
  if (!/^\s*[{[]/.test(text)) return readCsv(text)
  return hasEventPerLine(text) ? asLines(text) : { events: [], problems: [jsonProblem(text)] }
}

/** @returns the list of events in JSON, as Segment's own API and tools write it; undefined if it is none */
export function eventListIn(json: unknown): unknown[] | undefined {
  if (Array.isArray(json)) return json as unknown[]
  if (!isObject(json) || 'type' in json) return undefined
  if (Array.isArray(json.events)) return json.events as unknown[]
  if (Array.isArray(json.batch)) return json.batch.map((event) => withCommon(event, json))
  return eventListIn(json.data)
}

/** What Segment's batch API takes for all events of a batch. */
function withCommon(event: unknown, { context }: Record<string, unknown>): unknown {
  if (!isObject(event) || !isObject(context)) return event
  return { ...event, context: { ...context, ...(isObject(event.context) ? event.context : {}) } }
}

function asJson(json: unknown): ReadEvents {
  const list = eventListIn(json) ?? [json]
  const problems = list.flatMap((one, index): Unread[] =>
    isObject(one) ? [] : [{ what: `Entry ${index + 1} of the list is not an event, but ${JSON.stringify(one)}.` }]
  )
  return { events: list.filter(isObject), problems }
}

/** Whether a text is meant to have an event on each line, rather than to be one piece of JSON. */
function hasEventPerLine(text: string): boolean {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '')
  if (/^\s*\[/.test(text)) return false
  const whole = rows.filter((row) => /^\s*\{.*\},?\s*$/.test(row)).length
  return whole > 0 && (whole * 2 >= rows.length || /^\s*\{.*\}\s*$/.test(rows[0]))
}

function asLines(text: string): ReadEvents {
  const read: ReadEvents = { events: [], problems: [] }
  let commas = 0
  text.split(/\r?\n/).forEach((row, index) => {
    if (row.trim() === '') return
    const line = row.replace(/,\s*$/, '')
    if (line !== row) commas++
    try {
      const json: unknown = JSON.parse(line)
      if (isObject(json)) read.events.push(json)
      else read.problems.push({ line: index + 1, what: 'It is JSON, but not an object.' })
    } catch (error) {
      read.problems.push({ line: index + 1, what: `It is not JSON: ${(error as Error).message}.` })
    }
  })
  const note = `${commas === 1 ? 'A comma at the end of a line was' : `${commas} commas at line ends were`} left out.`
  return commas ? { ...read, notes: [note] } : read
}
