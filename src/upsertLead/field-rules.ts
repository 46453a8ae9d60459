import type { JSONLike, JSONLikeObject } from '@segment/actions-core'
import { fold } from '../leads/who/keys'
import { without } from '../leads/rounds/only-if-empty'
import { converted, isPlain } from '../marketo/values/convert'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'
import { IDENTIFIERS } from './record'

/**
 * Leaves out each `false` of a field that Never to False names. A trait that a browser has kept must not take an opt-out back.
 * @param leaveOut receives what was left out
 */
export function withoutFalse(record: JSONLikeObject, payload: Payload, leaveOut: LeaveOut): JSONLikeObject {
  const out = fieldsNamed(payload.neverToFalse, record, payload).filter((name) => isFalse(record[name]))
  for (const name of out) {
    leaveOut(`${name}: Never to False names the field, so ${JSON.stringify(record[name])} is not written.`)
  }
  return without(out, record)
}

/** @returns the fields of a record that are written only while the lead has no value, if there are any */
export function onlyIfEmpty(record: JSONLikeObject, payload: Payload): ReadonlySet<string> | undefined {
  const fields = fieldsNamed(payload.onlyIfEmpty, record, payload)
  return fields.length > 0 ? new Set(fields) : undefined
}

/** The fields of a record that a rule names. What identifies the lead is always written. */
function fieldsNamed(rule: readonly string[] = [], record: JSONLikeObject, { lookupField = '' }: Payload): string[] {
  if (rule.length === 0) return []
  const named = new Set(rule.map((name) => name.trim()).map(fold))
  const identifiers = new Set([...IDENTIFIERS.keys(), lookupField].map(fold))
  const fields = Object.keys(record)
  const folded = fields.map(fold)
  return fields.filter((_, i) => named.has(folded[i]) && !identifiers.has(folded[i]))
}

/** Whether Marketo would read the value of a boolean field as false. Null clears the field, which is false, too. */
const isFalse = (value: JSONLike): boolean =>
  value === null || (isPlain(value) && converted(value, 'boolean') === false)
