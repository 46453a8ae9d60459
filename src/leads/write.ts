import type { JSONLikeObject } from '@segment/actions-core'
import type { MarketoClient } from '../marketo/client'
import type { SyncTarget } from '../marketo/leads'
import type { Outcome } from '../marketo/outcome'
import { forgetAssociated } from './associated-visitors'
import { groupBy } from './group-by'
import { keysIn } from './event'
import type { LeadEvent } from './event'
import type { Keys } from './identity'
import { syncMended } from './mend'
import type { Change } from './lead'

/** A record for Sync Leads, with the criteria for its call. */
export interface LeadWrite {
  target: SyncTarget
  record: JSONLikeObject
  /** Names of the fields that the record can do without. */
  dispensable: ReadonlySet<string>
}

/**
 * Writes records with as few Sync Leads calls as possible: one for each action, lookup field and partition, all at once.
 * @returns the outcome of each record, in order
 */
export async function writeLeads(client: MarketoClient, writes: LeadWrite[]): Promise<Outcome[]> {
  const outcomes = new Map<LeadWrite, Outcome>()
  const calls = groupBy(writes, ({ target: { action, lookupField, partitionName } }) =>
    JSON.stringify([action, lookupField, partitionName])
  )
  await Promise.all(
    [...calls.values()].map(async (call) => {
      const written = await syncMended(client, call[0].target, call)
      call.forEach((write, i) => outcomes.set(write, written[i]))
    })
  )
  for (const { record } of writes) if (typeof record.userId === 'string') forgetAssociated(client, record.userId)
  return writes.map((write) => outcomes.get(write) as Outcome)
}

/** An existing lead is written by its ID, which is never ambiguous. */
export function writeOf({ lead, writers }: Change): LeadWrite {
  const record = mergedRecord(writers)
  const dispensable = dispensableIn(writers)
  if (lead.id !== undefined) {
    return { target: { action: 'updateOnly', lookupField: 'id' }, record: { id: lead.id, ...record }, dispensable }
  }
  const [{ mode, partitionName }] = writers
  return {
    target: {
      action: mode === 'add' ? 'createOnly' : 'createOrUpdate',
      // There is always one: without it, the lead would have to wait.
      lookupField: lead.createdBy as string,
      ...(partitionName && { partitionName })
    },
    record,
    dispensable
  }
}

/** The fields that no event requires. */
export function dispensableIn([{ dispensable = NONE }, ...others]: LeadEvent[]): ReadonlySet<string> {
  if (others.length === 0) return dispensable
  return new Set([...dispensable].filter((name) => others.every((event) => event.dispensable?.has(name))))
}

const NONE: ReadonlySet<string> = new Set()

/** One record of several events about a lead: later values over earlier ones. */
export function mergedRecord(events: LeadEvent[]): JSONLikeObject {
  const records = events.map(({ record, identity }) => record ?? keysIn(identity))
  if (records.length === 1) return records[0]
  // Unlike an assignment, this makes `__proto__` a field like any other.
  return Object.fromEntries(records.flatMap((record) => Object.entries(record)))
}

/** The keys that a change gives to its lead. */
export function keysWrittenBy({ writers }: Change): Keys {
  return Object.assign({}, ...writers.map(({ identity }) => keysIn(identity))) as Keys
}
