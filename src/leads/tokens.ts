import { isFailure } from '../marketo/outcome'
import type { Failure } from '../marketo/outcome'
import type { Identity, Keys } from './identity'
import { isNamed } from './event'
import type { Owner, TokenOwners } from './token-owners'
import { ownToken, visitorToken } from './visitor-token'
import type { Visitor } from './visitor-token'

/** How a token comes to its lead: it is there already, or is to be tied to it, and then who owned it before. */
export type Claim = { isOwn: true } | { isOwn: false; owned: boolean }

/** The owners of tokens as the events replayed so far leave them: what these tie counts as tied. */
export class VisitorTokens {
  private readonly tied = new Map<string, Owner>()
  /** What the events have made of leads. */
  private readonly named = new Map<number, Owner>()

  constructor(private readonly munchkinId: string, private readonly owners: TokenOwners) {}

  /** Notes the email and user ID that a lead has from here on. */
  rename(lead: Owner): void {
    if (lead.keys) this.named.set(lead.leadId, lead)
  }

  /**
   * The owner of a token, for an event with this identity.
   * @returns undefined when that must be looked up first
   */
  ownerFor(token: string, identity: Identity): Owner | Failure | 'nobody' | undefined {
    const owner = this.tied.get(token) ?? this.owners.of(token)
    if (owner === undefined || owner === 'nobody' || isFailure(owner)) return owner
    const named = this.named.get(owner.leadId) ?? owner
    if (named.keys || identity.leadId === owner.leadId) return named
    const lead = this.owners.lead(owner.leadId)
    return lead === 'gone' ? 'nobody' : lead
  }

  /**
   * Tells under which token a visitor's pages are recorded, and ties it to the visitor's lead. A token that another
   * person's lead owns is not the visitor's: people who share a browser get tokens of their own.
   * @param lead the lead that the visitor is, if there is one
   * @returns undefined when something must be looked up first
   */
  route(visitor: Visitor, lead: Owner | undefined): { token: string; claim?: Claim | Failure } | undefined {
    const token = visitorToken(this.munchkinId, visitor)
    const owner = this.ownerFor(token, visitor.identity)
    if (owner === undefined) return undefined
    const own = ownToken(this.munchkinId, visitor)
    if (isFailure(owner)) return { token: own, claim: owner }
    // The keys of an owner are known, unless it is the lead that the event names.
    const isOthers = owner !== 'nobody' && owner.leadId !== lead?.leadId && isNamed(owner.keys as Keys)
    const chosen = isOthers ? own : token
    return { token: chosen, claim: lead && this.claim(chosen, lead) }
  }

  /**
   * Ties a token to a lead.
   * @returns undefined when its owner must be looked up first; a failure when that could not be told
   */
  claim(token: string, lead: Owner): Claim | Failure | undefined {
    const owner = this.tied.get(token) ?? this.owners.of(token)
    if (owner === undefined || isFailure(owner)) return owner
    const owned = owner !== 'nobody' && !this.owners.isGone(owner.leadId)
    if (owner !== 'nobody' && owner.leadId === lead.leadId) return { isOwn: true }
    // An ID that the customer mapped may be no lead's: then the token stays where it is.
    const isSure = !owned || lead.keys !== undefined
    const found = isSure ? lead : this.owners.lead(lead.leadId)
    if (found === undefined) return undefined
    if (found !== 'gone') this.tied.set(token, lead)
    return { isOwn: false, owned }
  }
}
