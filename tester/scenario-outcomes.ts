import { isDeepStrictEqual } from 'util'
import type { RunRecord } from './page/run/run-record'
import { untakenIn } from './page/run/run-record'

/** What must come out of an event with a mapping that takes it, or of an event that none takes. */
export interface Expected {
  /** The event's place in the list, from 1. */
  event: number
  /** The mapping's name; absent if no mapping takes the event. */
  mapping?: string
  status?: number
  message?: string
  /** What was sent to Marketo. */
  sent?: unknown
}

/** A beacon's time and a lead's new ID differ from run to run. */
const CHANGING = ['_mchNc', 'id', 'leadId']

/** @returns what came out of a run, in the order of its events */
export function outcomesIn(run: RunRecord): Expected[] {
  const names = new Map(run.mappings.map(({ id, name }) => [id, name]))
  const outcomes = run.results.map(({ event, mapping, outcome: { status, errormessage, sent } }): Expected => {
    const shown = { event: event + 1, mapping: names.get(mapping), status, message: errormessage, sent: lasting(sent) }
    // As a file has it: without absent members.
    return JSON.parse(JSON.stringify(shown)) as Expected
  })
  return [...outcomes, ...untakenIn(run).map((event) => ({ event: event + 1 }))].sort((a, b) => a.event - b.event)
}

function lasting(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !CHANGING.includes(name)))
}

const keyOf = ({ event, mapping }: Expected): string =>
  mapping === undefined ? `Event ${event}` : `Event ${event}, ${mapping}`

/** @returns a line for each outcome that is not as expected, missing, or too many. Only expected members are compared */
export function differences(expected: Expected[], actual: Expected[]): string[] {
  const left = new Map(actual.map((outcome) => [keyOf(outcome), outcome]))
  const lines = expected.flatMap((wanted) => {
    const found = left.get(keyOf(wanted))
    left.delete(keyOf(wanted))
    if (!found) return [`${keyOf(wanted)}: expected ${wordsOf(wanted)}, but nothing came out.`]
    const members = Object.keys(wanted) as (keyof Expected)[]
    return members
      .filter((name) => !isDeepStrictEqual(wanted[name], found[name]))
      .map((name) => `${keyOf(wanted)}: ${name} is ${text(found[name])}, expected ${text(wanted[name])}.`)
  })
  return [...lines, ...[...left.values()].map((one) => `${keyOf(one)}: unexpected ${wordsOf(one)}.`)]
}

const text = (value: unknown): string => JSON.stringify(value) ?? 'absent'
const wordsOf = ({ mapping, status }: Expected): string =>
  mapping === undefined ? 'that no mapping takes it' : `status ${status ?? ''}`
