import type { JSONLikeObject } from '@segment/actions-core'
import type { MarketoClient } from '../../marketo/transport/client'
import { leadIdIn, syncTarget } from '../../marketo/areas/leads'
import { isFailure, isRetried } from '../../marketo/transport/outcome'
import type { Outcome } from '../../marketo/transport/outcome'
import type { RecordTarget } from '../../marketo/calls/records'
import { KnownLeads, MissingValues } from '../finding/known'
import { SYNC_ACTIONS } from '../who/event'
import type { LeadEvent } from '../who/event'
import { isNamed, keysIn, fold } from '../who/keys'
import type { Keys } from '../who/keys'
import { mergedRecord } from './group'
import type { Group } from './group'
import { fieldsToRead, FilledFields, hadValue, without } from './only-if-empty'
import { afterFailed, leadExists } from './refusals'
import { leaveOutRefused, rememberLeftOut, repairLeads, withLeftOut } from './repair'
import { inRounds } from './rounds'
import type { Planner } from './rounds'

/** An event whose lead Sync Leads itself finds, by a field that the customer chose. */
export interface FieldEvent extends LeadEvent {
  readonly record: JSONLikeObject
  readonly lookup: { readonly field: string; readonly value: string }
}

/** A record for all leads with one value of the lookup field. */
interface FieldGroup<Event> extends Group<Event> {
  /** What each event leaves out, because the lead has values. */
  readonly leftOut: LeftOut<Event>
}

type LeftOut<Event> = ReadonlyMap<Event, readonly string[]>

/** Writes events that all name the same lookup field. This needs no look-up, unless a field is written only if it is empty. */
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
): Planner<Event, FieldGroup<Event>> {
  const [{ lookup }] = events
  const known = new KnownLeads(client, [], [lookup.field, ...fieldsToRead(events)])
  /** If the batch creates a lead, all its keys are known. By value of the lookup field. */
  const created = new Map<string, Keys>()
  return {
    plan: () => ({ found: new Map(), isAboutLeads: true, ...planOf(events, known) }),
    lookUp: (missing) => known.load(missing),
    accept: ({ events: ofGroup, leftOut }, outcome) => {
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
          return [event, { leadId, leadKeys, outcome: withLeftOut(outcome, event, leftOut.get(event)?.map(hadValue)) }]
        })
      )
    },
    repair: ({ events: ofGroup }, failure) => repairLeads(client, ofGroup, failure)
  }
}

const valueOf = ({ lookup }: FieldEvent): string => fold(lookup.value)

function planOf<Event extends FieldEvent>(events: readonly Event[], known: KnownLeads) {
  const missing = new MissingValues()
  const ended = new Map<Event, Outcome>()
  const groups: Event[][] = []
  /** By value: the latest group of this round, or what else later events with that value must know. */
  const latest = new Map<string, Latest<Event>>()
  const leftOut = new Map<Event, readonly string[]>()
  const filled = events.some(({ onlyIfEmpty }) => onlyIfEmpty)
    ? new FilledFields<string>((value, field) => storedValue(known, events[0].lookup.field, value, field))
    : undefined
  for (const event of events) {
    const value = valueOf(event)
    if (event.outcome === undefined) decide(event, value, latest.get(value))
    else if (!isFailure(event.outcome)) {
      if (event.mode === 'add') latest.set(value, 'created')
      note(event, value)
    } else if (isRetried(event.outcome)) latest.set(value, 'failed')
  }
  return { missing, ended, steps: groups.length > 0 ? [groups.map((group) => groupOf(group, leftOut))] : [] }

  function decide(event: Event, value: string, before: Latest<Event> | undefined): void {
    const { mode, lookup } = event
    if (before === 'waits') return
    if (before === 'failed') ended.set(event, afterFailed)
    else if (before === 'created' || (mode === 'add' && lookup.field === 'id')) ended.set(event, leadExists)
    else if (before && mustWait(event, before[0])) latest.set(value, 'waits')
    else if (mode !== 'add' && filled?.isUnknown(value, event)) read(event, value)
    else {
      const isOwn = before === undefined || event.isAlone || before[0].isAlone
      const group = isOwn ? [event] : before
      if (isOwn) {
        latest.set(value, group)
        groups.push(group)
      } else group.push(event)
      note(event, value)
    }
  }

  /** Looks the lead's values up. If that has failed, so has the event. */
  function read(event: Event, value: string): void {
    const answer = known.unreadable ?? known.answerFor(event.lookup.field, value)
    if (!isFailure(answer)) missing.note(event.lookup.field, event.lookup.value)
    else {
      ended.set(event, answer)
      if (isRetried(answer)) latest.set(value, 'failed')
    }
  }

  /** Notes what an event writes, and what it leaves out. */
  function note(event: Event, value: string): void {
    if (filled) leftOut.set(event, filled.replay(value, event, ownRecord(event)))
  }
}

/** What leads with one value of the lookup field have in another field. Undefined if they must be looked up first. */
function storedValue(known: KnownLeads, lookupField: string, value: string, field: string) {
  if (known.unreadable || known.answerFor(lookupField, value) !== 'answered') return undefined
  const ofLeads = [...known.leads.values()].filter(({ id, values }) => {
    return fold(String(lookupField === 'id' ? id : values.get(lookupField))) === value
  })
  return ofLeads.map(({ values }) => values.get(field) ?? null).find((stored) => stored !== null) ?? null
}

/** The group, or why there is none. */
type Latest<Event> = Event[] | 'created' | 'failed' | 'waits'

/**
 * Whether an event must see Marketo's answer to an earlier one of this round. With `add`, that one may create the lead. Events for another
 * partition may mean another lead than the one created here. Without the earlier record, the event may write more.
 */
const mustWait = ({ mode, partitionName, isAlone, onlyIfEmpty }: FieldEvent, first: FieldEvent): boolean =>
  mode === 'add' ||
  partitionName !== first.partitionName ||
  (onlyIfEmpty !== undefined && (isAlone === true || first.isAlone === true))

function groupOf<Event extends FieldEvent>(events: readonly Event[], leftOut: LeftOut<Event>): FieldGroup<Event> {
  return {
    ...sendableOf(events, leftOut),
    events,
    ownRecords: () => events.map((event) => sendableOf([event], leftOut)),
    queue: valueOf(events[0]),
    leftOut
  }
}

const ownRecord = ({ repaired, record }: FieldEvent): JSONLikeObject => repaired?.record ?? record

function sendableOf<Event extends FieldEvent>(events: readonly Event[], leftOut: LeftOut<Event>) {
  const [first] = events
  const record = mergedRecord(events.map((event) => without(leftOut.get(event) ?? [], ownRecord(event))))
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
