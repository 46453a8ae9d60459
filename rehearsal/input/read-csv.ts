import Papa from 'papaparse'
import type { ReadEvents } from './read-events'
import { columnsOf, eventOf, type Column } from './csv-columns'

/** @returns the events in a CSV file with a header. A column's name is a path: `traits.email` becomes the member `email` of `traits` */
export function readCsv(text: string): ReadEvents {
  const read: ReadEvents = { events: [], problems: [] }
  const rows: string[][] = []
  let header: string[] | undefined
  let delimiter = ','
  let line = 1
  let from = 0
  Papa.parse<string[]>(text, {
    skipEmptyLines: 'greedy',
    step: ({ data, errors, meta }) => {
      const at = line + leadingBreaks(text.slice(from, meta.cursor))
      line += breaksIn(text.slice(from, meta.cursor))
      from = meta.cursor
      delimiter = meta.delimiter
      if (!header) header = data
      else if (errors.length) read.problems.push({ line: at, what: errors[0].message })
      else if (data.length !== header.length) {
        read.problems.push({ line: at, what: `It has ${data.length} values, but the header has ${header.length}.` })
      } else rows.push(data)
    }
  })
  const columns = columnsOf(header ?? [], rows, delimiter)
  if (!columns.some(({ path }) => path === 'type')) {
    return { events: [], problems: [{ line: 1, what: 'A CSV file needs a header with a column "type".' }] }
  }
  return { ...read, events: rows.map((cells) => eventOf(columns, cells)), notes: notesOf(columns) }
}

const breaksIn = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0
const leadingBreaks = (text: string): number => breaksIn(/^\s*/.exec(text)?.[0] ?? '')

/** What the user should know about how the columns were read. */
function notesOf(columns: Column[]): string[] {
  const named = (some: Column[]) => some.map(({ header }) => `“${header}”`).join(', ')
  const renamed = columns.filter(({ header, path }) => header.trim() !== path)
  const decimal = columns.filter(({ hasDecimalComma }) => hasDecimalComma)
  const foreign = columns.filter(({ isForeign }) => isForeign)
  return [
    ...renamed.map(({ header, path }) => `The column “${header}” was read as ${path}.`),
    ...(decimal.length ? [`Commas were read as decimal commas in ${named(decimal)}.`] : []),
    ...(foreign.length
      ? [
          `Events have nothing called ${named(
            foreign
          )} at the top, where mappings rarely look. Did you mean, for example, traits.${
            foreign[0].path
          } or properties.${foreign[0].path}?`
        ]
      : [])
  ]
}
