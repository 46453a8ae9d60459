import Papa from 'papaparse'
import { nameOf, text } from '../events/events'
import { rowsOf } from './outcome-rows'
import { leadNameOf, type RunRecord } from './run-record'
import { wordsFor } from './words'

/** @returns the outcomes of a run as CSV with a header: a line for each event and mapping, and for each event that none takes */
export function csvOf(run: RunRecord): string {
  const words = wordsFor(run)
  const rows = rowsOf(run).map((row) => ({
    event: row.event + 1,
    messageId: text(run.events[row.event].messageId),
    type: text(run.events[row.event].type),
    name: nameOf(run.events[row.event]),
    who: row.who,
    mapping: row.mappingName,
    status: row.result?.outcome.status ?? '',
    outcome: words[row.kind],
    lead: (row.result && leadNameOf(row.result)) ?? '',
    message: row.result ? row.result.outcome.errormessage ?? '' : row.why
  }))
  // Excel takes a file without a byte order mark for another encoding. A spreadsheet would run a cell that begins like a formula.
  return `\ufeff${Papa.unparse(rows, { escapeFormulae: true })}`
}
