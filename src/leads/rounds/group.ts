import type { JSONLikeObject } from '@segment/actions-core'
import type { RecordTarget } from '../../marketo/calls/records'

/** A record, and where it goes. */
interface Sendable {
  readonly target: RecordTarget
  readonly record: JSONLikeObject
}

/** One record on its way to Marketo, and the events that it is for, in order. */
export interface Group<Event> extends Sendable {
  readonly events: readonly Event[]
  /** Groups with the same queue reach Marketo in order. */
  readonly queue?: string
  /** What each event would send if it had a record of its own. */
  readonly ownRecords: () => Sendable[]
}

/** Equal for records that share calls. */
export const callKey = ({ target: { call, id, head } }: Pick<Sendable, 'target'>): string =>
  `${call.name} ${id} ${head && JSON.stringify(head)}`

/** Whether all events would send the same as their group, so that Marketo would refuse each of them. */
export function isSameForAll({ ownRecords, record, target }: Group<unknown>): boolean {
  const text = JSON.stringify(record)
  return ownRecords().every((own) => JSON.stringify(own.record) === text && callKey(own) === callKey({ target }))
}

/** One record of several: later values over earlier ones. */
export function mergedRecord(records: JSONLikeObject[]): JSONLikeObject {
  if (records.length === 1) return records[0]
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)))
}
