import { createRequestClient } from '@segment/actions-core'
import type { JSONLikeObject, ModifiedResponse, RequestClient, RequestOptions } from '@segment/actions-core'
import { accessToken, dropAccessToken } from './access-token'
import type { Credentials } from './access-token'
import type { Call } from './call'
import { Deadline } from './deadline'
import { CALL_LIMITS, failureFor, isTokenRefused, LATER } from './errors'
import type { MarketoReason } from './errors'
import { exchange, httpFailure } from './exchange'
import { Metrics } from './metrics'
import { failureOf, MarketoError } from './outcome'
import type { Failure } from './outcome'
import { inTurn } from './places'
import { withoutSecrets } from './redact'

/** A successful answer of Marketo's REST API. */
export interface Envelope<T> {
  result: T[]
  /** Absent for the last page, unless the call always has one. */
  nextPageToken?: string
  /** Whether Marketo says that there are more pages. */
  moreResult?: boolean
}

/** One Marketo instance, for one event or batch. */
export class MarketoClient {
  readonly munchkinId: string
  /** The key for what the process remembers about one instance and API user. */
  readonly credentialsKey: string
  /** Secrets that no outcome may show, even if Marketo repeats them. */
  private readonly secrets: Set<string>

  /** @param request the framework's client: it keeps the exchanges that the Event Tester displays */
  constructor(
    readonly request: RequestClient,
    private readonly credentials: Credentials,
    readonly deadline = new Deadline(),
    private readonly metrics = new Metrics()
  ) {
    this.munchkinId = credentials.munchkinId
    this.credentialsKey = credentials.key
    this.secrets = new Set([credentials.clientSecret])
  }

  /** The same client for calls that are about other people than the events: no one sees their exchanges. */
  unseen(): MarketoClient {
    const { signal } = this.deadline
    return new MarketoClient(createRequestClient({ signal }), this.credentials, this.deadline, this.metrics)
  }

  /** @returns the same failure, without the secret and the tokens that were used */
  redacted(failure: Failure): Failure {
    return withoutSecrets(failure, [...this.secrets])
  }

  /**
   * Makes one call. All batches of the process together make at most five at once. If Marketo refuses the token, which it does before it executes anything,
   * the call is made once more with a new one.
   * @param pathAndQuery if it differs from the call's own path
   * @throws MarketoError if the whole call failed
   */
  async send<T>(call: Call, options: RequestOptions, pathAndQuery = call.path): Promise<Envelope<T>> {
    return inTurn(this.credentialsKey, this.deadline, call, async () => {
      try {
        return await this.sendOnce<T>(call, options, pathAndQuery)
      } catch (error) {
        if (error instanceof MarketoError && isTokenRefused(error.failure)) {
          return this.sendOnce<T>(call, options, pathAndQuery)
        }
        throw error
      }
    })
  }

  private async sendOnce<T>(call: Call, options: RequestOptions, pathAndQuery: string): Promise<Envelope<T>> {
    this.deadline.check(call.name)
    const token = await this.deadline.wait(call.name, accessToken(this.credentials))
    this.deadline.check(call.name)
    this.secrets.add(token)
    const startedAt = Date.now()
    let code = 'ok'
    try {
      const response = await exchange(
        this.request,
        call.name,
        `${this.credentials.restUrl}${pathAndQuery}`,
        call.timeoutMs,
        { ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } },
        this.deadline
      )
      return envelopeOf<T>(call, response)
    } catch (error) {
      const failure = failureOf(error)
      code = String(failure.code ?? `http ${failure.status}`)
      if (isTokenRefused(failure)) dropAccessToken(this.credentials, token)
      if (CALL_LIMITS.includes(`${failure.code}`)) this.deadline.endCalls(failure)
      throw new MarketoError(this.redacted(failure))
    } finally {
      this.metrics.count('calls', 1, { call: call.name, code })
      this.metrics.time('call_ms', Date.now() - startedAt, { call: call.name })
    }
  }
}

/** The objects in what should be a list of them. */
export const itemsIn = <T extends object>(list: readonly T[] | undefined): T[] =>
  Array.isArray(list) ? (list as T[]).filter((item) => typeof item === 'object' && item !== null) : []

/** Reads Marketo's envelope. Anything else counts as a temporary fault. */
function envelopeOf<T>(call: Call, response: ModifiedResponse<unknown>): Envelope<T> {
  const envelope = response.data as
    | (Partial<Envelope<T>> & { success?: unknown; moreResult?: unknown; errors?: MarketoReason[] })
    | null
  if (response.ok && envelope?.success === true) {
    const { nextPageToken, moreResult } = envelope
    const isLeftOut = envelope.result === undefined && call.alwaysHasToken && nextPageToken !== undefined
    const result = isLeftOut ? [] : envelope.result
    if (Array.isArray(result)) {
      // An empty page is the last one, unless Marketo says that there is more.
      const isLast = result.length === 0 && moreResult !== true && !call.alwaysHasToken
      return { result, nextPageToken: isLast ? undefined : nextPageToken, moreResult: moreResult === true }
    }
    if (call.withoutResult) return { result: [] }
  }
  const error = envelope?.errors?.[0]
  if (error?.code !== undefined) {
    throw new MarketoError(failureFor(call, error, envelope as unknown as JSONLikeObject))
  }
  if (!response.ok) throw new MarketoError(httpFailure(call.name, response.status))
  throw new MarketoError({
    status: 502,
    message: `${call.name}: the answer is not a valid Marketo answer. ${LATER}`
  })
}
