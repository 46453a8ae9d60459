import { nameOf, text } from '../events/events'
import type { Result, RunRecord } from '../run/run-record'

/** Something that happened to a lead. */
export interface Moment {
  /** ISO 8601. */
  at: string
  /** What happened, in a word or two. */
  what: string
  details: string
  /** The event that made it, where a run of this page did. */
  event?: string
}

/** A result with what it came from. */
export interface Trace {
  run: RunRecord
  result: Result
}

/** @returns whether an event was handed over together with a call of a path: which list, which campaign it was about */
export const madeCall = ({ run, result }: Trace, path: string): boolean =>
  run.exchanges.some(
    ({ mapping, events, request }) =>
      mapping === result.mapping && events.includes(result.event) && new URL(request.url).pathname.includes(path)
  )

export const timeOf = (iso: string): number => new Date(iso).getTime() || 0

/** The clock of the sandbox is the browser's: both are on this machine. A stopped run may have gone on later. */
export const isDuring = ({ at, ms }: RunRecord, moment: string): boolean =>
  timeOf(moment) >= timeOf(at) - 1_000 && timeOf(moment) <= timeOf(at) + ms + 60_000

/** @returns the events in a few words */
export function eventsOf(traces: Trace[]): string | undefined {
  const names = traces.map(({ run, result }) => {
    const event = run.events[result.event]
    return `${[text(event.type), nameOf(event)].filter(Boolean).join(' ')} (event ${result.event + 1})`
  })
  const [first, ...others] = [...new Set(names)]
  return others.length ? `${first} and ${others.length} more` : first
}
