import { derivedToken } from './derived-token'
import { fold } from '../who/keys'
import type { Identity } from '../who/keys'

/** A visitor of web pages, with the token of their Munchkin cookie if they have one. */
export interface Visitor {
  identity: Identity
  cookieToken?: string
}

/** The token of a visitor: from the cookie, else from the browser's ID, else from the person's. */
export function visitorToken(munchkinId: string, { identity, cookieToken }: Visitor): string {
  if (cookieToken !== undefined) return cookieToken
  const { anonymousId } = identity
  if (anonymousId !== undefined) return derivedToken(munchkinId, `anonymousId:${anonymousId}`)
  // A visitor with neither a cookie nor an anonymous ID always has another identifier.
  return personToken(munchkinId, identity) as string
}

/**
 * Whether a visitor's token is theirs alone, because it comes from the user ID or the mapped lead ID. With both, the
 * user's token may be associated with a lead other than the mapped one.
 */
export const hasOwnToken = ({ identity: { anonymousId, userId, leadId }, cookieToken }: Visitor): boolean =>
  cookieToken === undefined && anonymousId === undefined && (userId !== undefined) !== (leadId !== undefined)

/** A token that only this visitor has: the person's, or the visitor's if only the browser is known. */
export function ownToken(munchkinId: string, visitor: Visitor): string {
  return personToken(munchkinId, visitor.identity) ?? visitorToken(munchkinId, visitor)
}

/** A token that only this person can have. None if only the browser is known. */
function personToken(munchkinId: string, { leadId, email, userId }: Identity): string | undefined {
  if (userId !== undefined) return derivedToken(munchkinId, `userId:${userId}`)
  if (leadId !== undefined) return derivedToken(munchkinId, `leadId:${leadId}`)
  return email && derivedToken(munchkinId, `email:${fold(email)}`)
}
