import { LEAD_KEYS, valueKey } from '../who/identity'
import type { Identity } from '../who/identity'
import type { SearchKey } from './search'

/** Values that must be looked up to know which lead an event is about. */
export type Missing = ReadonlyMap<SearchKey, ReadonlySet<string>>

/** Collects what must be looked up. */
export class MissingValues extends Map<SearchKey, Set<string>> {
  note(key: SearchKey, value: string): void {
    const values = this.get(key)
    if (values) values.add(value)
    else this.set(key, new Set([value]))
  }
}

/** The values that every replay needs: all emails, and the IDs of leads that get a key of another event. */
export function firstLookUps(events: readonly { identity: Identity; record?: object }[]): Missing {
  const missing = new MissingValues()
  const hasLeadIds = events.some(({ identity }) => identity.leadId !== undefined)
  const holders = new Map<string, number | 'several'>()
  for (const { identity } of events) {
    if (identity.email !== undefined && identity.leadId === undefined) missing.note('email', identity.email)
    for (const key of hasLeadIds ? LEAD_KEYS : []) {
      const value = identity[key]
      if (value === undefined) continue
      const held = valueKey(key, value)
      const holder = identity.leadId ?? 'several'
      holders.set(held, (holders.get(held) ?? holder) === holder ? holder : 'several')
    }
  }
  for (const { identity, record } of events) {
    if (identity.leadId === undefined || !record) continue
    const isShared = LEAD_KEYS.some((key) => {
      const value = identity[key]
      return value !== undefined && holders.get(valueKey(key, value)) === 'several'
    })
    if (isShared) missing.note('id', String(identity.leadId))
  }
  return missing
}
