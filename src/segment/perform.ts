import { MultiStatusResponse } from '@segment/actions-core'
import type { ActionDefinition, AudienceMembership, ExecuteInput, RequestClient } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { Credentials } from '../marketo/transport/access-token'
import { MarketoClient } from '../marketo/transport/client'
import { Deadline } from '../marketo/transport/deadline'
import { munchkinIdOf } from '../marketo/transport/instance'
import { BATCH_MS } from '../marketo/transport/limits'
import { Metrics } from '../marketo/transport/metrics'
import { isFailure, MarketoError } from '../marketo/transport/outcome'
import type { Failure, Outcome } from '../marketo/transport/outcome'
import type { Features } from './features'
import type { LeaveOut } from './values'
import { countsOf } from './outcome-metrics'
import { errorOf, errorTypeOf, rejectionOf } from './errors'

/** What an action works with, besides its events. */
export interface Context {
  client: MarketoClient
  settings: Settings
  syncMode?: string
  /** What the hooks returned when the mapping was saved. */
  hookOutputs?: ExecuteInput<Settings, unknown>['hookOutputs']
  features?: Features
}

/** An event, with a place for its outcome. */
export interface Answerable {
  outcome?: Outcome
}

/** What an action does with events: it reads each by itself, so that a bad one never affects the others, then handles all. */
interface Handling<Payload, Event extends Answerable> {
  /**
   * @param leaveOut receives a sentence about each value that Marketo would refuse and the event does without
   * @param isMember whether the person is in the audience that the event is about, as far as the framework can tell
   * @throws PayloadValidationError for an event that cannot be used
   */
  read: (payload: Payload, context: Context, leaveOut: LeaveOut, isMember: AudienceMembership) => Event
  /** Gives each event its outcome. */
  handle: (context: Context, events: Event[]) => Promise<void>
}

/** A payload, its event, and its outcome. */
interface Delivery<Event extends Answerable> {
  event?: Event
  rejection?: Failure
  leftOut: string[]
}

/** The framework runs an action in two ways. Both take the same path: a single event is a batch of one. */
export function performs<Payload, Event extends Answerable>(
  handling: Handling<Payload, Event>
): Required<Pick<ActionDefinition<Settings, Payload>, 'perform' | 'performBatch'>> {
  return {
    perform: async (request, data) => {
      const [outcome] = await outcomesOf(handling, request, data, [data.payload], [data.audienceMembership])
      if (isFailure(outcome)) throw errorOf(outcome)
      return outcome.body
    },
    performBatch: async (request, data) => {
      const response = new MultiStatusResponse()
      for (const outcome of await outcomesOf(handling, request, data, data.payload, data.audienceMembership)) {
        if (isFailure(outcome)) {
          const { status, message, sent, body } = outcome
          response.pushErrorResponse({ status, errortype: errorTypeOf(outcome), errormessage: message, sent, body })
        } else {
          response.pushSuccessResponse(outcome)
        }
      }
      return response
    }
  }
}

/** What all events of a batch share. */
type Run = Pick<
  ExecuteInput<Settings, unknown>,
  'settings' | 'syncMode' | 'hookOutputs' | 'signal' | 'features' | 'statsContext'
>

async function outcomesOf<Payload, Event extends Answerable>(
  handling: Handling<Payload, Event>,
  request: RequestClient,
  run: Run,
  payloads: Payload[],
  memberships?: AudienceMembership[]
): Promise<Outcome[]> {
  const metrics = new Metrics(run.statsContext)
  const outcomes = await handled(handling, request, run, metrics, payloads, memberships)
  for (const count of countsOf(outcomes)) metrics.count(...count)
  return outcomes
}

async function handled<Payload, Event extends Answerable>(
  { read, handle }: Handling<Payload, Event>,
  request: RequestClient,
  { settings, syncMode, hookOutputs, signal, features }: Run,
  metrics: Metrics,
  payloads: Payload[],
  memberships: AudienceMembership[] = []
): Promise<Outcome[]> {
  try {
    const client = clientFor(request, settings, new Deadline(BATCH_MS, signal), metrics)
    const context = { client, settings, syncMode, hookOutputs, features }
    const deliveryOf = (payload: Payload, isMember: AudienceMembership): Delivery<Event> => {
      const leftOut: string[] = []
      try {
        return { event: read(payload, context, (what) => leftOut.push(what), isMember), leftOut }
      } catch (error) {
        return { rejection: rejectionOf(error), leftOut }
      }
    }
    const deliveries = payloads.map((payload, i) => deliveryOf(payload, memberships[i]))
    await handle(
      context,
      deliveries.flatMap(({ event }) => event ?? [])
    )
    return deliveries.map(outcomeOf)
  } catch (error) {
    const rejection = rejectionOf(error)
    return payloads.map(() => rejection)
  }
}

function outcomeOf<Event extends Answerable>({ event, rejection, leftOut }: Delivery<Event>): Outcome {
  const outcome = (event?.outcome ?? rejection) as Outcome
  if (leftOut.length === 0 || isFailure(outcome)) return outcome
  const byMarketo = Array.isArray(outcome.body.leftOut) ? outcome.body.leftOut : []
  return { ...outcome, body: { ...outcome.body, leftOut: [...leftOut, ...byMarketo] } }
}

/** @throws MarketoError, before any request is made: 400 for a malformed Munchkin Account ID, 401 without credentials */
export function clientFor(
  request: RequestClient,
  settings: Settings,
  deadline?: Deadline,
  metrics?: Metrics
): MarketoClient {
  const munchkinId = munchkinIdOf(settings.munchkinId)
  const { clientId, clientSecret } = settings
  if (!clientId || !clientSecret) {
    throw new MarketoError({
      status: 401,
      message: 'Setting "Client ID" or "Client Secret" is empty. Copy both from Admin > LaunchPoint > View Details.'
    })
  }
  return new MarketoClient(request, new Credentials(munchkinId, clientId, clientSecret), deadline, metrics)
}
