import { getErrorCodeFromHttpStatus } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { asError, errorAnswer } from './error-answers'
import { isObject } from './marketo-route'
import type { Handle, MarketoCall } from './marketo-route'
import { perform, performBatch } from './perform'

/** What became of one event, as Segment's platform is told. */
interface Outcome {
  status: number
  sent?: unknown
  body?: unknown
  errortype?: string
  errormessage?: string
  /** By field, what its validation says. */
  fields?: Record<string, string>
}

/** Unlike the CLI's route, which shows exchanges only: what became of each event, as one batch or one by one. */
export const run =
  (action: string): Handle =>
  async (call) => {
    const { events, batch } = call.body
    if (!Array.isArray(events) || !events.length || !events.every(isObject)) {
      return [400, { error: '"events" must be a list with at least one event.' }]
    }
    const result = batch ? await asBatch(call, action, events) : { outcomes: await oneByOne(call, action, events) }
    return [200, { ...result, exchanges: call.exchanges, marketo: call.marketo }]
  }

async function asBatch(call: MarketoCall, action: string, events: JSONObject[]) {
  try {
    return { outcomes: (await performBatch(call, action, events)) as Outcome[] }
  } catch (error) {
    // An exception is the outcome of every event of its batch.
    return { outcomes: events.map(() => failure(error)), error: asError(error).message }
  }
}

async function oneByOne(call: MarketoCall, action: string, events: JSONObject[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const event of events) {
    const done = perform(call, action, event).then((results) => ({
      status: 200,
      body: results[results.length - 1].data
    }))
    outcomes.push(await done.catch(failure))
  }
  return outcomes
}

function failure(thrown: unknown): Outcome {
  const { statusCode, message, fields } = errorAnswer(thrown)
  const errormessage = typeof message === 'string' ? message : JSON.stringify(message)
  // The framework gives its validation errors no status: in a batch it counts them like this.
  if (fields) return { status: 400, errortype: 'PAYLOAD_VALIDATION_FAILED', errormessage, fields }
  return { status: statusCode, errortype: getErrorCodeFromHttpStatus(statusCode), errormessage }
}
