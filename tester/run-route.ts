import { getErrorCodeFromHttpStatus } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { asError, errorAnswer } from './error-answers'
import { isObject } from '../migration/json'
import type { Handle, MarketoCall } from './marketo-route'
import { perform, performBatch } from './perform'
import type { NotTaken, EventOutcome } from './shared/outcome'
import { whyNotTaken } from '../rehearsal/input/trigger'

/**
 * Unlike the CLI's route, which shows only exchanges, this shows the result of each event, as one batch or one by one. With a
 * trigger (`subscribe`), only matching events run, as in Segment. The outcome of the others says why they don't match.
 */
export const run =
  (action: string): Handle =>
  async (call) => {
    const { events, batch, subscribe } = call.body
    if (!Array.isArray(events) || !events.length || !events.every(isObject)) {
      return [400, { error: '"events" must be a list with at least one event.' }]
    }
    const notTaken = events.map((event): NotTaken | undefined => {
      const why = typeof subscribe === 'string' ? whyNotTaken(subscribe, event) : undefined
      return why === undefined ? undefined : { notTaken: why }
    })
    const taken = events.filter((_, index) => !notTaken[index])
    const { outcomes, ...failure } = await (batch ? asBatch : oneByOne)(call, action, taken)
    const inOrder = outcomes.values()
    const all = notTaken.map((reason) => reason ?? (inOrder.next().value as EventOutcome))
    return [200, { outcomes: all, ...failure, exchanges: call.exchanges, marketo: call.marketo }]
  }

interface Outcomes {
  outcomes: EventOutcome[]
  /** The error of the whole batch. */
  error?: string
}

async function asBatch(call: MarketoCall, action: string, events: JSONObject[]): Promise<Outcomes> {
  if (events.length === 0) return { outcomes: [] }
  try {
    return { outcomes: await performBatch(call, action, events) }
  } catch (error) {
    // An exception is the outcome of every event of its batch.
    return { outcomes: events.map(() => failure(error)), error: asError(error).message }
  }
}

async function oneByOne(call: MarketoCall, action: string, events: JSONObject[]): Promise<Outcomes> {
  const outcomes: EventOutcome[] = []
  for (const event of events) {
    const done = perform(call, action, event).then((results) => ({
      status: 200,
      body: results[results.length - 1].data
    }))
    outcomes.push(await done.catch(failure))
  }
  return { outcomes }
}

function failure(thrown: unknown): EventOutcome {
  const { statusCode, message, fields } = errorAnswer(thrown)
  const errormessage = typeof message === 'string' ? message : JSON.stringify(message)
  // The framework's validation errors have no status. In a batch, it uses this one.
  if (fields) return { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage, fields }
  return { status: statusCode, errortype: getErrorCodeFromHttpStatus(statusCode), errormessage }
}
