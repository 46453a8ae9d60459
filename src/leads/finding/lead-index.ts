import type { JSONLikeObject } from '@segment/actions-core'
import type { Failure } from '../../marketo/transport/outcome'
import type { Identity, Keys, Search } from '../who/keys'
import { hasKeys, keysIn, searchesFor, searchesThatFind, valueKey } from '../who/keys'
import type { KnownLeads, MissingValues, StoredLead } from './known'

/** What an event must wait for: Marketo's answers of this round, or the retry of an earlier event. */
export type Hold = 'round' | 'retry'

/** A lead during a replay: from Marketo or new, with its keys after the events so far. */
export class Lead {
  keys: Keys = {}
  /** The names of the searches that find it. */
  searches: readonly string[] = []
  /** The number of the latest event that changes it; 0 if this batch changes nothing. */
  written = 0
  /** Milliseconds since 1970, of Marketo's last update. */
  readonly updatedAt: number
  /** What later events about it wait for. */
  hold?: Hold

  /** @param stored nothing for a lead that isn't in Marketo yet, or whose keys are unknown */
  constructor(readonly id: number | undefined, stored?: StoredLead) {
    this.updatedAt = stored?.updatedAt ?? 0
    this.written = stored?.written ?? 0
  }
}

/** The leads after the events replayed so far, by the searches that find them. */
export class LeadIndex {
  private readonly byId = new Map<number, Lead>()
  /**
   * By search, with the most recently updated lead last. A lead stays here under keys that it has lost, until a search
   * meets it.
   */
  private readonly found = new Map<string, Lead[]>()

  constructor(readonly known: KnownLeads) {
    for (const stored of [...known.leads.values()].sort(byRecency)) {
      const lead = new Lead(stored.id, stored)
      this.byId.set(stored.id, lead)
      this.update(lead, stored.keys, stored.written)
    }
  }

  /** The lead with a mapped ID. If it was not looked up, its keys are unknown. */
  withId(id: number): Lead {
    const lead = this.byId.get(id) ?? new Lead(id)
    this.byId.set(id, lead)
    return lead
  }

  /** Whether Marketo has said that there is no lead with this ID. */
  isGone(id: number): boolean {
    return this.known.answerFor('id', String(id)) === 'answered' && !this.known.leads.has(id)
  }

  /** All leads that a search finds. */
  all({ name }: Search): Lead[] {
    return [...new Set(this.found.get(name) ?? [])].filter(({ searches }) => searches.includes(name))
  }

  /** The lead that a search finds: of several, an exact match wins, then the most recently updated one. */
  best({ name, key, value }: Search): Lead | undefined {
    const leads = this.found.get(name) ?? []
    while (leads.length > 0 && !leads[leads.length - 1].searches.includes(name)) leads.pop()
    for (let i = leads.length - 1; i >= 0; i--) {
      if (leads[i].keys[key] === value && leads[i].searches.includes(name)) return leads[i]
    }
    return leads[leads.length - 1]
  }

  /** Gives a lead these keys, as the event with this number does. */
  update(lead: Lead, keys: Keys, event: number): void {
    if (!hasKeys(lead.keys, keys)) {
      lead.keys = { ...lead.keys, ...keys }
      lead.searches = searchesThatFind(lead.keys)
    }
    lead.written = Math.max(lead.written, event)
    for (const name of lead.searches) this.list(name, lead)
  }

  private list(name: string, lead: Lead): void {
    const leads = this.found.get(name)
    if (!leads) {
      this.found.set(name, [lead])
      return
    }
    let place = leads.length
    while (place > 0 && byRecency(leads[place - 1], lead) > 0) place -= 1
    if (leads[place - 1] !== lead) leads.splice(place, 0, lead)
  }
}

/** Orders leads by when they were last updated, the most recent one last. New leads have no ID yet. */
function byRecency(a: Recency, b: Recency): number {
  return a.written - b.written || a.updatedAt - b.updatedAt || (a.id ?? Infinity) - (b.id ?? Infinity)
}

type Recency = Pick<StoredLead, 'written' | 'updatedAt'> & { id?: number }

/**
 * The result of matching an event: a lead, with the search that found it (none for a mapped ID); nobody; a failure; or a value
 * that must be looked up first.
 */
export type Match = { lead: Lead; by?: Search } | 'nobody' | { failure: Failure } | 'not looked up'

/** What an event searches for. */
export interface Query {
  /** The event's identifiers that count, and the keys among them. */
  readonly identity: Identity
  readonly keys: Keys & JSONLikeObject
  /** None for a mapped ID. */
  readonly searches: readonly Search[]
}

export function queryOf(given: Identity, { commonEmails }: KnownLeads): Query {
  const identity = commonEmails.size > 0 ? withoutCommonEmail(given, commonEmails) : given
  return { identity, keys: keysIn(identity), searches: identity.leadId === undefined ? searchesFor(identity) : [] }
}

/**
 * An email that more than 1,000 leads have says nothing about a person, and Marketo refuses to look it up. So it counts as
 * absent if the event has another key.
 */
function withoutCommonEmail(identity: Identity, commonEmails: ReadonlySet<string>): Identity {
  const { email, ...others } = identity
  const hasOther = identity.userId !== undefined || identity.anonymousId !== undefined
  return hasOther && email !== undefined && commonEmails.has(valueKey('email', email)) ? others : identity
}

/**
 * Finds the lead of an event, after the changes of the earlier events: the lead with the mapped ID, else the one that the
 * strongest search finds.
 * @param missing receives the values that must be looked up first
 */
export function match({ identity, searches }: Query, index: LeadIndex, missing: MissingValues): Match {
  if (identity.leadId !== undefined) return { lead: index.withId(identity.leadId) }
  for (const search of searches) {
    const answer = index.known.answers.get(search.valueKey)
    if (answer === undefined) {
      missing.note(search.key, search.value, search.valueKey)
      return 'not looked up'
    }
    if (answer !== 'answered') return { failure: answer }
    const lead = index.best(search)
    if (lead) return { lead, by: search }
  }
  return 'nobody'
}
