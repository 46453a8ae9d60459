import type { Identity, Keys, LeadKey } from '../who/identity'
import { isNamed, keysIn } from '../who/event'
import type { LeadEvent } from '../who/event'
import type { KnownLeads } from '../finding/known'
import { hasKeys, Lead, LeadIndex } from '../finding/lead-index'
import type { Hold } from '../finding/lead-index'
import { match } from '../finding/match'
import type { Match } from '../finding/match'
import { MissingValues } from '../finding/missing'
import { searchesFor, searchesThatFind } from '../finding/searches'
import type { Search } from '../finding/searches'
import { isSameValue } from '../finding/search'
import { isFailure, isRetried } from '../../marketo/outcome'
import type { Failure } from '../../marketo/outcome'
import { afterFailed, leadExists, whyNotCreated } from './refusals'
import { stronger, Unconfirmed } from './unconfirmed'

/** Events whose records become one record for a lead, with later values over earlier ones. The first one creates a new lead. */
export interface LeadChange<Event> {
  readonly lead: Lead
  readonly events: { event: Event; keysAfter: Keys | undefined }[]
  /** For a new lead: the key that surely creates it, because no other lead has it. */
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
 * Replays events in order, in memory, on the leads that Marketo has: each sees the changes of the earlier ones. A change that
 * Marketo has not confirmed decides nothing for others. So an event waits
 * - while another lead with an unconfirmed change may suit it as well as its own lead does, whether Marketo takes the change
 *   or refuses it, and
 * - while its own change may affect what an earlier event finds that may be handled again.
 * An event that fails, but will be retried, counts as a change that is never confirmed here. So later events that it may
 * concern fail too, and the retry keeps the order.
 * @param numberOf the number of an event in its batch, counted from 1
 */
export function planLeads<Event extends LeadEvent>(
  known: KnownLeads,
  events: readonly Event[],
  numberOf: (event: Event) => number
): LeadPlan<Event> {
  const plan: LeadPlan<Event> = { missing: new MissingValues(), changes: [], found: new Map(), refused: new Map() }
  const index = new LeadIndex(known)
  const unconfirmed = new Unconfirmed()
  /** The changes of this round. */
  const changes = new Map<Lead, LeadChange<Event>>()
  /** For leads whose keys may change in this round: the searches that find them whatever Marketo answers. */
  const certain = new Map<Lead, ReadonlySet<string>>()
  /** Searches all of whose leads may be the lead of an event that is handled again. */
  const open = new Map<string, Hold>()
  /** Whether the lead of a failed event is unknown. */
  let isAnyUnknown = false

  for (const event of events) {
    if (event.leadId !== undefined) keepFound(event)
    else if (event.outcome === undefined) step(event)
    else if (isFailure(event.outcome) && isRetried(event.outcome)) {
      const matched = match(event.identity, index, new MissingValues())
      const by = byOf(matched)
      hold(event, matched, 'retry', by && !reasonToWait(event, matched, leadOf(matched)) ? by : undefined)
    }
  }
  return plan

  function step(event: Event): void {
    const matched = match(event.identity, index, plan.missing)
    if (matched === 'not looked up') return
    if (typeof matched === 'object' && 'failure' in matched) {
      refuse(event, matched.failure, matched)
      return
    }
    const lead = leadOf(matched)
    const reason = reasonToWait(event, matched, lead)
    if (reason === 'retry') refuse(event, afterFailed, matched)
    else if (reason === 'round') hold(event, matched, 'round')
    else if (matched === 'nobody') createOrRefuse(event, lead)
    else if (event.record && event.mode !== 'add') change(event, lead, matched.by)
    else if (lead.id === undefined) hold(event, matched, 'round')
    else if (event.record) plan.refused.set(event, leadExists)
    else {
      plan.found.set(event, lead.id)
      use(lead, matched.by, known.usable(event.identity), 'round')
    }
  }

  /**
   * An event whose record about its lead is not confirmed yet: it may be sent again, and must find the same lead then. So later events
   * create none that it would find.
   */
  function keepFound(event: Event): void {
    const { outcome, identity } = event
    const isOpen = outcome === undefined
    if (event.record || !(isOpen || (isFailure(outcome) && isRetried(outcome)))) return
    const matched = match(identity, index, new MissingValues())
    use(leadOf(matched), byOf(matched), known.usable(identity), isOpen ? 'round' : 'retry')
  }

  function refuse(event: Event, failure: Failure, matched: Match): void {
    plan.refused.set(event, failure)
    if (isRetried(failure)) hold(event, matched, 'retry')
  }

  function createOrRefuse(event: Event, lead: Lead): void {
    const reason = whyNotCreated(event)
    if (reason) plan.refused.set(event, reason)
    else change(event, lead)
  }

  function reasonToWait(event: Event, matched: Match, lead: Lead): Hold | undefined {
    const identity = known.usable(event.identity)
    const by = byOf(matched)
    const isMapped = identity.leadId !== undefined
    let reason = stronger(lead.hold, isMapped && isAnyUnknown ? holdOfUnknown(lead) : undefined)
    const names = isMapped ? [] : namesUpTo(by, identity)
    reason = stronger(reason, unconfirmed.changedByOthers(lead, names))
    if (!isChanging(event, lead)) return reason
    reason = stronger(reason, unconfirmed.usedByOthers(lead, namesAfter(lead, identity)))
    return stronger(reason, isAmbiguous(event, lead, by) ? 'round' : undefined)
  }

  /** What an event about a mapped lead waits for, if the lead of an earlier event is unknown: it may be the same one. */
  function holdOfUnknown({ id = 0 }: Lead): Hold | undefined {
    const answer = known.answerFor('id', String(id))
    if (known.leads.has(id) || answer === 'answered') return undefined
    if (answer === undefined) plan.missing.note('id', String(id))
    return 'retry'
  }

  /** Whether a lead that Marketo may leave as it is could have keys that no replay has seen, or belong to another lead. */
  function isAmbiguous(event: Event, lead: Lead, by: Search | undefined): boolean {
    const change = changes.get(lead)
    if (lead.id === undefined && creationKey(lead, keysIn(known.usable(event.identity))) === undefined) return true
    if (!change) return false
    const isOwnRecord = event.isAlone || change.events[0].event.isAlone
    if (isOwnRecord) {
      if (lead.id === undefined) return true
      if (by && !(isCertain(lead, by) && index.all(by).length === 1)) return true
    }
    return lead.id !== undefined && mixesKeys(lead, event.identity)
  }

  /**
   * The key for creating a lead with these keys. No other lead may have it, whatever Marketo answers, so that Sync Leads creates a
   * lead instead of changing another one. The user ID comes first, because another process that creates the same lead right
   * now most likely has it too.
   */
  function creationKey(lead: Lead, keys: Keys): LeadKey | undefined {
    if (lead.id !== undefined) return undefined
    const next = { ...lead.keys, ...keys }
    return CREATION_KEYS.find((key) => {
      const value = next[key]
      if (value === undefined || known.answerFor(key, value) !== 'answered') return false
      const [name] = searchesThatFind({ [key]: value })
      const isFree = index.all({ name, key, value }).every((other) => other === lead)
      return isFree && !unconfirmed.isChangedByOther(lead, name)
    })
  }

  /** Whether an event changes one of email and user ID, and an earlier one the other. Marketo may refuse only one of them. */
  function mixesKeys(lead: Lead, { email, userId }: Identity): boolean {
    const before = known.leads.get(Number(lead.id))?.keys ?? {}
    const changesEmail = email !== undefined && !isSameValue(email, lead.keys.email)
    const changesUser = userId !== undefined && !isSameValue(userId, lead.keys.userId)
    const isEmailChanged = lead.keys.email !== undefined && !isSameValue(lead.keys.email, before.email)
    const isUserChanged = lead.keys.userId !== undefined && !isSameValue(lead.keys.userId, before.userId)
    return (
      (changesEmail && userId === undefined && isUserChanged) || (changesUser && email === undefined && isEmailChanged)
    )
  }

  function change(event: Event, lead: Lead, by?: Search): void {
    const identity = known.usable(event.identity)
    use(lead, by, identity, 'round')
    // Marketo will refuse an unknown lead ID. No other event may match these keys.
    if (lead.id === undefined || !index.isGone(lead.id)) assign(event, lead)
    const keysAfter = isNamed(lead.keys) || known.leads.has(Number(lead.id)) ? lead.keys : undefined
    const present = changes.get(lead)
    if (present) present.createdBy = creationKey(lead, {})
    if (present && !event.isAlone && !present.events[0].event.isAlone) {
      present.events.push({ event, keysAfter })
      return
    }
    const created: LeadChange<Event> = { lead, events: [{ event, keysAfter }], createdBy: creationKey(lead, {}) }
    changes.set(lead, created)
    plan.changes.push(created)
  }

  /**
   * Lets an event wait, with all later events that it may concern.
   * @param by the search that found its lead, if no other lead may be its own
   */
  function hold(event: Event, matched: Match, until: Hold, by?: Search): void {
    const identity = known.usable(event.identity)
    const lead = leadOf(matched)
    const isUnknown = matched === 'not looked up' || (typeof matched === 'object' && 'failure' in matched)
    isAnyUnknown ||= isUnknown && until === 'retry'
    use(lead, by, identity, until)
    lead.hold = stronger(lead.hold, until)
    if (isChanging(event, lead) || (isUnknown && event.record)) assign(event, lead)
  }

  /** Records what an event that may be handled again depends on, and which leads may be its lead then. */
  function use(lead: Lead, by: Search | undefined, identity: Identity, until: Hold): void {
    if (identity.leadId !== undefined) return
    if (by && isCertain(lead, by)) {
      unconfirmed.use(lead, namesUpTo(by, identity), until)
      return
    }
    for (const search of searchesFor(identity)) {
      unconfirmed.use(lead, [search.name], until)
      if (open.get(search.name) === until) continue
      open.set(search.name, until)
      for (const other of index.all(search)) {
        if (other === lead) continue
        other.hold = stronger(other.hold, until)
        unconfirmed.change(other, other.searches)
      }
    }
  }

  /** Gives a lead the keys of an event, as if Marketo took them. */
  function assign(event: Event, lead: Lead): void {
    const keys = keysIn(known.usable(event.identity))
    const before = lead.searches
    if (!certain.has(lead)) {
      certain.set(lead, new Set(before))
      unconfirmed.change(lead, before)
    }
    // If Marketo refuses the earlier events, this one creates the lead.
    if (lead.id === undefined) unconfirmed.change(lead, searchesThatFind(keys))
    index.update(lead, keys, numberOf(event))
    if (lead.searches === before) return
    unconfirmed.change(lead, lead.searches)
    certain.set(lead, new Set(lead.searches.filter((name) => isCertainName(lead, name))))
  }

  function isCertain(lead: Lead, { name }: Search): boolean {
    return lead.id !== undefined && isCertainName(lead, name)
  }

  function isCertainName(lead: Lead, name: string): boolean {
    return certain.get(lead)?.has(name) ?? lead.searches.includes(name)
  }

  /** The searches that find a lead before or after an event changes it. */
  function namesAfter(lead: Lead, identity: Identity): string[] {
    const keys = keysIn(identity)
    return hasKeys(lead, keys) ? [...lead.searches] : [...lead.searches, ...searchesThatFind({ ...lead.keys, ...keys })]
  }
}

/** The lead that was found; a new one if none was. */
const leadOf = (matched: Match): Lead =>
  typeof matched === 'object' && 'lead' in matched ? matched.lead : new Lead(undefined)

const byOf = (matched: Match): Search | undefined =>
  typeof matched === 'object' && 'lead' in matched ? matched.by : undefined

const CREATION_KEYS: readonly LeadKey[] = ['userId', 'email', 'anonymousId']

/** The names of an event's searches, up to the one that found its lead. */
function namesUpTo(by: Search | undefined, identity: Identity): string[] {
  const names = searchesFor(identity).map(({ name }) => name)
  return by ? names.slice(0, names.indexOf(by.name) + 1) : names
}

/** Whether an event changes its lead, or creates it. */
const isChanging = ({ record, mode }: LeadEvent, { id }: Lead): boolean =>
  id === undefined ? mode !== 'update' : record !== undefined && mode !== 'add'
