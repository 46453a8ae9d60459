import {
  IntegrationError,
  InvalidAuthenticationError,
  MultiStatusResponse,
  PayloadValidationError,
  RetryableError
} from '@segment/actions-core'
import type { ActionDefinition, ExecuteInput, RequestClient } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { Credentials } from '../marketo/access-token'
import { MarketoClient } from '../marketo/client'
import { munchkinIdOf } from '../marketo/instance'
import { failureOf, isFailure, MarketoError } from '../marketo/outcome'
import type { Failure, Outcome } from '../marketo/outcome'

/** What an action works with beside its events. */
export interface Context {
  client: MarketoClient
  settings: Settings
  syncMode?: string
}

/** Handles a batch: one outcome for each payload, in order. */
type Handler<Payload> = (context: Context, payloads: Payload[]) => Promise<Outcome[]>

/** The two ways in which the framework runs an action, over one path: a single event is a batch of one. */
export function performs<Payload>(
  handle: Handler<Payload>
): Required<Pick<ActionDefinition<Settings, Payload>, 'perform' | 'performBatch'>> {
  async function outcomesOf(request: RequestClient, data: ExecuteInput<Settings, unknown>, payloads: Payload[]) {
    try {
      const { settings, syncMode } = data
      return await handle({ client: clientFor(request, settings), settings, syncMode }, payloads)
    } catch (error) {
      const failure = rejectionOf(error)
      return payloads.map(() => failure)
    }
  }
  return {
    perform: async (request, data) => {
      const [outcome] = await outcomesOf(request, data, [data.payload])
      if (isFailure(outcome)) throw errorOf(outcome)
      return outcome.body
    },
    performBatch: async (request, data) => {
      const response = new MultiStatusResponse()
      for (const outcome of await outcomesOf(request, data, data.payload)) {
        if (isFailure(outcome)) {
          const { status, message, sent, body } = outcome
          response.pushErrorResponse({ status, errormessage: message, sent, body })
        } else {
          response.pushSuccessResponse(outcome)
        }
      }
      return response
    }
  }
}

/** @throws MarketoError, before any request is made: 400 for a malformed Munchkin Account ID, 401 without credentials */
export function clientFor(request: RequestClient, settings: Settings): MarketoClient {
  const munchkinId = munchkinIdOf(settings.munchkinId)
  const { clientId, clientSecret } = settings
  if (!clientId || !clientSecret) {
    throw new MarketoError({
      status: 401,
      message: 'Setting "Client ID" or "Client Secret" is empty. Copy both from Admin > LaunchPoint > View Details.'
    })
  }
  return new MarketoClient(request, new Credentials(munchkinId, clientId, clientSecret))
}

/**
 * Reads each event, so that a bad one costs just itself.
 * @returns the events that could be read with their positions, and `finish`, which puts their outcomes in place among
 * the rejections of the others
 */
export function readEach<Payload, Event>(payloads: Payload[], read: (payload: Payload) => Event) {
  const outcomes = new Array<Outcome>(payloads.length)
  const events: Event[] = []
  const positions: number[] = []
  payloads.forEach((payload, position) => {
    try {
      events.push(read(payload))
      positions.push(position)
    } catch (error) {
      outcomes[position] = rejectionOf(error)
    }
  })
  const finish = (ofEvents: Outcome[]): Outcome[] => {
    positions.forEach((position, i) => (outcomes[position] = ofEvents[i]))
    return outcomes
  }
  return { events, finish }
}

function rejectionOf(error: unknown): Failure {
  return error instanceof PayloadValidationError ? { status: 400, message: error.message } : failureOf(error)
}

/** Runs what talks to Marketo for no event in particular: its failures become the framework's errors. */
export async function orThrow<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw errorOf(failureOf(error))
  }
}

/** The framework's error for a failure, so that Segment sends the event again or not. */
function errorOf({ status, message, code }: Failure): Error {
  if (status === 401) return new InvalidAuthenticationError(message)
  if (status === 400) return new PayloadValidationError(message)
  if (status === 429 || status >= 500) return new RetryableError(message, status as 429)
  return new IntegrationError(message, code ?? String(status), status)
}
