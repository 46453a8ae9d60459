import type { JSONLikeObject } from '@segment/actions-core'

/** A record that Marketo accepted: what was sent, and Marketo's answer for it. */
export interface Success {
  status: number
  sent: JSONLikeObject
  body: JSONLikeObject
}

/** Why something was not done. `status` tells Segment whether to send the event again (429, 5xx) or not (other 4xx). */
export interface Failure {
  status: number
  message: string
  /** Marketo's error code, if it gave one. */
  code?: string
  /** Nothing was sent to Marketo: the call was not even started. */
  isUnsent?: boolean
  sent?: JSONLikeObject
  body?: JSONLikeObject
}

/** How one event, or one record of a call, ended. */
export type Outcome = Success | Failure

export function isFailure(outcome: unknown): outcome is Failure {
  return typeof outcome === 'object' && outcome !== null && 'message' in outcome
}

export const isSuccess = (outcome: Outcome): outcome is Success => !isFailure(outcome)

/** Whether Segment sends the event again, so that it may still succeed. */
export const isRetried = (outcome: Pick<Outcome, 'status'> | undefined): boolean =>
  outcome !== undefined && (outcome.status === 429 || outcome.status >= 500)

/**
 * Thrown when a whole call failed: the failure applies to every record of that call, and to no other. It never leaves
 * the destination: segment/perform.ts turns it into outcomes or the framework's errors.
 */
export class MarketoError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message)
  }
}

/** The error for a request that can never succeed as it is. Retrying does not help. */
export const refusal = (message: string): MarketoError => new MarketoError({ status: 400, message })

/**
 * The failure in an exception, so that a failed call fails only its own records.
 * Anything but a {@link MarketoError} is a bug of this destination, and is thrown again.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof MarketoError) return error.failure
  throw error
}
