import { isFailure } from '../../marketo/transport/outcome'
import type { Failure, Outcome } from '../../marketo/transport/outcome'
import type { KnownLeads } from '../finding/known'
import { MissingValues } from '../finding/known'
import { leadGone, withoutLink } from '../rounds/refusals'
import type { LeadEvent, Progress } from '../who/event'

/** The lead fields that link records. Each look-up requests their values. */
export function linkFieldsOf(events: readonly LeadEvent[]): string[] {
  const fields = new Set<string>()
  for (const { linkedBy } of events) if (linkedBy !== undefined && linkedBy !== 'id') fields.add(linkedBy)
  return [...fields]
}

/** The leads' values of the fields that link records. */
interface Links<Event> {
  /** Only leads whose values are unknown, such as those that the customer mapped by their IDs. */
  readonly missing: MissingValues
  readonly found: Map<Event, Partial<Progress>>
  /** The events whose lead disappeared after it was found. */
  readonly lost: Map<Event, Failure>
  readonly ended: Map<Event, Outcome>
}

/** Reads the values that link the records of events, as far as they are known. */
export function linksOf<Event extends LeadEvent>(known: KnownLeads, events: readonly Event[]): Links<Event> {
  const links: Links<Event> = { missing: new MissingValues(), found: new Map(), lost: new Map(), ended: new Map() }
  for (const event of events) {
    if (!isUnlinked(event)) continue
    const { linkedBy, leadId } = event
    const value = linkedBy === 'id' ? leadId : known.leads.get(leadId)?.values.get(linkedBy)
    const answer = known.answerFor('id', String(leadId))
    if (value === null) links.ended.set(event, withoutLink(event))
    else if (value !== undefined) links.found.set(event, { linkValue: value })
    else if (known.unreadable) links.ended.set(event, known.unreadable)
    else if (answer === undefined) links.missing.note('id', String(leadId))
    else if (isFailure(answer)) links.ended.set(event, answer)
    else if (event.identity.leadId !== undefined) links.ended.set(event, leadGone)
    else links.lost.set(event, leadGone)
  }
  return links
}

/** An event whose lead is found, but not the value that links its record to it. */
const isUnlinked = (event: LeadEvent): event is LeadEvent & { linkedBy: string; leadId: number } =>
  event.outcome === undefined &&
  event.linkedBy !== undefined &&
  event.leadId !== undefined &&
  event.linkValue === undefined
