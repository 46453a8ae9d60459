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
  const kept = Object.entries(record).filter(([name, value]) => {
    if (!names.has(fold(name)) || !isFalse(value)) return true
    leaveOut(`${name}: Never to False names the field, so ${JSON.stringify(value)} is not written.`)
    return false
  })
  return Object.fromEntries(kept)
}

/** @returns the fields of a record that are written only while the lead has no value, if there are any */
export function onlyIfEmpty(record: JSONLikeObject, payload: Payload): ReadonlySet<string> | undefined {
  const names = namesIn(payload.onlyIfEmpty, payload)
  if (names.size === 0) return undefined
  const fields = Object.keys(record).filter((name) => names.has(fold(name)))
  return fields.length > 0 ? new Set(fields) : undefined
}

const IDENTIFIERS = new Set(['id', ...LEAD_KEYS].map(fold))

/** Folded. What identifies the lead is always written. */
function namesIn(rule: readonly string[] | undefined, { lookupField = '' }: Payload): Set<string> {
  const names = (rule ?? []).map((name) => fold(name.trim()))
  return new Set(names.filter((name) => !IDENTIFIERS.has(name) && name !== fold(lookupField)))
}

/** Whether Marketo would read the value of a boolean field as false. Null clears the field, which is false, too. */
const isFalse = (value: JSONLike): boolean =>
  value === null || (isPlain(value) && converted(value, 'boolean') === false)
