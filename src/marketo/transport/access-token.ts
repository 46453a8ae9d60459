// eslint-disable-next-line no-restricted-syntax -- a cache key is hashed here, not personal data for a partner
import { createHash } from 'crypto'
import { createRequestClient } from '@segment/actions-core'
import { LRUCache } from 'lru-cache'
import { IDENTITY_TIMEOUT_MS } from './call'
import { LATER, shortened } from './errors'
import { exchange, httpFailure } from './exchange'
import { restHost } from './instance'
import { MESSAGE_LENGTH } from './limits'
import { MarketoError } from './outcome'
import { withoutSecrets } from './redact'

/** The credentials for an access token, and the key under which it is cached. */
export class Credentials {
  /** Everything that makes two tokens differ. It includes the secret, so a wrong secret never gets the token of the right one. */
  readonly key: string
  readonly restUrl: string

  /** @param munchkinId as {@link munchkinIdOf} gives it */
  constructor(readonly munchkinId: string, readonly clientId: string, readonly clientSecret: string) {
    if (![clientId, clientSecret].every((setting) => typeof setting === 'string')) {
      throw new MarketoError({
        status: 401,
        message:
          'Setting "Client ID" or "Client Secret" is not text. Copy both from Admin > LaunchPoint > View Details.'
      })
    }
    this.key = JSON.stringify([munchkinId, clientId, hashOf(clientSecret)])
    this.restUrl = restHost(munchkinId)
  }
}

/** Each event and batch comes with the same few secrets. */
const hashes = new LRUCache<string, string>({ max: 1_000 })

function hashOf(secret: string): string {
  const known = hashes.get(secret)
  if (known !== undefined) return known
  const hash = createHash('sha256').update(secret).digest('hex')
  hashes.set(secret, hash)
  return hash
}

/**
 * We don't use a token in its last minute, so that it doesn't expire on its way. If Marketo issues it in its last minute, we
 * use it to the end, because every sign-in gets the same one until then.
 */
const MARGIN_SECONDS = 60

/** The cache's `fetch` makes one request for all waiting callers, and does not cache failures. */
const tokens = new LRUCache<string, string, Credentials>({
  max: 1_000,
  // If more instances than that wait at once, each caller still gets its token, cached or not.
  ignoreFetchAbort: true,
  fetchMethod: async (_key, _stale, { options, context }) => {
    const { token, lifeSeconds } = await requestToken(context)
    const usedSeconds = lifeSeconds > MARGIN_SECONDS ? lifeSeconds - MARGIN_SECONDS : lifeSeconds
    options.ttl = Math.max(1, usedSeconds * 1_000)
    return token
  }
})

/**
 * @returns an access token, from the cache until a minute before it expires
 * @throws MarketoError (401 for wrong credentials)
 */
export async function accessToken(credentials: Credentials): Promise<string> {
  const { key } = credentials
  return tokens.get(key) ?? tokens.forceFetch(key, { context: credentials })
}

/** Forgets a token that Marketo refused, unless a newer one has taken its place. */
export function dropAccessToken(credentials: Credentials, token: string): void {
  if (tokens.peek(credentials.key) === token) tokens.delete(credentials.key)
}

/**
 * Uses its own request client, because the Event Tester and delivery logs display everything that the action's client
 * sends, including secrets and tokens.
 */
async function requestToken({ munchkinId, restUrl, clientId, clientSecret }: Credentials) {
  const name = 'Marketo sign-in'
  const response = await exchange(createRequestClient(), name, `${restUrl}/identity/oauth/token`, IDENTITY_TIMEOUT_MS, {
    method: 'POST',
    // In the body, where it stays out of URLs and access logs.
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret })
  })
  const answer = (response.data ?? {}) as { access_token?: unknown; expires_in?: unknown; error_description?: unknown }
  // Anything else is invalid in a header.
  if (typeof answer.access_token === 'string' && /^[\x21-\x7e]+$/.test(answer.access_token)) {
    return { token: answer.access_token, lifeSeconds: Number(answer.expires_in) || 0 }
  }
  const { status } = httpFailure(name, response.status)
  if (response.ok || status >= 429) {
    throw new MarketoError({
      status: response.ok ? 502 : status,
      message: `${name}: HTTP ${response.status} without a token. ${LATER}`
    })
  }
  throw new MarketoError({
    status: 401,
    message:
      `${name}: Marketo does not accept Client ID and Client Secret for ${munchkinId}` +
      `${
        typeof answer.error_description === 'string'
          ? ` (${shortened(withoutSecrets(answer.error_description, [clientSecret]), MESSAGE_LENGTH)})`
          : ''
      }. ` +
      'Copy both again from Admin > LaunchPoint > View Details.'
  })
}
