import type { Change, Visit } from '../../../sandbox/contract'
import { nameOf, text } from '../events/events'
import { leadOf, type Result, type RunRecord } from '../run/run-record'
import type { Keepsake, LeadRow } from './lead-rows'

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
interface Trace {
  run: RunRecord
  result: Result
}

/** @returns all that happened to a lead, the newest first, each with the event that made it */
export function timelineOf(row: LeadRow, runs: RunRecord[]): Moment[] {
  const traces = runs.flatMap((run) =>
    run.results.filter(({ outcome }) => leadOf(outcome) === row.id).map((result) => ({ run, result }))
  )
  const by = (is: (trace: Trace) => boolean) => eventsOf(traces.filter(is))
  const created = row.changes.some(({ isNew }) => isNew) || !row.lead ? [] : [startOf(row.lead.createdAt)]
  const moments: Moment[] = [
    ...created,
    ...row.changes.map((change) => ({
      at: change.at,
      what: change.isNew ? 'Created' : 'Values changed',
      details: detailsOf(change),
      event: by((trace) => madeChange(trace, change))
    })),
    ...row.activities.map(({ id, activityDate, activityTypeName, primaryAttributeValue, attributes }) => ({
      at: activityDate,
      what: activityTypeName,
      details: [primaryAttributeValue, ...attributes.map(({ apiName, value }) => `${apiName}: ${String(value)}`)].join(
        ', '
      ),
      event: by(({ result }) => (result.outcome.body as { id?: number } | undefined)?.id === id)
    })),
    ...row.visits.map((visit) => ({
      at: visit.visitedAt,
      what: 'Visited a web page',
      details: visit.url,
      event: by((trace) => madeVisit(trace, visit))
    })),
    ...row.others.map((keepsake) => momentOfOther(keepsake, by))
  ]
  // Marketo keeps the seconds of an activity. Within one, what a lead does comes after what it is.
  return moments.reverse().sort((a, b) => secondOf(b.at) - secondOf(a.at))
}

const startOf = (at: string): Moment => ({ at, what: 'Created', details: 'in Marketo from the beginning' })
const timeOf = (iso: string): number => new Date(iso).getTime() || 0

const secondOf = (iso: string): number => Math.floor(timeOf(iso) / 1_000)

const detailsOf = ({ values }: Change): string =>
  Object.entries(values)
    .map(([name, { from, to }]) => `${name}: ${from === null ? '' : `${from} → `}${to === null ? 'nothing' : to}`)
    .join(', ')

/** Several events of a batch may be one write: those that sent one of the values. */
function madeChange({ run, result: { outcome } }: Trace, { at, values }: Change): boolean {
  const sent = (outcome.sent ?? {}) as Record<string, unknown>
  return isDuring(run, at) && Object.entries(values).some(([name, { to }]) => sent[name] === to)
}

function madeVisit({ result: { outcome } }: Trace, { params }: Visit): boolean {
  const sent = (outcome.sent ?? {}) as Record<string, unknown>
  return params._mchNc !== undefined && sent._mchNc === params._mchNc && sent._mchRu === params._mchRu
}

function momentOfOther({ kind, values }: Keepsake, by: (is: (trace: Trace) => boolean) => string | undefined): Moment {
  const { leadId: _, ...shown } = values
  const at = Object.values(shown).find((value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value))
  const rest = Object.entries(shown).filter(([, value]) => value !== at)
  return {
    at: text(at),
    what: wordsOf(kind),
    details: rest
      .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(', '),
    event: by(({ run }) => isDuring(run, text(at)))
  }
}

/** `listMemberships` becomes "List memberships". */
function wordsOf(kind: string): string {
  const words = kind.replace(/([A-Z])/g, ' $1').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The clock of the sandbox is the browser's: both are on this machine. A stopped run may have gone on later. */
const isDuring = ({ at, ms }: RunRecord, moment: string): boolean =>
  timeOf(moment) >= timeOf(at) - 1_000 && timeOf(moment) <= timeOf(at) + ms + 60_000

function eventsOf(traces: Trace[]): string | undefined {
  const names = traces.map(({ run, result }) => {
    const event = run.events[result.event]
    return `${[text(event.type), nameOf(event)].filter(Boolean).join(' ')} (event ${result.event + 1})`
  })
  const [first, ...others] = [...new Set(names)]
  return others.length ? `${first} and ${others.length} more` : first
}
