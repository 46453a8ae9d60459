import {
  ErrorCodes,
  IntegrationError,
  InvalidAuthenticationError,
  PayloadValidationError,
  RetryableError
} from '@segment/actions-core'
import { withoutEvents } from '../marketo/transport/errors'
import { failureOf, isRetried, MarketoError } from '../marketo/transport/outcome'
import type { Failure } from '../marketo/transport/outcome'

/** Segment's name for a failure, the same for a single event and in a batch. */
export function errorTypeOf(failure: Failure): keyof typeof ErrorCodes {
  if (isRetried(failure)) return ErrorCodes.RETRYABLE_ERROR
  return ERROR_TYPES[failure.status] ?? ErrorCodes.PAYLOAD_VALIDATION_FAILED
}

const ERROR_TYPES: Partial<Record<number, keyof typeof ErrorCodes>> = {
  401: ErrorCodes.INVALID_AUTHENTICATION,
  403: ErrorCodes.FORBIDDEN,
  413: ErrorCodes.PAYLOAD_TOO_LARGE
}

/** The framework's error for a failure, so that Segment knows whether to retry the event. */
export function errorOf(failure: Failure): Error {
  const { status, message } = failure
  if (status === 401) return new InvalidAuthenticationError(message)
  if (status === 400) return new PayloadValidationError(message)
  if (isRetried(failure)) return new RetryableError(message, status as 429)
  return new IntegrationError(message, errorTypeOf(failure), status)
}

/** The failure of an event for which an exception was thrown. */
export function rejectionOf(error: unknown): Failure {
  return error instanceof PayloadValidationError ? { status: 400, message: error.message } : failureOf(error)
}

/** Runs something that is not about an event. Its failures become the framework's errors. */
export async function orThrow<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw errorOf(failureOf(error))
  }
}

/** The same for a person in Segment's app, who can try again. */
export function orTell<T>(run: () => Promise<T>): Promise<T> {
  return orThrow(async () => {
    try {
      return await run()
    } catch (error) {
      const failure = failureOf(error)
      throw new MarketoError({ ...failure, message: withoutEvents(failure.message) })
    }
  })
}

/** An error that the framework shows instead of an answer. */
export function shownError(error: unknown): { message: string; code: string } {
  const { message, status } = failureOf(error)
  return { message: withoutEvents(message), code: String(status) }
}
