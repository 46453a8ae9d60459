import Papa from 'papaparse'
import { nameOf, text, whoOf } from '../events/events'
import { leadOf, type RunRecord } from './run-record'
import { TONE_WORDS, toneOf } from './words'

/** @returns the outcomes of a run as CSV with a header, a line for each event and mapping */
export function csvOf({ results, events, mappings }: RunRecord): string {
  const names = new Map(mappings.map(({ id, name }) => [id, name]))
  const rows = results.map(({ event, mapping, outcome }) => ({
    event: event + 1,
    messageId: text(events[event].messageId),
    type: text(events[event].type),
    name: nameOf(events[event]),
    who: whoOf(events[event]),
    mapping: names.get(mapping) ?? '',
    status: outcome.status,
    outcome: TONE_WORDS[toneOf(outcome.status)],
    lead: leadOf(outcome) ?? '',
    message: outcome.errormessage ?? ''
  }))
  // A spreadsheet would run a cell that begins like a formula.
  return Papa.unparse(rows, { escapeFormulae: true })
}
