import type { KnownLeads } from '../finding/known'
import { Lead, LeadIndex, match, queryOf } from '../finding/lead-index'
import type { Hold, Match, Query } from '../finding/lead-index'
import { MissingValues } from '../finding/known'
import { isNamed } from '../who/keys'
import type { Keys, LeadKey } from '../who/keys'
import type { LeadEvent } from '../who/event'
import { isFailure, isRetried } from '../../marketo/transport/outcome'
import type { Failure } from '../../marketo/transport/outcome'
import { afterFailed, leadExists, whyNotCreated } from './refusals'
import { isChanging, Unconfirmed } from './unconfirmed'
import type { Found } from './unconfirmed'
import { FilledFields } from './only-if-empty'

/** Events whose records become one record for a lead, with later values over earlier ones. The first one creates a new lead. */
export interface LeadChange<Event> {
  readonly lead: Lead
  readonly events: {
    event: Event
    /** What the event says about its lead, without an email that does not count. */
    keys: Query['keys']
    keysAfter: Keys | undefined
    /** Fields of its record that it leaves out, because the lead has values. */
    leftOut: readonly string[]
  }[]
  /** The number of the latest event in its batch, counted from 1. */
  latest: number
  /** For a new lead: the key that surely creates it. */
  createdBy?: LeadKey
}

/** The result of a replay: what one round does. All other events wait for it. */
export interface LeadPlan<Event> {
  /** Values that must be looked up before anything is certain. Then the events are replayed again. */
  readonly missing: MissingValues
  readonly changes: LeadChange<Event>[]
  /** The events whose lead is in Marketo and stays unchanged. */
  readonly found: Map<Event, number>
  readonly refused: Map<Event, Failure>
}

/**
 * Replays events in order, in memory, on the leads that Marketo has: each sees the changes of the earlier ones. What Marketo
 * has not confirmed decides nothing for others: see {@link Unconfirmed}.
 */
export function planLeads<Event extends LeadEvent>(known: KnownLeads, events: readonly Event[]): LeadPlan<Event> {
  const plan: LeadPlan<Event> = { missing: new MissingValues(), changes: [], found: new Map(), refused: new Map() }
  const index = new LeadIndex(known)
  const unconfirmed = new Unconfirmed(known, index)
  /** The latest change to a lead in this round. */
  const changes = new Map<Lead, LeadChange<Event>>()
  const filled = events.some(({ onlyIfEmpty }) => onlyIfEmpty)
    ? new FilledFields<Lead>(({ id }, field) => (id === undefined ? null : known.leads.get(id)?.values.get(field)))
    : undefined
  /** Of the event at hand, counted from 1. */
  let number = 0

  for (const event of events) {
    number += 1
    if (event.leadId !== undefined) keepFound(event)
    else if (event.outcome === undefined) step(event)
    else if (isRetried(event.outcome)) holdBack(event)
  }
  return plan

  function step(event: Event): void {
    const query = queryOf(event.identity, known)
    const matched = match(query, index, plan.missing)
    if (matched === 'not looked up') return
    const found = foundFor(event, query, matched)
    const { lead } = found
    if (typeof matched === 'object' && 'failure' in matched) {
      refuse(event, found, matched.failure)
      return
    }
    const reason =
      unconfirmed.reasonToWait(found, plan.missing) ?? (dependsOnEarlier(event, found) ? 'round' : undefined)
    if (reason === 'retry') refuse(event, { ...found, by: undefined }, afterFailed)
    else if (reason === 'round') wait(event, { ...found, by: undefined }, reason)
    else if (matched === 'nobody') createOrRefuse(event, found)
    else if (event.record && event.mode !== 'add') change(event, found)
    else if (lead.id === undefined) wait(event, found, 'round')
    else if (event.record) plan.refused.set(event, leadExists)
    else {
      plan.found.set(event, lead.id)
      unconfirmed.keep(found, 'round')
    }
  }

  /** Holds back the later events that a failed one may concern. */
  function holdBack(event: Event): void {
    const query = queryOf(event.identity, known)
    const found = foundFor(event, query, match(query, index, new MissingValues()))
    const isSure = unconfirmed.reasonToWait(found, plan.missing) === undefined
    wait(event, isSure ? found : { ...found, by: undefined }, 'retry')
  }

  /**
   * An event whose record about its lead is not confirmed yet: it may be sent again, and must find the same lead then. So later events
   * create none that it would find.
   */
  function keepFound(event: Event): void {
    if (event.record || !(event.outcome === undefined || isRetried(event.outcome))) return
    const query = queryOf(event.identity, known)
    const found = foundFor(event, query, match(query, index, new MissingValues()))
    unconfirmed.keep(found, event.outcome === undefined ? 'round' : 'retry')
  }

  function refuse(event: Event, found: Found, failure: Failure): void {
    plan.refused.set(event, failure)
    if (isRetried(failure)) wait(event, found, 'retry')
  }

  function createOrRefuse(event: Event, found: Found): void {
    const reason = whyNotCreated(event)
    if (reason) plan.refused.set(event, reason)
    else change(event, found)
  }

  function wait(event: Event, found: Found, until: Hold): void {
    unconfirmed.keep(found, until)
    unconfirmed.wait(found, until)
    // As if Marketo took it, so that the events that wait for it are matched with its effect.
    if (isChanging(event, found.lead) || (found.isUnknown && event.record)) unconfirmed.assign(found, number)
  }

  function change(event: Event, found: Found): void {
    const { lead } = found
    const failure = failureToRead(event, lead)
    if (failure) {
      refuse(event, found, failure)
      return
    }
    unconfirmed.keep(found, 'round')
    // Marketo will refuse an unknown lead ID. No other event may match these keys.
    if (found.identity.leadId === undefined || !index.isGone(found.identity.leadId)) unconfirmed.assign(found, number)
    const isKnown = lead.id === undefined || known.leads.has(lead.id)
    const keysAfter = isKnown || isNamed(lead.keys) ? lead.keys : undefined
    const record = event.repaired?.record ?? event.record
    const leftOut = filled && record ? filled.replay(lead, event, record) : []
    const changing = { event, keys: found.keys, keysAfter, leftOut }
    let ofLead = changes.get(lead)
    if (ofLead && !event.isAlone && !isAlone(ofLead)) {
      ofLead.events.push(changing)
      ofLead.latest = number
    } else {
      ofLead = { lead, events: [changing], latest: number }
      changes.set(lead, ofLead)
      plan.changes.push(ofLead)
    }
    ofLead.createdBy = found.createdBy
  }

  /** Notes that the lead's values must be looked up, if the event's record depends on them. @returns why they can't be */
  function failureToRead(event: Event, lead: Lead): Failure | undefined {
    if (!filled?.isUnknown(lead, event)) return undefined
    if (known.unreadable) return known.unreadable
    const answer = known.answerFor('id', String(lead.id))
    if (answer === undefined) plan.missing.note('id', String(lead.id))
    return isFailure(answer) ? answer : undefined
  }

  /**
   * Whether an event with a record of its own would have another lead, or write something else, if Marketo refused an earlier record
   * for this lead.
   */
  function dependsOnEarlier(event: Event, { lead, by }: Found): boolean {
    const latest = changes.get(lead)
    if (!latest || !(event.isAlone || isAlone(latest))) return false
    if (lead.id === undefined || event.onlyIfEmpty) return true
    return by !== undefined && !(unconfirmed.isCertain(lead, by) && index.all(by).length === 1)
  }

  function foundFor(event: Event, query: Query, matched: Match): Found {
    const hasLead = typeof matched === 'object' && 'lead' in matched
    const found = hasLead ? matched : { lead: new Lead(undefined), isUnknown: matched !== 'nobody' }
    return { event, ...query, ...found, createdBy: unconfirmed.creationKey(found.lead, query.keys) }
  }
}

const isAlone = ({ events }: LeadChange<LeadEvent>): boolean => events[0].event.isAlone === true
