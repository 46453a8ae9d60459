import { batchKeyOf } from '../rehearsal/delivery/batch-key'
import { isObject } from '../migration/json'
import type { Handle } from './marketo-route'
import { mappingOf } from './perform'

/** The answer has the batch key of each event. */
export const batchKeys =
  (action: string): Handle =>
  async (call) => {
    const { events } = call.body
    if (!Array.isArray(events) || !events.every(isObject)) return [400, { error: '"events" must be a list of events.' }]
    return [200, { keys: events.map((event) => batchKeyOf(mappingOf(call, action, event), event)) }]
  }
