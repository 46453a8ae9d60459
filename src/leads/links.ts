import { isFailure } from '../marketo/outcome'
import type { LeadEvent } from './event'
import type { Known } from './known'
import { MissingValues } from './missing'
import { leadGone, withoutLink } from './refusals'

/** The lead fields that link records. Each look-up requests their values. */
export function linkFieldsOf(events: readonly LeadEvent[]): string[] {
  const fields = new Set<string>()
  for (const { linkedBy } of events) if (linkedBy !== undefined && linkedBy !== 'id') fields.add(linkedBy)
  return [...fields]
}

/**
 * Gives each event its lead's value of the field that links its record. It looks up only leads whose values are unknown, such as
 * those that the customer mapped by their IDs.
 * @returns the events whose lead disappeared after it was found
 */
export async function readLinks(known: Known, events: readonly LeadEvent[]): Promise<LeadEvent[]> {
  const linked = events.filter(isLinked).filter(({ outcome }) => outcome === undefined)
  const missing = new MissingValues()
  for (const event of linked) if (linkOf(known, event) === undefined) missing.note('id', String(event.leadId))
  await known.load(missing)
  return linked.filter((event) => {
    const value = linkOf(known, event)
    if (value === null) event.outcome = withoutLink(event)
    else if (value !== undefined) event.linkValue = value
    else {
      const answer = known.answerFor('id', String(event.leadId))
      event.outcome = isFailure(answer) ? answer : leadGone
      return event.outcome === leadGone && event.identity.leadId === undefined
    }
    return false
  })
}

/** An event whose record is linked to a lead, which is found. */
type LinkedEvent = LeadEvent & { linkedBy: string; leadId: number }

const isLinked = (event: LeadEvent): event is LinkedEvent => event.linkedBy !== undefined && event.leadId !== undefined

/** @returns null if the lead has no value, undefined if it is unknown */
function linkOf(known: Known, { linkedBy, leadId }: LinkedEvent): LeadEvent['linkValue'] | null {
  return linkedBy === 'id' ? leadId : known.leads.get(leadId)?.links?.get(linkedBy)
}
