import type { JSONLike, JSONLikeObject } from '@segment/actions-core'
import { fold, LEAD_KEYS } from '../leads/who/keys'
import { converted, isPlain } from '../marketo/values/convert'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'

/**
 * Leaves out each `false` of a field that Never to False names. A trait that a browser has kept must not take an opt-out back.
 * @param leaveOut receives what was left out
 */
export function withoutFalse(record: JSONLikeObject, payload: Payload, leaveOut: LeaveOut): JSONLikeObject {
  const names = namesIn(payload.neverToFalse, payload)
  if (names.size === 0) return record
  const isLeftOut = ([name, value]: [string, JSONLike]) => names.has(fold(name)) && isFalse(value)
  for (const [name, value] of Object.entries(record).filter(isLeftOut)) {
    leaveOut(`${name}: Never to False names the field, so ${JSON.stringify(value)} is not written.`)
  }
  return Object.fromEntries(Object.entries(record).filter((entry) => !isLeftOut(entry)))
}

/** @returns the fields of a record that are written only while the lead has no value, if there are any */
export function onlyIfEmpty(record: JSONLikeObject, payload: Payload): ReadonlySet<string> | undefined {
  const names = namesIn(payload.onlyIfEmpty, payload)
  if (names.size === 0) return undefined
  const fields = Object.keys(record).filter((name) => names.has(fold(name)))
  return fields.length > 0 ? new Set(fields) : undefined
}

/** Folded. What identifies the lead is always written. */
function namesIn(rule: readonly string[] | undefined, { lookupField = '' }: Payload): Set<string> {
  const names = new Set((rule ?? []).map((name) => fold(name.trim())))
  for (const identifier of ['id', ...LEAD_KEYS, lookupField]) names.delete(fold(identifier))
  return names
}

/** Whether Marketo would read the value of a boolean field as false. Null clears the field, which is false, too. */
const isFalse = (value: JSONLike): boolean =>
  value === null || (isPlain(value) && converted(value, 'boolean') === false)
