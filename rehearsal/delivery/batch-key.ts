import { transform, type JSONObject } from '@segment/actions-core'

/**
 * Which events Segment puts into the same batch: those with equal values in the fields that `batch_keys` names.
 * @returns the same text for all events of a batch; null for an event that is sent alone
 */
export function batchKeyOf(mapping: JSONObject, event: JSONObject): string | null {
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
