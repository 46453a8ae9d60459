import { isFailure } from '../../marketo/transport/outcome'
import type { Outcome } from '../../marketo/transport/outcome'
import type { KnownLeads } from '../finding/known'
import { MissingValues } from '../finding/known'
import { leadGone, withoutLink } from '../rounds/refusals'
import type { PlainValue } from '../../marketo/values/convert'
import type { LeadEvent, Progress } from '../who/event'
import { fold, LEAD_KEYS } from '../who/keys'

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
  readonly ended: Map<Event, Outcome>
}

/** Reads the values that link the records of events, as far as they are known. */
export function linksOf<Event extends LeadEvent>(known: KnownLeads, events: readonly Event[]): Links<Event> {
  const links: Links<Event> = { missing: new MissingValues(), found: new Map(), ended: new Map() }
  const leadsWith = leadsByValue(known)
  for (const event of events) {
    if (!isUnlinked(event)) continue
    const { linkedBy, leadId } = event
    const value = linkedBy === 'id' ? leadId : known.leads.get(leadId)?.values.get(linkedBy)
    const answer = known.answerFor('id', String(leadId))
    if (value === null) links.ended.set(event, withoutLink(event))
    else if (value !== undefined) {
      const linkShared = isSearchKey(event, value) ? leadsWith(linkedBy, value) : undefined
      links.found.set(event, { linkValue: value, linkShared })
    } else if (known.unreadable) links.ended.set(event, known.unreadable)
    else if (answer === undefined) links.missing.note('id', String(leadId))
    else if (isFailure(answer)) links.ended.set(event, answer)
    else links.ended.set(event, leadGone)
  }
  return links
}

/** An event whose lead is found, but not the value that links its record to it. */
const isUnlinked = (event: LeadEvent): event is LeadEvent & { linkedBy: string; leadId: number } =>
  event.outcome === undefined &&
  event.linkedBy !== undefined &&
  event.leadId !== undefined &&
  event.linkValue === undefined

/**
 * Whether the value is the key that the event is looked up by. Only then does each look-up, of a batch or of a single event, show all
 * leads that have it.
 */
function isSearchKey({ identity, linkedBy }: LeadEvent, value: PlainValue): boolean {
  if (identity.leadId !== undefined) return false
  const key = LEAD_KEYS.find((candidate) => identity[candidate] !== undefined)
  return key !== undefined && key === linkedBy && fold(`${identity[key]}`) === fold(String(value))
}

/** Counts the known leads that have a value in a field that links records. */
function leadsByValue(known: KnownLeads): (field: string, value: PlainValue) => number | undefined {
  const counts = new Map<string, Map<string, number>>()
  return (field, value) => {
    const ofField = counts.get(field) ?? new Map<string, number>()
    if (!counts.has(field)) {
      counts.set(field, ofField)
      for (const { values } of known.leads.values()) {
        const held = values.get(field) ?? undefined
        if (held !== undefined) ofField.set(fold(String(held)), (ofField.get(fold(String(held))) ?? 0) + 1)
      }
    }
    return ofField.get(fold(String(value)))
  }
}
