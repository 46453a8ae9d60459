import { fold, LEAD_KEYS, valueKey, valueKeysOf } from '../who/keys'
import type { Identity, Keys, LeadKey } from '../who/keys'

/** A lead as it is in Marketo. */
export interface Candidate {
  readonly id: number
  readonly keys: Keys
  readonly partitionId?: number | null
  /** The fields about consent, such as `unsubscribed`, that are true. */
  readonly consent?: ReadonlySet<string>
  /** The field that holds its ID in a CRM, if it has one. */
  readonly crmField?: string
}

/** An event that may show that several leads are one person. */
export interface Evidence {
  readonly identity: Identity
  /** The lead of the event. */
  readonly leadId: number
}

/** Leads that are one person, as an event shows. The others become part of the winner. */
export interface Merge<Event> {
  event: Event
  winner: Candidate
  losers: Candidate[]
  /**
   * The fields about consent that must be true in the winner first: since March 2026, Marketo keeps the winner's `false`
   * (Marketo community, thread 251219).
   */
  consent: string[]
}

/** Leads that are one person, but stay apart, because one that would disappear has an ID in a CRM. */
export interface Kept<Event> {
  event: Event
  losers: Candidate[]
  inCrm: Candidate
}

/**
 * Decides which leads are one person. It takes events in order, and each sees the merges of the earlier ones, so that
 * no chain of merges joins different people. If in doubt, it merges nothing, because a merge cannot be undone.
 */
export function duplicatesOf<Event extends Evidence>(
  events: readonly Event[],
  leads: readonly Candidate[]
): { merges: Merge<Event>[]; kept: Kept<Event>[] } {
  const present = new Map(leads.map((lead) => [lead.id, lead]))
  const mergedInto = new Map<number, number>()
  const merges: Merge<Event>[] = []
  const kept: Kept<Event>[] = []
  const holders = new Map<string, Set<number>>()
  for (const lead of leads) for (const value of valueKeysOf(lead.keys)) hold(value, lead.id)

  for (const event of events) {
    const winner = present.get(current(event.leadId))
    if (!winner) continue
    const losers = losersOf(event.identity, winner, withKey)
    const inCrm = losers.find(({ crmField }) => crmField !== undefined)
    if (inCrm) kept.push({ event, losers, inCrm })
    else if (losers.length > 0) merges.push({ event, winner, losers, consent: absorb(winner, losers) })
  }
  return { merges, kept }

  function hold(value: string, id: number): void {
    const ids = holders.get(value) ?? new Set<number>()
    holders.set(value, ids.add(id))
  }

  function current(id: number): number {
    const next = mergedInto.get(id)
    return next === undefined ? id : current(next)
  }

  function withKey(key: LeadKey, value: string): Candidate[] {
    return [...(holders.get(valueKey(key, value)) ?? [])].flatMap((id) => present.get(id) ?? [])
  }

  /** As Marketo does: the winner's values win unless they are empty. @returns the fields about consent that become true in the winner */
  function absorb(winner: Candidate, losers: Candidate[]): string[] {
    const all = new Set([winner, ...losers].flatMap(({ consent = [] }) => [...consent]))
    const keys: Keys = {}
    for (const key of LEAD_KEYS)
      keys[key] = [winner, ...losers].map((lead) => lead.keys[key]).find((value) => value !== undefined)
    present.set(winner.id, { ...winner, keys, consent: all })
    for (const value of valueKeysOf(keys)) hold(value, winner.id)
    for (const { id } of losers) {
      present.delete(id)
      mergedInto.set(id, winner.id)
    }
    return [...all].filter((field) => !winner.consent?.has(field))
  }
}

/**
 * The leads that are one person with the winner, as an event shows.
 * @param withKey finds the leads with a value
 */
export function losersOf<L extends Pick<Candidate, 'keys' | 'partitionId'>>(
  { email, userId, anonymousId }: Keys,
  winner: L,
  withKey: (key: LeadKey, value: string) => L[]
): L[] {
  const found = (key: LeadKey, value: string | undefined) => (value === undefined ? [] : withKey(key, value))
  const named = new Set([winner, ...found('email', email), ...found('userId', userId)])
  const event = { email, userId }
  if (!isOnePerson([event, ...keysOf(named)])) return []
  // Two people who share a browser stay two leads. The browser's nameless leads could belong to either.
  const all = new Set([...named, ...found('anonymousId', anonymousId)])
  const group = isOnePerson([event, ...keysOf(all)]) ? all : named
  return [...group].filter((lead) => lead !== winner && lead.partitionId === winner.partitionId)
}

/**
 * Whether all these keys belong to one person: at most one email and one user ID. If there are both, something must show that they
 * belong together.
 */
function isOnePerson(all: Keys[]): boolean {
  const emails = new Set(all.flatMap(({ email }) => (email === undefined ? [] : [fold(email)])))
  const userIds = new Set(all.flatMap(({ userId }) => (userId === undefined ? [] : [fold(userId)])))
  if (emails.size > 1 || userIds.size > 1) return false
  return emails.size + userIds.size < 2 || all.some(({ email, userId }) => email !== undefined && userId !== undefined)
}

const keysOf = (leads: Iterable<Pick<Candidate, 'keys'>>): Keys[] => [...leads].map(({ keys }) => keys)
