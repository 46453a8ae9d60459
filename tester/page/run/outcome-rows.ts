import { nameOf, text, whoOf } from '../events/events'
import { keyOf, leadNameOf, openIn, untakenIn, type Result, type RunRecord } from './run-record'
import { toneOf, wordsFor, type Kind } from './words'

/** A line of the outcomes: an event with a mapping that takes it, or an event that none takes. */
export interface Row {
  key: string
  kind: Kind
  /** Its kind in words, with the status if it has one. */
  outcome: string
  /** The event's position. */
  event: number
  /** The mapping's ID; absent if none takes the event. */
  mapping?: string
  mappingName: string
  result?: Result
  name: string
  who: string
  /** Its end in a line. */
  why: string
}

/** @returns a row for every event of a run, also for those that were not sent */
export function rowsOf(run: RunRecord): Row[] {
  const words = wordsFor(run)
  const names = new Map(run.mappings.map(({ id, name }) => [id, name]))
  const rowOf = (kind: Kind, event: number, mapping: string | undefined, why: string, result?: Result): Row => ({
    key: mapping === undefined ? String(event) : keyOf({ event, mapping }),
    ...{ kind, event, mapping, why, result },
    outcome: result ? `${result.outcome.status} ${words[kind]}` : words[kind],
    mappingName: mapping === undefined ? '' : names.get(mapping) ?? '',
    name: nameOf(run.events[event]) || text(run.events[event].type),
    who: whoOf(run.events[event])
  })
  return [
    ...run.results.map((result) =>
      rowOf(toneOf(result.outcome.status), result.event, result.mapping, wordsOf(result), result)
    ),
    ...openIn(run).map(({ event, mapping }) => rowOf('open', event, mapping, 'The run was stopped before it.')),
    ...untakenIn(run).map((event) => rowOf('none', event, undefined, 'No mapping that is on takes it.'))
  ]
}

/** @returns an outcome in a line */
function wordsOf(result: Result): string {
  const { errormessage, body } = result.outcome
  if (errormessage !== undefined) return errormessage
  const lead = leadNameOf(result)
  return [lead === undefined ? '' : `lead ${lead}`, body === undefined ? '' : JSON.stringify(body)].join(' ').trim()
}
