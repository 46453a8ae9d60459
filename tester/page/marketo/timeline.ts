import type { Activity, Change, Visit } from '../../../sandbox/contract'
import { leadOf, type RunRecord } from '../run/run-record'
import { furtherMoments } from './further-moments'
import type { LeadEntry } from './lead-rows'
import { eventsOf, isDuring, timeOf, type Moment, type Trace } from './traces'

/** @returns everything that happened to a lead, newest first, each with the event that caused it */
export function timelineOf(row: LeadEntry, runs: RunRecord[]): Moment[] {
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
    ...row.activities
      .filter(isNoForm)
      .map(({ id, activityDate, activityTypeName, primaryAttributeValue, attributes }) => ({
        at: activityDate,
        what: activityTypeName,
        details: [
          primaryAttributeValue,
          ...attributes.map(({ apiName, value }) => `${apiName}: ${String(value)}`)
        ].join(', '),
        event: by(({ result }) => (result.outcome.body as { id?: number } | undefined)?.id === id)
      })),
    ...row.visits.map((visit) => ({
      at: visit.visitedAt,
      what: 'Visited a web page',
      details: visit.url,
      event: by((trace) => madeVisit(trace, visit))
    })),
    ...furtherMoments(row, traces, runs)
  ]
  // Marketo stores the time of an activity in seconds. Within a second, activities come after changes of the lead.
  return moments.reverse().sort((a, b) => secondOf(b.at) - secondOf(a.at))
}

const startOf = (at: string): Moment => ({ at, what: 'Created', details: 'in Marketo from the start' })
const secondOf = (iso: string): number => Math.floor(timeOf(iso) / 1_000)

/** A submitted form has its own moment. */
const isNoForm = ({ activityTypeId }: Activity): boolean => activityTypeId !== FILL_OUT_FORM
const FILL_OUT_FORM = 2

const detailsOf = ({ values }: Change): string =>
  Object.entries(values)
    .map(([name, { from, to }]) => `${name}: ${from === null ? '' : `${from} → `}${to === null ? 'nothing' : to}`)
    .join(', ')

/** One write may come from several events of a batch: those that sent one of the values. */
function madeChange({ run, result: { outcome } }: Trace, { at, values }: Change): boolean {
  const sent = (outcome.sent ?? {}) as Record<string, unknown>
  return isDuring(run, at) && Object.entries(values).some(([name, { to }]) => sent[name] === to)
}

function madeVisit({ result: { outcome } }: Trace, { params }: Visit): boolean {
  const sent = (outcome.sent ?? {}) as Record<string, unknown>
  return params._mchNc !== undefined && sent._mchNc === params._mchNc && sent._mchRu === params._mchRu
}
