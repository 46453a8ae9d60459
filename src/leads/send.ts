import type { MarketoClient } from '../marketo/client'
import { LEAD_NOT_FOUND } from '../marketo/errors'
import { isFailure, isRetried } from '../marketo/outcome'
import type { Failure, Outcome } from '../marketo/outcome'
import { sendRecords } from '../marketo/records'
import { isAllOf, shipmentsOf, wavesOf } from './dispatch'
import type { Dispatch, Parcel, Shipment } from './dispatch'
import type { LeadEvent } from './event'
import { resolveLeads, withSecondLook } from './resolve-leads'
import { afterFailed } from './refusals'
import { isPermanent, isLeadGone } from './settle'

/** An event that becomes a record about its lead. */
export interface RecordEvent extends LeadEvent {
  /** The record names no lead: none is looked up, created or needed. */
  readonly needsNoLead?: boolean
  /** The event removes something from its lead. So it also succeeds if no lead matches. */
  readonly isRemoval?: boolean
}

/** What an action does with its events, and with special cases. */
export interface Sending<Event> extends Dispatch<Event> {
  /** Why the other events that share a record fail once the first one is done. Without it, they also succeed. */
  onlyFirst?: Failure
  /** Fixes events whose records Marketo refused. @returns those that it fixed */
  mend?: (events: Event[]) => Promise<Event[]>
}

/**
 * Finds or creates the leads of events, then sends their records with as few calls as possible. The batch gives the same
 * result as its events one by one.
 */
export async function sendForLeads<Event extends RecordEvent>(
  client: MarketoClient,
  events: Event[],
  sending: Sending<Event>
): Promise<void> {
  await withSecondLook(events, async (attempted) => {
    const lost = await resolveLeads(
      client,
      attempted.filter(({ needsNoLead }) => !needsNoLead)
    )
    const ready = attempted.filter(({ outcome }) => outcome === undefined)
    await send(client, ready, sending)
    if (sending.mend) await send(client, await sending.mend(ready), sending)
    return [...lost, ...ready.filter((event) => !event.needsNoLead && isLeadGone(event, event.outcome))]
  })
  for (const event of events) {
    if (event.isRemoval && isNobody(event.outcome)) event.outcome = NOTHING_TO_REMOVE
  }
}

const isNobody = (outcome: Outcome | undefined): boolean => isFailure(outcome) && outcome.code === LEAD_NOT_FOUND

const NOTHING_TO_REMOVE: Outcome = { status: 200, sent: {}, body: { result: 'No lead matches: nothing to remove.' } }

/** Gives each event its outcome. */
async function send<Event extends RecordEvent>(
  client: MarketoClient,
  events: Event[],
  sending: Sending<Event>
): Promise<void> {
  const apart = new Set<Event>()
  /** The queues in which a record will be retried. If later records went out now, they would overtake it. */
  const stuck = new Set<string>()
  const isStuck = isIn<Event>(stuck)
  let waiting = events
  while (waiting.length > 0) {
    const again = new Set<Event>()
    /** The queues in which events wait for the next round. Later events of these queues wait too. */
    const held = new Set<string>()
    const isHeld = isIn<Event>(held)
    const shipments = shipmentsOf(waiting, sending, apart)
    const ship = async ({ target, parcels }: Shipment<Event>) => {
      for (const event of parcels.filter(isStuck).flatMap((parcel) => parcel.events)) event.outcome = afterFailed
      for (const event of parcels.filter(isHeld).flatMap((parcel) => parcel.events)) again.add(event)
      const due = parcels.filter((parcel) => !isStuck(parcel) && !isHeld(parcel))
      const outcomes = await sendRecords(
        client,
        target,
        due.map(({ record }) => record)
      )
      for (const [i, parcel] of due.entries()) {
        if (parcel.queue !== undefined && willBeRetried(outcomes[i])) stuck.add(parcel.queue)
        const open = settleParcel(parcel, outcomes[i], sending, apart)
        for (const event of open) again.add(event)
        if (parcel.queue !== undefined && open.length > 0) held.add(parcel.queue)
      }
    }
    for (const wave of wavesOf(shipments)) await Promise.all(wave.map(ship))
    waiting = again.size === 0 ? [] : events.filter((event) => again.has(event))
  }
}

const isIn =
  <Event>(queues: ReadonlySet<string>) =>
  ({ queue }: Parcel<Event>): boolean =>
    queue !== undefined && queues.has(queue)

const willBeRetried = (outcome: Outcome): boolean => isFailure(outcome) && isRetried(outcome)

/** @returns the events that are not done with this outcome of their record */
function settleParcel<Event extends RecordEvent>(
  parcel: Parcel<Event>,
  outcome: Outcome,
  sending: Sending<Event>,
  apart: Set<Event>
): Event[] {
  const { events } = parcel
  const { whichCounts, onlyFirst } = sending
  const isRefused = isFailure(outcome) && isPermanent(outcome)
  if (!isRefused || events.length === 1) {
    for (const event of events) event.outcome = outcome
    if (onlyFirst && !isFailure(outcome)) for (const event of events.slice(1)) event.outcome = onlyFirst
    return []
  }
  if (whichCounts === 'first') {
    events[0].outcome = outcome
    return events.slice(1)
  }
  // Marketo may refuse one of them for its own values. Values that all share are refused for all.
  if (events.every((event) => isAllOf(event, parcel, sending))) {
    for (const event of events) event.outcome = outcome
    return []
  }
  for (const event of events) apart.add(event)
  return events
}
