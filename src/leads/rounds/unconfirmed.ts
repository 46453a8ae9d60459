import type { KnownLeads } from '../finding/known'
import type { Hold, Lead, LeadIndex, Query } from '../finding/lead-index'
import { hasKeys, isSameValue, LEAD_KEYS, searchByValue, searchesThatFind } from '../who/keys'
import type { Keys, LeadKey, Search } from '../who/keys'
import { losersOf } from '../merging/duplicates'
import type { LeadEvent } from '../who/event'
import { Marks, stronger } from './marks'

/** An event and its lead, as far as the replay knows it. */
export interface Found extends Query {
  readonly event: LeadEvent
  /** A new one if there is none yet. */
  readonly lead: Lead
  /** The search that found the lead; none for a mapped ID and a new lead. */
  readonly by?: Search
  /** For a new lead: the key that surely creates it, if there is one; see {@link Unconfirmed.creationKey}. */
  readonly createdBy?: LeadKey
  /** The look-up failed, so that any lead with one of the event's keys may be its lead. */
  readonly isUnknown?: boolean
}

/**
 * The rule for everything that Marketo may still refuse, or that will be retried: it decides nothing for other events. So an event
 * waits
 * - while another lead with an unconfirmed change may suit it as well as its own lead does, whether Marketo takes the change
 *   or refuses it, and
 * - while its own change may affect what an earlier event finds that may be handled again.
 * An event that fails, but will be retried, counts as a change that is never confirmed in this batch. So later events that it may
 * concern fail too, and the retry keeps the order.
 */
export class Unconfirmed {
  private readonly marks = new Marks()
  /** For leads whose keys may change in this round: the searches that find them whatever Marketo answers. */
  private readonly certain = new Map<Lead, ReadonlySet<string>>()
  /** Searches all of whose leads may be the lead of an event that is handled again. */
  private readonly open = new Map<string, Hold>()
  /** The leads into which others are merged after this round, leads that nobody has looked up yet included. */
  private readonly merging = new Set<Lead>()
  /** Whether the lead of a failed event is unknown. */
  private isAnyUnknown = false

  constructor(private readonly known: KnownLeads, private readonly index: LeadIndex) {}

  /**
   * What an event waits for. No later event changes the leads that it waits for in this round.
   * @param missing receives IDs of mapped leads that must be looked up first
   */
  reasonToWait(found: Found, missing: { note: (key: 'id', value: string) => void }): Hold | undefined {
    const { event, lead } = found
    const { leadId } = found.identity
    const unknown = leadId !== undefined && this.isAnyUnknown ? this.holdOfUnknown(leadId, missing) : undefined
    const isChange = isChanging(event, lead)
    const used = event.merges ? [...namesUsed(found), ...namesOfFamily(found)] : namesUsed(found)
    const marked = this.marks.reasonToWait(lead, used, isChange ? namesChanged(found) : [])
    const own = isChange && this.isAmbiguous(found) ? 'round' : undefined
    return stronger(stronger(lead.hold, unknown), stronger(marked, own))
  }

  /** Marks what an event leaves open that changes its lead, or needs the lead as it is now. */
  keep(found: Found, until: Hold): void {
    const { lead, by, searches } = found
    const isSure = by !== undefined && this.isCertain(lead, by)
    const used = isSure ? namesUsed(found) : searches.map(({ name }) => name)
    this.marks.use(lead, [...used, ...namesOfFamily(found)], until)
    if (isSure) return
    for (const search of searches) {
      if (this.open.get(search.name) === until) continue
      this.open.set(search.name, until)
      for (const other of this.index.all(search)) if (other !== lead) this.hold(other, until)
    }
  }

  /** Gives a lead the keys of an event, as if Marketo took them. @param number the number of the event in the batch */
  assign({ lead, keys, event }: Found, number: number): void {
    const losers = event.merges ? this.losersOf(lead, keys) : []
    const before = lead.searches
    const isFirst = !this.certain.has(lead)
    if (isFirst) this.certain.set(lead, new Set(before))
    this.index.update(lead, keys, number)
    if (lead.searches !== before) {
      this.certain.set(lead, new Set(lead.searches.filter((name) => this.isCertainName(lead, name))))
    }
    // If Marketo refuses the earlier events, the lead has only these keys beside its own, or is created with them.
    const own = this.known.lead(lead.id)?.keys
    const alone = own && hasKeys(own, keys) ? [] : searchesThatFind({ ...own, ...keys })
    this.marks.change(lead, [...(isFirst ? before : []), ...alone, ...(lead.searches === before ? [] : lead.searches)])
    if (event.merges) this.merging.add(lead)
    if (losers.length > 0) this.merge(lead, losers)
  }

  /** Lets later events wait that concern the lead of a waiting or failed event. */
  wait({ event, keys, lead, isUnknown }: Found, until: Hold): void {
    lead.hold = stronger(lead.hold, until)
    // Another lead may get the event's keys, or be created with them.
    if (event.record || event.mode !== 'update') this.marks.change(lead, searchesThatFind(keys))
    if (isUnknown && until === 'retry') this.isAnyUnknown = true
  }

  /**
   * The key for creating a new lead that gets these keys. No other lead may have it, whatever Marketo answers, so that Sync Leads creates a
   * lead instead of changing another one. The user ID comes first, because another process that creates the same lead right
   * now most likely has it too.
   */
  creationKey(lead: Lead, keys: Keys): LeadKey | undefined {
    if (lead.id !== undefined) return undefined
    return CREATION_KEYS.find((key) => {
      const value = keys[key] ?? lead.keys[key]
      if (value === undefined) return false
      const search = searchByValue(key, value)
      if (this.known.answers.get(search.valueKey) !== 'answered') return false
      const isFree = this.index.all(search).every((other) => other === lead)
      return isFree && !this.marks.isChangedByOther(lead, search.name)
    })
  }

  /** Whether a search finds a lead whatever Marketo answers. */
  isCertain(lead: Lead, { name }: Search): boolean {
    return lead.id !== undefined && this.isCertainName(lead, name)
  }

  private isCertainName(lead: Lead, name: string): boolean {
    return this.certain.get(lead)?.has(name) ?? lead.searches.includes(name)
  }

  /** Whether Marketo's answers to earlier changes decide what an event's own change does. */
  private isAmbiguous({ event, lead, keys, createdBy }: Found): boolean {
    if (lead.id === undefined) {
      if (createdBy === undefined) return true
    } else if (this.certain.has(lead) && this.mixesKeys(lead, keys)) return true
    if (!event.merges) return false
    const waitsForMerge = this.merging.has(lead) && (!hasKeys(lead.keys, keys) || isAboutEmpty(event))
    return waitsForMerge || this.losersOf(lead, keys).some((loser) => this.certain.has(loser) || loser.hold)
  }

  /** What an event about a mapped lead waits for, if the lead of an earlier event is unknown: it may be the same one. */
  private holdOfUnknown(id: number, missing: { note: (key: 'id', value: string) => void }): Hold | undefined {
    const answer = this.known.answerFor('id', String(id))
    if (this.known.leads.has(id) || answer === 'answered') return undefined
    if (answer === undefined) missing.note('id', String(id))
    return 'retry'
  }

  /** Whether an event changes one of email and user ID, and an earlier one the other. Marketo may refuse only one of them. */
  private mixesKeys(lead: Lead, { email, userId }: Keys): boolean {
    const before = this.known.lead(lead.id)?.keys ?? {}
    const isChanged = (key: 'email' | 'userId') =>
      lead.keys[key] !== undefined && !isSameValue(lead.keys[key], before[key])
    const isOnlyEmail = email !== undefined && userId === undefined && !isSameValue(email, lead.keys.email)
    const isOnlyUser = userId !== undefined && email === undefined && !isSameValue(userId, lead.keys.userId)
    return (isOnlyEmail && isChanged('userId')) || (isOnlyUser && isChanged('email'))
  }

  /** The leads that become part of the event's lead once the event has changed it. */
  private losersOf(lead: Lead, keys: Keys): Lead[] {
    const winner = { keys: { ...lead.keys, ...keys } }
    const withKey = (key: LeadKey, value: string) =>
      this.index.all(searchByValue(key, value)).filter((other) => other !== lead)
    return losersOf<Pick<Lead, 'keys'> & Partial<Lead>>(keys, winner, withKey) as Lead[]
  }

  /** After this round, the losers are gone, and the winner has their keys. */
  private merge(winner: Lead, losers: Lead[]): void {
    for (const lead of [winner, ...losers]) this.hold(lead, 'round')
    for (const { searches } of losers) this.marks.change(winner, searches)
  }

  private hold(lead: Lead, until: Hold): void {
    lead.hold = stronger(lead.hold, until)
    this.marks.change(lead, lead.searches)
  }
}

const CREATION_KEYS: readonly LeadKey[] = ['userId', 'email', 'anonymousId']

/** The searches that find a lead before or after an event changes it. */
function namesChanged({ lead, keys }: Found): readonly string[] {
  if (hasKeys(lead.keys, keys)) return lead.searches
  return [...lead.searches, ...searchesThatFind({ ...lead.keys, ...keys })]
}

/** The searches for all leads that an event may merge. */
const namesOfFamily = ({ event, keys }: Found): string[] =>
  event.merges ? LEAD_KEYS.flatMap((key) => (keys[key] ? searchByValue(key, `${keys[key]}`).name : [])) : []

/** The names of an event's searches, up to the one that found its lead. */
const namesUsed = ({ by, searches }: Found): string[] =>
  searches.slice(0, by ? searches.indexOf(by) + 1 : undefined).map(({ name }) => name)

/** Whether an event clears a field, or fills an empty one: a merge may give the field the value of the other lead. */
const isAboutEmpty = ({ record, onlyIfEmpty }: LeadEvent): boolean =>
  onlyIfEmpty !== undefined || (record !== undefined && Object.values(record).includes(null))

/** Whether an event changes its lead, or creates it. */
export const isChanging = ({ record, mode }: LeadEvent, { id }: Lead): boolean =>
  id === undefined ? mode !== 'update' : record !== undefined && mode !== 'add'
