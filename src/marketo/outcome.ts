import type { JSONLikeObject } from '@segment/actions-core'

/** A record that Marketo took: what was sent, and Marketo's answer for it. */
interface Success {
  status: number
  sent: JSONLikeObject
  body: JSONLikeObject
}

/** Why something was not done. `status` tells Segment whether to send the event again (429, 5xx) or not (other 4xx). */
export interface Failure {
  status: number
  message: string
  /** Marketo's error code, where it gave one. */
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

/** Whether Segment sends the event again: what a batch makes of it may still be done. */
export const isSentAgain = ({ status }: Pick<Failure, 'status'>): boolean => status === 429 || status >= 500

/**
 * Thrown when a whole call failed: the failure holds for every record of that call, and for no other. It never leaves
 * the destination: segment/perform.ts makes outcomes, or the framework's errors, of it.
 */
export class MarketoError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message)
  }
}

/** The error of what cannot be done as it is asked for: trying again does not help. */
export const refusal = (message: string): MarketoError => new MarketoError({ status: 400, message })

/**
 * The failure that an exception stands for, so that one call's failure can be given to just its records.
 * Anything but a {@link MarketoError} is a fault of this destination and is thrown on.
 */
export function failureOf(error: unknown): Failure {
  if (error instanceof MarketoError) return error.failure
  throw error
}
