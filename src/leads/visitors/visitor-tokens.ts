import { isFailure } from '../../marketo/transport/outcome'
import type { Failure } from '../../marketo/transport/outcome'
import type { Identity, Keys } from '../who/keys'
import type { Owner, TokenOwners } from './token-owners'
import { ownToken, visitorToken } from './visitor-token'
import type { Visitor } from './visitor-token'
import { isNamed } from '../who/keys'

/** How a token relates to its lead: already associated, or to be associated, and whether it had an owner before. */
export type TokenState = { isOwn: true } | { isOwn: false; hadOwner: boolean }

/** The owners of tokens after the events replayed so far. */
export class VisitorTokens {
  private readonly associated = new Map<string, Owner>()
  /** The leads after the events so far. */
  private readonly named = new Map<number, Owner>()
  /** The leads that have become part of another one, and that one. */
  private readonly mergedInto = new Map<number, number>()

  constructor(private readonly munchkinId: string, private readonly owners: TokenOwners) {}

  /** Records the email and user ID that a lead has from now on. */
  rename(lead: Owner): void {
    if (lead.keys) this.named.set(lead.leadId, lead)
  }

  /** Records that a lead has become part of another one, with its tokens. */
  merge(loser: number, winner: number): void {
    this.mergedInto.set(loser, winner)
  }

  /** The owner of a token. Undefined if it must be looked up first. */
  private ownerOf(token: string): Owner | Failure | 'nobody' | undefined {
    const owner = this.associated.get(token) ?? this.owners.ownerOrMissing(token)
    if (typeof owner !== 'object' || isFailure(owner)) return owner
    let { leadId } = owner
    for (let next: number | undefined = leadId; next !== undefined; next = this.mergedInto.get(next)) leadId = next
    return leadId === owner.leadId ? owner : { leadId }
  }

  /**
   * The owner of a token, for an event with this identity.
   * @returns undefined if that must be looked up first
   */
  ownerFor(token: string, identity: Identity): Owner | Failure | 'nobody' | undefined {
    const owner = this.ownerOf(token)
    if (owner === undefined || owner === 'nobody' || isFailure(owner)) return owner
    const named = this.named.get(owner.leadId) ?? owner
    if (named.keys || identity.leadId === owner.leadId) return named
    const lead = this.owners.leadOrMissing(owner.leadId)
    return lead === 'gone' ? 'nobody' : lead
  }

  /**
   * Decides the token for a visitor's pages, and associates it with the visitor's lead. If another person's lead owns the browser's
   * token, the visitor gets another one: people who share a browser have separate tokens.
   * @param lead the visitor's lead, if there is one
   * @returns undefined if something must be looked up first
   */
  chooseAndAssociate(
    visitor: Visitor,
    lead: Owner | undefined
  ): { token: string; tokenState?: TokenState | Failure } | undefined {
    const token = visitorToken(this.munchkinId, visitor)
    const owner = this.ownerFor(token, visitor.identity)
    if (owner === undefined) return undefined
    const own = ownToken(this.munchkinId, visitor)
    if (isFailure(owner)) return { token: own, tokenState: owner }
    // The keys of an owner are known, unless it is the lead that the event names.
    const isOthers = owner !== 'nobody' && owner.leadId !== lead?.leadId && isNamed(owner.keys as Keys)
    const chosen = isOthers ? own : token
    return { token: chosen, tokenState: lead && this.associate(chosen, lead) }
  }

  /**
   * Associates a token with a lead.
   * @returns undefined if its owner must be looked up first; a failure if the look-up failed
   */
  associate(token: string, lead: Owner): TokenState | Failure | undefined {
    const owner = this.ownerOf(token)
    if (owner === undefined || isFailure(owner)) return owner
    const hadOwner = owner !== 'nobody' && !this.owners.isGone(owner.leadId)
    if (owner !== 'nobody' && owner.leadId === lead.leadId) return { isOwn: true }
    // A mapped ID may belong to no lead. Then the token stays where it is.
    const isSure = !hadOwner || lead.keys !== undefined
    const found = isSure ? lead : this.owners.leadOrMissing(lead.leadId)
    if (found === undefined) return undefined
    if (found !== 'gone') this.associated.set(token, lead)
    return { isOwn: false, hadOwner }
  }
}
