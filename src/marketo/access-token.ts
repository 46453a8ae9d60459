// eslint-disable-next-line no-restricted-syntax -- a cache key is hashed here, not personal data for a partner
import { createHash } from 'crypto'
import { createRequestClient } from '@segment/actions-core'
import { LRUCache } from 'lru-cache'
import { IDENTITY_TIMEOUT_MS } from './calls'
import { LATER } from './errors'
import { exchange, httpFailure } from './exchange'
import { restHost } from './instance'
import { MarketoError } from './outcome'
import { withoutSecrets } from './redact'

/** What an access token is asked for with, and under what it is kept. */
export class Credentials {
  /** All that makes two tokens differ. With the secret in it, a wrong one never meets the token of the right one. */
  readonly key: string

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
 * A token is not used in its last minute, so that it does not expire on its way; but one that Marketo gives in its last minute
 * is used to its end, as Marketo gives the same one to each sign-in.
 */
const MARGIN_SECONDS = 60

/** `fetch` of the cache makes one request for any number of waiting callers, and does not keep failures. */
const tokens = new LRUCache<string, string, Credentials>({
  max: 1_000,
  // More callers than that, each for an instance of its own: whoever waits gets the token, kept or not.
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
 * Uses a request client of its own: what the action's client sends is displayed in the Event Tester and in delivery
 * logs, secret and token included.
 */
async function requestToken({ munchkinId, clientId, clientSecret }: Credentials) {
  const name = 'Marketo sign-in'
  const response = await exchange(
    createRequestClient(),
    name,
    `${restHost(munchkinId)}/identity/oauth/token`,
    IDENTITY_TIMEOUT_MS,
    {
      method: 'POST',
      // In the body, where it stays out of URLs and access logs.
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret })
    }
  )
  const answer = (response.data ?? {}) as { access_token?: unknown; expires_in?: unknown; error_description?: unknown }
  // Anything else would not fit into a header.
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
          ? ` (${withoutSecrets(answer.error_description, [clientSecret])})`
          : ''
      }. ` +
      'Copy both again from Admin > LaunchPoint > View Details.'
  })
}
