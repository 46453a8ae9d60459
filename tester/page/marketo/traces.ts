import { nameOf, text } from '../events/events'
import type { Result, RunRecord } from '../run/run-record'

/** Something that happened to a lead. */
export interface Moment {
  /** ISO 8601. */
  at: string
  /** What happened, in a word or two. */
  what: string
  details: string
  /** The event that caused it, if it is from a run of this page. */
  event?: string
}

/** A result and its run. */
export interface Trace {
  run: RunRecord
  result: Result
}

/** @returns whether a call for the event had this path, which names the list or campaign */
export const madeCall = ({ run, result }: Trace, path: string): boolean =>
  run.exchanges.some(
    ({ mapping, events, request }) =>
      mapping === result.mapping && events.includes(result.event) && new URL(request.url).pathname.includes(path)
  )

export const timeOf = (iso: string): number => new Date(iso).getTime() || 0

/** The sandbox has the browser's clock, because both are on this machine. A stopped run may have continued later. */
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
