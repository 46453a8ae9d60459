import { fold, valueKey, valueKeysOf } from './identity'
import type { Keys, LeadKey } from './identity'
import { byRecency } from './known'
import type { Known } from './known'
import { Lead } from './lead'

/**
 * The leads after the events replayed so far, indexed by their keys. Each value, and each way to choose among its leads, has
 * a pile with the most recently updated lead on top. A lead that no longer belongs to a pile is removed when a search meets
 * it there.
 */
export class Picture {
  private readonly piles = new Map<string, Lead[]>()
  private readonly byId = new Map<number, Lead>()
  /** How many leads have a value, in Marketo and after the replay. */
  private readonly stored: Map<string, number>
  private readonly holders = new Map<string, number>()
  /** The new leads, by the key that creates them. */
  private readonly creating = new Map<string, Lead>()

  constructor(readonly known: Known) {
    for (const { id, keys } of [...known.leads.values()].sort(byRecency)) {
      const lead = new Lead(id, {})
      this.byId.set(id, lead)
      this.update(lead, keys)
    }
    this.stored = new Map(this.holders)
  }

  /** The lead with a mapped ID. If it was not looked up, its keys are unknown. */
  withId(id: number): Lead {
    const lead = this.byId.get(id) ?? new Lead(id, {})
    this.byId.set(id, lead)
    return lead
  }

  /** Whether Marketo has said that there is no lead with this ID. */
  isGone(id: number): boolean {
    return this.known.answerFor('id', String(id)) === 'answered' && !this.known.leads.has(id)
  }

  /**
   * @param pile one of {@link pilesOf} a lead
   * @returns the most recently updated lead of a pile; an exact match wins
   */
  latest(pile: string, key: LeadKey, value: string): Lead | undefined {
    const leads = this.piles.get(pile) ?? []
    while (leads.length > 0 && !leads[leads.length - 1].piles.includes(pile)) leads.pop()
    for (let i = leads.length - 1; i >= 0; i--) {
      if (leads[i].keys[key] === value && leads[i].piles.includes(pile)) return leads[i]
    }
    return leads[leads.length - 1]
  }

  /** Gives a lead these keys, and makes it the most recently updated one. */
  update(lead: Lead, keys: Keys): void {
    if (!hasKeys(lead, keys)) {
      for (const value of valueKeysOf(lead.keys)) this.count(value, -1)
      lead.keys = { ...lead.keys, ...keys }
      lead.piles = pilesOf(lead.keys)
      for (const value of valueKeysOf(lead.keys)) this.count(value, 1)
    }
    for (const pile of lead.piles) {
      const leads = this.piles.get(pile)
      if (!leads) this.piles.set(pile, [lead])
      else if (leads[leads.length - 1] !== lead) leads.push(lead)
    }
  }

  private count(value: string, change: 1 | -1): void {
    this.holders.set(value, (this.holders.get(value) ?? 0) + change)
  }

  /**
   * The key for creating a lead with these keys. No other lead may have it in Marketo, before or after the batch, so
   * that Sync Leads creates a lead instead of changing another one. The user ID comes first, because another process
   * that creates the same lead right now most likely has it too.
   * @param taken values that another lead is about to get
   */
  creationKey(lead: Lead, keys: Keys, taken: ReadonlySet<string> = new Set()): LeadKey | undefined {
    return CREATION_KEYS.find((key) => {
      const value = keys[key]
      if (value === undefined || this.known.answerFor(key, value) !== 'answered') return false
      const held = valueKey(key, value)
      const own = lead.piles.includes(held) ? 1 : 0
      return !taken.has(held) && !this.stored.get(held) && (this.holders.get(held) ?? 0) === own
    })
  }

  /** The other new leads that one of these values creates. */
  createdBy(valueKeys: Iterable<string>, except: Lead): Lead[] {
    const leads: Lead[] = []
    if (this.creating.size === 0) return leads
    for (const value of valueKeys) {
      const lead = this.creating.get(value)
      if (lead && lead !== except) leads.push(lead)
    }
    return leads
  }

  setCreationKey(lead: Lead, key: LeadKey): void {
    lead.createdBy = key
    this.creating.set(valueKey(key, `${lead.keys[key]}`), lead)
  }
}

/** Whether a lead already has all of these keys. */
export function hasKeys(lead: Lead, { email, userId, anonymousId }: Keys): boolean {
  const { keys } = lead
  return (
    (email === undefined || email === keys.email) &&
    (userId === undefined || userId === keys.userId) &&
    (anonymousId === undefined || anonymousId === keys.anonymousId)
  )
}

const CREATION_KEYS: readonly LeadKey[] = ['userId', 'email', 'anonymousId']

/** Leads with this email; with this user ID, or with none. */
export const emailPile = (email: string): string => valueKey('email', email)
export const emailAndUserPile = (email: string, userId = ''): string => `${valueKey('email', email)}\n${fold(userId)}`
export const userPile = (userId: string): string => valueKey('userId', userId)

/** Leads with this anonymous ID that do not contradict an event with these keys, because they lack the keys that it has. */
export function browserPile(anonymousId: string, { email, userId }: Keys): string {
  const lacks = `${email === undefined ? '' : ' email'}${userId === undefined ? '' : ' userId'}`
  const pile = valueKey('anonymousId', anonymousId)
  // In front, because an anonymous ID may hold any text, even a line break and these words.
  return lacks ? `without${lacks}\n${pile}` : pile
}

/** All piles that contain a lead with these keys. The key of each value is also the pile of all leads with that value. */
function pilesOf(keys: Keys): string[] {
  const { email, userId, anonymousId } = keys
  const piles = valueKeysOf(keys)
  if (email !== undefined) piles.push(emailAndUserPile(email, userId))
  if (anonymousId !== undefined) {
    if (email === undefined) piles.push(browserPile(anonymousId, { email: '' }))
    if (userId === undefined) piles.push(browserPile(anonymousId, { userId: '' }))
    if (email === undefined && userId === undefined) piles.push(browserPile(anonymousId, { email: '', userId: '' }))
  }
  return piles
}
