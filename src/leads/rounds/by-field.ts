import type { MarketoClient } from '../../marketo/transport/client'
import { leadIdIn, syncTarget } from '../../marketo/areas/leads'
import { isFailure, isRetried } from '../../marketo/transport/outcome'
import type { Outcome } from '../../marketo/transport/outcome'
import type { RecordTarget } from '../../marketo/calls/records'
import { SYNC_ACTIONS } from '../who/event'
import type { LeadEvent } from '../who/event'
import { isNamed, keysIn, fold } from '../who/keys'
import type { Keys } from '../who/keys'
import { mergedRecord } from './group'
import type { Group } from './group'
import { afterFailed, leadExists } from './refusals'
import { leaveOutRefused, rememberLeftOut, repairLeads, withLeftOut } from './repair'
import { inRounds } from './rounds'
import type { Planner } from './rounds'

/** An event whose lead Sync Leads itself finds, by a field that the customer chose. */
export interface FieldEvent extends LeadEvent {
  readonly lookup: { readonly field: string; readonly value: string }
}

/** Writes events that all name the same lookup field. This needs no look-up. */
export async function writeByField(client: MarketoClient, events: readonly FieldEvent[]): Promise<void> {
  leaveOutRefused(client, events)
  await inRounds(client, events, byField(client, events))
}

/**
 * Plans records for events that all name the same lookup field: one for each of its values. An ID
 * can only be updated, because Marketo itself assigns IDs.
 */
function byField<Event extends FieldEvent>(
  client: MarketoClient,
  events: readonly Event[]
): Planner<Event, Group<Event>> {
  /** If the batch creates a lead, all its keys are known. By value of the lookup field. */
  const created = new Map<string, Keys>()
  return {
    plan: () => ({ missing: new Map(), found: new Map(), lost: new Map(), isAboutLeads: true, ...planOf(events) }),
    accept: ({ events: ofGroup }, outcome) => {
      const leadId = leadIdIn(outcome.body.id)
      const value = valueOf(ofGroup[0])
      if (outcome.body.status === 'created') created.set(value, {})
      return new Map(
        ofGroup.map((event) => {
          if (event.repaired) rememberLeftOut(client, event.repaired)
          const keys = created.get(value)
          const after = keysIn({ ...keys, ...event.identity })
          if (keys) created.set(value, after)
          const leadKeys = keys || isNamed(event.identity) ? after : undefined
          return [event, { leadId, leadKeys, outcome: withLeftOut(outcome, event) }]
        })
      )
    },
    repair: ({ events: ofGroup }, failure) => repairLeads(client, ofGroup, failure)
  }
}

const valueOf = ({ lookup }: FieldEvent): string => fold(lookup.value)

function planOf<Event extends FieldEvent>(events: readonly Event[]) {
  const ended = new Map<Event, Outcome>()
  const groups: Event[][] = []
  /** By value: the latest group of this round, or what else later events with that value must know. */
  const latest = new Map<string, Latest<Event>>()
  for (const event of events) {
    const { mode, lookup, outcome } = event
    const value = valueOf(event)
    const before = latest.get(value)
    if (outcome !== undefined) {
      if (isFailure(outcome) && isRetried(outcome)) latest.set(value, 'failed')
      else if (!isFailure(outcome) && mode === 'add') latest.set(value, 'created')
    } else if (before === 'failed') ended.set(event, afterFailed)
    else if (before === 'created' || (mode === 'add' && lookup.field === 'id')) ended.set(event, leadExists)
    else if (!Array.isArray(before)) {
      if (before === 'waits') continue
      groups.push(start(event, latest))
    } else if (mustWait(event, before[0])) latest.set(value, 'waits')
    else if (event.isAlone || before[0].isAlone) groups.push(start(event, latest))
    else before.push(event)
  }
  return { ended, steps: groups.length > 0 ? [groups.map(groupOf)] : [] }
}

/** The group, or why there is none. */
type Latest<Event> = Event[] | 'created' | 'failed' | 'waits'

function start<Event extends FieldEvent>(event: Event, latest: Map<string, Latest<Event>>): Event[] {
  const group = [event]
  latest.set(valueOf(event), group)
  return group
}

/** With `add`, the first event may create the lead. Events for another partition may mean another lead than the one created here. */
const mustWait = ({ mode, partitionName }: FieldEvent, first: FieldEvent): boolean =>
  mode === 'add' || partitionName !== first.partitionName

function groupOf<Event extends FieldEvent>(events: readonly Event[]): Group<Event> {
  return {
    ...sendableOf(events),
    events,
    ownRecords: () => events.map((event) => sendableOf([event])),
    queue: valueOf(events[0])
  }
}

function sendableOf<Event extends FieldEvent>(events: readonly Event[]) {
  const [first] = events
  const record = mergedRecord(events.map((event) => event.repaired?.record ?? event.record ?? keysIn(event.identity)))
  return {
    target: targetOf(first),
    record: first.lookup.field === 'id' ? { id: Number(first.identity.leadId), ...record } : record
  }
}

function targetOf({ mode, lookup, partitionName }: FieldEvent): RecordTarget {
  const action = lookup.field === 'id' ? SYNC_ACTIONS.update : SYNC_ACTIONS[mode]
  const takesPartition = partitionName !== undefined && action !== 'updateOnly'
  return syncTarget({ action, lookupField: lookup.field, ...(takesPartition && { partitionName }) })
}
