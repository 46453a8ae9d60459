import type { Failure } from '../marketo/outcome'
import { assignKeys } from './assign-keys'
import { isNamed, keysIn } from './event'
import type { LeadEvent } from './event'
import { Lead } from './lead'
import type { Change } from './lead'
import { match } from './match'
import type { Known } from './known'
import { MissingValues } from './missing'
import { Picture, valuesOf } from './picture'
import { afterFailed, leadExists, whyNotCreated } from './refusals'

/** The result of a replay: everything up to the first event that must wait. */
export interface Plan {
  /** Values that must be looked up first. Then the batch is replayed again. */
  missing: MissingValues
  changes: Change[]
  /** The events whose lead is in Marketo and stays unchanged. */
  found: { event: LeadEvent; leadId: number }[]
  refused: { event: LeadEvent; failure: Failure }[]
  /** The events from the first one that has to wait until the changes are written. */
  rest: LeadEvent[]
}

/**
 * Replays events in order, in memory. Each one sees the writes of the earlier ones.
 * @param apart events that get their own record
 */
export function replay(known: Known, events: LeadEvent[], apart: ReadonlySet<LeadEvent>): Plan {
  const plan: Plan = { missing: new MissingValues(), changes: [], found: [], refused: [], rest: [] }
  const picture = new Picture(known)
  let written: Picture | undefined
  for (const [i, event] of events.entries()) {
    if (step(event)) continue
    if (plan.missing.size > 0) continue
    plan.rest = events.slice(i)
    break
  }
  return plan

  /** @returns false if the event must wait until the earlier changes are written */
  function step(event: LeadEvent): boolean {
    if (isUnsettled(event)) return refuse(event, afterFailed)
    const matched = match(event.identity, picture, plan.missing)
    if (matched === 'not looked up') return true
    if (matched === 'nobody') return createOrRefuse(event)
    if ('failure' in matched) return refuse(event, matched.failure)
    const { lead } = matched
    if (lead.id !== undefined && known.unsettled.has(lead.id)) return refuse(event, afterFailed)
    if (event.record && event.mode !== 'add') return update(event, lead)
    return rely(event, lead)
  }

  /** Whether a write that will be retried may have given a lead one of the event's keys. */
  function isUnsettled({ identity }: LeadEvent): boolean {
    return known.unsettledValues.size > 0 && valuesOf(identity).some((value) => known.unsettledValues.has(value))
  }

  function refuse(event: LeadEvent, failure: Failure): true {
    plan.refused.push({ event, failure })
    return true
  }

  function createOrRefuse(event: LeadEvent): boolean {
    const reason = whyNotCreated(event)
    if (reason) return refuse(event, reason)
    const lead = new Lead(undefined, {})
    if (!assignKeys(picture, lead, keysIn(event.identity))) return false
    event.leadKeys = lead.keys
    change(lead, event)
    return true
  }

  function update(event: LeadEvent, lead: Lead): boolean {
    if (apart.has(event) && isUnconfirmed(event, lead)) return false
    // Marketo will refuse an unknown lead ID. No other event may match these keys.
    const isGone = lead.id !== undefined && picture.isGone(lead.id)
    if (!isGone && !assignKeys(picture, lead, keysIn(event.identity))) return false
    event.leadKeys = isNamed(lead.keys) || known.leads.has(Number(lead.id)) ? lead.keys : undefined
    change(lead, event)
    return true
  }

  /** An event that changes nothing on an existing lead. */
  function rely(event: LeadEvent, lead: Lead): true {
    if (lead.id === undefined) lead.change?.followers.push(event)
    else if (event.record) return refuse(event, leadExists)
    else plan.found.push({ event, leadId: lead.id })
    return true
  }

  function change(lead: Lead, event: LeadEvent): void {
    const isApart = apart.has(event)
    if (lead.change && !lead.change.isApart && !isApart) {
      lead.change.writers.push(event)
      return
    }
    lead.change = { lead, writers: [event], followers: [], isApart }
    plan.changes.push(lead.change)
  }

  /**
   * Whether an event with its own record matches its lead only because of unwritten changes. Of several records that
   * Marketo refused together, one will be refused again.
   */
  function isUnconfirmed(event: LeadEvent, lead: Lead): boolean {
    if (lead.id === undefined) return true
    written ??= new Picture(known)
    const matched = match(event.identity, written, new MissingValues())
    return !(typeof matched === 'object' && 'lead' in matched && matched.lead.id === lead.id)
  }
}
