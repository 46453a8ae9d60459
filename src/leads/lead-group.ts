import type { LeadRow } from '../marketo/leads'
import type { Failure } from '../marketo/outcome'
import { LEAD_KEYS, sameKey } from './identity'
import type { Identity, LeadKey } from './identity'

type Known = Record<LeadKey, string[]>

/** Events about one lead. */
export class LeadGroup {
  /** Positions of the events in the batch, in order once the group is {@link settle}d. */
  readonly members: number[]
  /** The lead in Marketo, once it is known. */
  leadId?: number
  /** Why it could not be told which lead the events are about. */
  failure?: Failure
  /** The events' keys put together, later ones over earlier ones, once the group is {@link settle}d. */
  identity: Identity
  /** Every key that the events, or the lead in Marketo, have (emails in lower case). */
  readonly known: Known = { email: [], userId: [], anonymousId: [] }
  private joinedTo?: LeadGroup

  constructor(member: number, identity: Identity) {
    this.members = [member]
    this.identity = identity
    this.leadId = identity.leadId
    for (const key of LEAD_KEYS) this.learn(key, identity[key])
  }

  /** The group that this one has become a part of, or itself. */
  get current(): LeadGroup {
    return this.joinedTo ? this.joinedTo.current : this
  }

  isOpen(): boolean {
    return this.leadId === undefined && this.failure === undefined
  }

  /** Two leads in Marketo stay two; and what could not be told is not passed on to events whose lead is known. */
  canJoin(other: LeadGroup): boolean {
    if (this.leadId !== undefined && other.leadId !== undefined) return this.leadId === other.leadId
    return !(this.failure && other.leadId !== undefined) && !(other.failure && this.leadId !== undefined)
  }

  /** Whether the emails or the user IDs show two people: both have some, and none in common. */
  contradicts(other: LeadGroup): boolean {
    return differ(this.known.email, other.known.email) || differ(this.known.userId, other.known.userId)
  }

  /** Whether a lead's own email or user ID shows another person than the group's. */
  contradictsLead(row: LeadRow): boolean {
    return differ(this.known.email, keysOf(row, 'email')) || differ(this.known.userId, keysOf(row, 'userId'))
  }

  isLead(row: LeadRow): void {
    this.leadId = row.id
    for (const key of LEAD_KEYS) this.learn(key, row[key])
  }

  /** Makes one group of two. */
  join(other: LeadGroup): LeadGroup {
    const [kept, gone] = this.members.length < other.members.length ? [other, this] : [this, other]
    for (const member of gone.members) kept.members.push(member)
    for (const key of LEAD_KEYS) for (const value of gone.known[key]) kept.learn(key, value)
    kept.leadId ??= gone.leadId
    kept.failure ??= gone.failure
    gone.joinedTo = kept
    return kept
  }

  settle(identities: Identity[]): void {
    this.members.sort((a, b) => a - b)
    this.identity = Object.assign({}, ...this.members.map((member) => identities[member])) as Identity
  }

  private learn(key: LeadKey, value: string | number | null | undefined): void {
    if (!value) return
    const normal = sameKey(key, `${value}`)
    if (!this.known[key].includes(normal)) this.known[key].push(normal)
  }
}

function keysOf(row: LeadRow, key: LeadKey): string[] {
  const value = row[key]
  return value ? [sameKey(key, `${value}`)] : []
}

function differ(some: string[], others: string[]): boolean {
  return some.length > 0 && others.length > 0 && !some.some((value) => others.includes(value))
}
