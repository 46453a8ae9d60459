import { Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../../src'
import type { Settings } from '../../src/generated-types'
import type { Mapping } from '../input/mapping'
import { audienceSettingsOf } from './audience-settings'

/** What the framework reports about one event. */
export interface Outcome {
  status: number
  message?: string
  sent?: unknown
  body?: unknown
}

/** Runs an action as Segment does, with the mapping as it was saved. @returns an outcome for each event, in order */
export async function send({ action, mapping }: Mapping, settings: Settings, events: JSONObject[]): Promise<Outcome[]> {
  const running = new Destination<Settings>(destination).actions[action]
  const [data] = events
  const shared = { mapping, settings, audienceSettings: audienceSettingsOf(data), auth: undefined }
  try {
    // A single event ends as in a batch of one, and a batch tells more about it.
    if (running.definition.performBatch) return (await running.executeBatch({ ...shared, data: events })).map(outcomeOf)
    const results = await running.execute({ ...shared, data })
    return [{ status: 200, body: results[results.length - 1]?.data }]
  } catch (error) {
    // An exception is the outcome of every event of its batch.
    return events.map(() => failureOf(error))
  }
}

function outcomeOf(report: object): Outcome {
  const { status, errormessage, sent, body } = report as Outcome & { errormessage?: string }
  return { status, ...(errormessage !== undefined && { message: errormessage }), sent, body }
}

/** The framework's validation errors have no status. In a batch, it uses 400. */
function failureOf(thrown: unknown): Outcome {
  const { status = 400, message } = thrown as { status?: number; message?: string }
  return { status, message: message ?? String(thrown) }
}
