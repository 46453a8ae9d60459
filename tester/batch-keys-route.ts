import { transform } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import { isObject } from '../migration/json'
import type { Handle } from './marketo-route'
import { mappingOf } from './perform'

/**
 * Which events Segment puts into the same batch: those with equal values in the fields that `batch_keys` names. The
 * answer has a text for each event, the same within a batch, or null for an event that is sent alone.
 */
export const batchKeys =
  (action: string): Handle =>
  async (call) => {
    const { events } = call.body
    if (!Array.isArray(events) || !events.every(isObject)) return [400, { error: '"events" must be a list of events.' }]
    return [200, { keys: events.map((event) => keyOf(mappingOf(call, action, event), event)) }]
  }

function keyOf(mapping: JSONObject, event: JSONObject): string | null {
  const { batch_keys: given, enable_batching: batched } = transform(
    { batch_keys: mapping.batch_keys ?? [], enable_batching: mapping.enable_batching ?? false },
    event
  )
  if (batched !== true && batched !== 'true') return null
  const names = Array.isArray(given) ? given.map(String) : []
  const fields = Object.fromEntries(names.flatMap((name) => (name in mapping ? [[name, mapping[name]]] : [])))
  const values = transform(fields, event)
  return JSON.stringify(names.map((name) => values[name] ?? null))
}
