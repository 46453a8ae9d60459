import type { JSONLikeObject } from '@segment/actions-core'
import { isFailure, isRetried } from '../../marketo/transport/outcome'
import type { Failure, Outcome } from '../../marketo/transport/outcome'
import type { RecordTarget } from '../../marketo/calls/records'
import { callKey, mergedRecord } from '../rounds/group'
import type { Group } from '../rounds/group'
import { afterFailed, goesAgain } from '../rounds/refusals'
import type { LeadEvent } from '../who/event'

/** An event that becomes a record about its lead. */
export interface RecordEvent extends LeadEvent {
  /** The record names no lead: none is looked up, created or needed. */
  readonly needsNoLead?: boolean
  /** The event removes something from its lead. So it also succeeds if no lead matches. */
  readonly isRemoval?: boolean
}

/** An event whose lead is known. A record that needs no lead does not use it. */
export interface WithLead {
  readonly leadId: number
}

/** Whether the lead of an event is known, or the event needs none. */
export const hasLead = <Event extends RecordEvent>(event: Event): event is Event & WithLead =>
  event.needsNoLead === true || event.leadId !== undefined

/** What an action does with its events, once their leads are known. */
export interface Records<Event> {
  /** Where an event's record goes. Records of equal targets share calls. */
  target: (event: Event) => RecordTarget
  record: (event: Event & WithLead) => JSONLikeObject
  /** Events with the same key share a record. Without it, each has its own. */
  recordKey?: (event: Event) => string | undefined
  /** Which of the events that share a record counts: the first one, the last one, or all of them, with later values over earlier ones. */
  whichCounts?: 'first' | 'last' | 'merged'
  /**
   * Records with the same key never share a call, and reach Marketo in the order of their events: if one will be retried, the
   * later ones wait for it. Without it, each record key is a queue.
   */
  queueKey?: (event: Event) => string
  /** Whether a second record of an event follows the first one, which Marketo has taken (`taken`). Without it, none does. */
  needsSecond?: (event: Event) => boolean
  /** How the other events that share a record end once the first one is done. Without it, they have its outcome. */
  onlyFirst?: Outcome
  /** Looks whether Marketo has the records of events already. @returns how such events end, and those for which it is not certain */
  alreadyThere?: (events: readonly (Event & WithLead)[]) => Promise<Iterable<readonly [Event, Outcome]>>
  /** Repairs events whose records Marketo refused: see {@link Planner}. */
  repair?: (events: readonly Event[], failure: Failure) => Promise<boolean | Failure>
}

/** Events that share a record. */
interface Shared<Event> {
  readonly events: Event[]
  readonly key?: string
  readonly queue?: string
}

/**
 * Makes records from events whose leads are known.
 * @returns the records in the steps in which to send them, and the events that end without a call
 */
export function planRecords<Event extends RecordEvent>(
  events: readonly Event[],
  records: Records<Event>
): { ended: Map<Event, Outcome>; steps: Group<Event>[][] } {
  const { due, ended } = dueEvents(events, records)
  const groups = sharedRecords(due, records).map((shared) => groupOf(shared, records))
  return { ended, steps: stepsOf(callsOf(groups)) }
}

const queueOf = <Event>(event: Event, { queueKey, recordKey }: Records<Event>): string | undefined =>
  (queueKey ?? recordKey)?.(event)

/**
 * The events whose records go out. After one that Segment retries, the later ones of its queue fail too, and after one that waits for
 * its lead, they wait. An event that needs no second record ends once nothing before it is open: until then it may have to go again. If only
 * the first one counts, the record of an earlier round is the first.
 */
function dueEvents<Event extends RecordEvent>(events: readonly Event[], records: Records<Event>) {
  const due: (Event & WithLead)[] = []
  const ended = new Map<Event, Outcome>()
  const queues = new Map<string, 'due' | 'waits' | 'failed'>()
  const { onlyFirst, needsSecond } = records
  const keyOf = (event: Event) => records.recordKey?.(event)
  const isDone = ({ outcome }: Event) => outcome !== undefined && !isFailure(outcome)
  const done = new Set(onlyFirst && events.filter(isDone).map(keyOf))
  for (const event of events) {
    const { outcome, taken } = event
    const key = onlyFirst && keyOf(event)
    const queue = queueOf(event, records)
    const before = queue === undefined ? undefined : queues.get(queue)
    if (outcome !== undefined) {
      if (isRetried(outcome) && queue !== undefined) queues.set(queue, 'failed')
    } else if (onlyFirst && key !== undefined && done.has(key)) ended.set(event, onlyFirst)
    else if (before === 'failed') ended.set(event, taken ? goesAgain : afterFailed)
    else if (taken && !needsSecond?.(event)) {
      if (before === undefined) ended.set(event, taken)
    } else if (before !== 'waits') {
      if (hasLead(event)) due.push(event)
      if (queue !== undefined) queues.set(queue, hasLead(event) ? 'due' : 'waits')
    }
  }
  return { due, ended }
}

/** Groups the events that share a record, unless another record of the same queue comes between them. */
function sharedRecords<Event extends RecordEvent>(
  events: (Event & WithLead)[],
  records: Records<Event>
): Shared<Event & WithLead>[] {
  const all: Shared<Event & WithLead>[] = []
  const latest = new Map<string, Shared<Event & WithLead>>()
  for (const event of events) {
    const key = records.recordKey?.(event)
    const queue = queueOf(event, records)
    const open = queue === undefined ? undefined : latest.get(queue)
    if (key !== undefined && open?.key === key && !event.isAlone && !open.events[0].isAlone) {
      open.events.push(event)
      continue
    }
    const shared = { events: [event], key, queue }
    all.push(shared)
    if (queue !== undefined) latest.set(queue, shared)
  }
  return all
}

function groupOf<Event>({ events, queue }: Shared<Event & WithLead>, records: Records<Event>): Group<Event> {
  const { target, record, whichCounts = 'last' } = records
  const ownOf = (event: Event & WithLead) => ({ target: target(event), record: record(event) })
  const counts = ownOf(whichCounts === 'first' ? events[0] : events[events.length - 1])
  return {
    events,
    queue,
    ownRecords: () => events.map(ownOf),
    target: counts.target,
    record: whichCounts === 'merged' ? mergedRecord(events.map(record)) : counts.record
  }
}

/** The records by call, in an order in which each comes after the earlier ones of its queue, with as few calls as possible. */
function callsOf<Event>(groups: Group<Event>[]): Group<Event>[][] {
  const calls: Group<Event>[][] = []
  const byTarget = new Map<string, number[]>()
  const latestOfQueue = new Map<string, number>()
  for (const group of groups) {
    const { queue } = group
    const key = callKey(group)
    const latest = queue === undefined ? -1 : latestOfQueue.get(queue) ?? -1
    const places = byTarget.get(key) ?? []
    byTarget.set(key, places)
    let place = firstAfter(places, latest)
    if (place === undefined) {
      place = calls.push([]) - 1
      places.push(place)
    }
    calls[place].push(group)
    if (queue !== undefined) latestOfQueue.set(queue, place)
  }
  return calls
}

/** The records of calls that can go at once, because no queue is in two of them. */
function stepsOf<Event>(calls: Group<Event>[][]): Group<Event>[][] {
  const steps: Group<Event>[][] = []
  let queuesOfStep = new Set<string>()
  for (const call of calls) {
    const queues = call.flatMap(({ queue }) => queue ?? [])
    if (steps.length === 0 || queues.some((queue) => queuesOfStep.has(queue))) {
      steps.push([])
      queuesOfStep = new Set()
    }
    for (const group of call) steps[steps.length - 1].push(group)
    for (const queue of queues) queuesOfStep.add(queue)
  }
  return steps
}

/** @param places in ascending order: one for each call with the same target */
function firstAfter(places: number[], latest: number): number | undefined {
  let [from, to] = [0, places.length]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (places[middle] > latest) to = middle
    else from = middle + 1
  }
  return places[from]
}
