// eslint-disable-next-line no-restricted-syntax -- a visitor's token is made here, not personal data for a partner
import { createHash } from 'crypto'
import { LRUCache } from 'lru-cache'

/**
 * A token for visitors without a cookie, in Munchkin's form: always the same for the same identifier, so that their visits stay
 * together without any stored state.
 * @param identifier must include the kind of identifier, so that a user ID never equals an anonymous ID
 */
export function derivedToken(munchkinId: string, identifier: string): string {
  const source = `${munchkinId}:${identifier}`
  const known = derived.get(source)
  if (known !== undefined) return known
  const hash = createHash('sha256').update(source).digest('hex')
  const token = `_mch-segment.com-${hash.slice(0, 32)}`
  derived.set(source, token)
  return token
}

/** Each visit, and each page of a session, asks for the same token several times. */
const derived = new LRUCache<string, string>({ max: 10_000 })

/** Whether a token is one that {@link derivedToken} makes. Anybody who knows a user's ID could make that user's token. */
export const isDerived = (token: string): boolean => /^_mch-segment\.com-[0-9a-f]{32}$/i.test(token)
