import { LRUCache } from 'lru-cache'
import type { MarketoClient } from '../../marketo/client'
import { ASSOCIATED_MS, ASSOCIATED_REMEMBERED } from '../../marketo/limits'
import type { Identity } from '../who/identity'

/**
 * Remembers for a while which lead a user is associated with, under the token made from their user ID. This only saves
 * a look-up: in Marketo, a visit always goes to the lead that owns its token.
 */
const remembered = new LRUCache<string, { leadId: number; email?: string }>({
  max: ASSOCIATED_REMEMBERED,
  ttl: ASSOCIATED_MS
})

const cacheKey = ({ credentialsKey }: MarketoClient, userId: string): string => `${credentialsKey} ${userId}`

export function rememberAssociated(client: MarketoClient, { userId, email }: Identity, leadId: number): void {
  if (userId !== undefined) remembered.set(cacheKey(client, userId), { leadId, email })
}

/** @returns the user's lead, if it was found by the same identifiers a short while ago */
export function associatedLead(client: MarketoClient, { userId, email }: Identity): number | undefined {
  const known = userId === undefined ? undefined : remembered.get(cacheKey(client, userId))
  return known?.email === email ? known?.leadId : undefined
}

/** Forgets a user whose lead was written or deleted. The user's next visit asks again. */
export function forgetAssociated(client: MarketoClient, userId: string): void {
  remembered.delete(cacheKey(client, userId))
}
