import type { MarketoClient } from '../marketo/client'
import { isFailure } from '../marketo/outcome'
import { isNamed, keysIn, SYNC_ACTIONS } from './event'
import type { LeadEvent } from './event'
import { fold } from './identity'
import type { Keys } from './identity'
import { afterFailed, leadExists } from './refusals'
import { settle } from './settle'
import { dispensableIn, mergedRecord, writeLeads } from './write'
import type { LeadWrite } from './write'

/** An event whose lead Sync Leads itself finds, by a field that the customer chose. */
export interface FieldEvent extends LeadEvent {
  lookup: { field: string; value: string }
}

interface Group {
  writers: FieldEvent[]
  /** With `add`, these fail once the first one has created the lead. */
  followers: FieldEvent[]
}

/**
 * Writes events that all name the same lookup field: one record for each of its values. This needs no look-up. An ID
 * can only be updated, because Marketo itself assigns IDs.
 */
export async function writeByField(client: MarketoClient, events: FieldEvent[]): Promise<void> {
  const apart = new Set<LeadEvent>()
  let waiting = new Set<LeadEvent>(events)
  while (waiting.size > 0) {
    const { groups, rest } = fieldGroupsOf(
      events.filter((event) => waiting.has(event)),
      apart
    )
    const outcomes = await writeLeads(client, groups.map(writeOf))
    /** Values whose write will be retried. The retry would overwrite later events. */
    const unsettled = new Set<string>()
    waiting = new Set()
    groups.forEach((group, i) => {
      const outcome = outcomes[i]
      const settled = settle(group, outcome)
      if (settled.isRetried) unsettled.add(fold(group.writers[0].lookup.value))
      if (!isFailure(outcome) && outcome.body.status === 'created') nameNew(group.writers)
      for (const event of settled.apart) apart.add(event)
      for (const event of [...settled.apart, ...settled.again]) waiting.add(event)
    })
    for (const event of rest) {
      if (unsettled.has(fold(event.lookup.value))) event.outcome = afterFailed
      else waiting.add(event)
    }
  }
}

/** If the batch creates a lead, all its keys are known after each event. */
function nameNew(writers: FieldEvent[]): void {
  let keys: Keys = {}
  for (const event of writers) {
    keys = { ...keys, ...keysIn(event.identity) }
    event.leadKeys = keys
  }
}

/** @returns the records to write now, and the events that must wait for them */
function fieldGroupsOf(events: FieldEvent[], apart: ReadonlySet<LeadEvent>): { groups: Group[]; rest: FieldEvent[] } {
  const groups: Group[] = []
  const latest = new Map<string, Group>()
  for (const [i, event] of events.entries()) {
    if (event.mode === 'add' && event.lookup.field === 'id') {
      event.outcome = leadExists
      continue
    }
    if (isNamed(event.identity)) event.leadKeys = keysIn(event.identity)
    const value = fold(event.lookup.value)
    const group = latest.get(value)
    // An event for another partition may mean another lead than the one created here.
    if (group && group.writers[0].partitionName !== event.partitionName) return { groups, rest: events.slice(i) }
    if (group && event.mode === 'add') group.followers.push(event)
    else if (group && !apart.has(event) && !apart.has(group.writers[0])) group.writers.push(event)
    else {
      const created = { writers: [event], followers: [] }
      latest.set(value, created)
      groups.push(created)
    }
  }
  return { groups, rest: [] }
}

function writeOf({ writers }: Group): LeadWrite {
  const [{ mode, lookup, partitionName, identity }] = writers
  const record = mergedRecord(writers)
  const dispensable = dispensableIn(writers)
  if (lookup.field === 'id') {
    return {
      target: { action: 'updateOnly', lookupField: 'id' },
      record: { id: Number(identity.leadId), ...record },
      dispensable
    }
  }
  const action = SYNC_ACTIONS[mode]
  const takesPartition = partitionName !== undefined && action !== 'updateOnly'
  return {
    target: { action, lookupField: lookup.field, ...(takesPartition && { partitionName }) },
    record,
    dispensable
  }
}
