import type { MarketoClient } from '../../marketo/transport/client'
import { ASSOCIATED_MS, ASSOCIATED_REMEMBERED } from '../../marketo/transport/limits'
import { Memory } from '../../marketo/transport/memory'
import { fold } from '../who/keys'
import type { Identity } from '../who/keys'

/**
 * Remembers for a while which lead a user is associated with, under the token made from their user ID. This only saves
 * a look-up: in Marketo, a visit always goes to the lead that owns its token.
 */
const remembered = new Memory<{ leadId: number; userId: string; email?: string }>(ASSOCIATED_MS, ASSOCIATED_REMEMBERED)

export function rememberAssociated(client: MarketoClient, { userId, email }: Identity, leadId: number): void {
  if (userId !== undefined) remembered.keep(client, fold(userId), { leadId, userId, email })
}

/** @returns the user's lead, if it was found by the same identifiers a short while ago */
export function associatedLead(client: MarketoClient, { userId, email }: Identity): number | undefined {
  const known = userId === undefined ? undefined : remembered.known(client, fold(userId))
  return known?.userId === userId && known?.email === email ? known?.leadId : undefined
}

/** Forgets a user whose lead was written or deleted, in any spelling. The user's next visit asks again. */
export function forgetAssociated(client: MarketoClient, userId: string): void {
  remembered.forget(client, fold(userId.trim()))
}
