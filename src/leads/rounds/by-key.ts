import type { JSONLikeObject } from '@segment/actions-core'
import type { LeadEvent } from '../who/event'
import { KnownLeads, firstLookUps } from '../finding/known'
import type { Keys, LeadKey } from '../who/keys'
import { Merging } from '../merging/merge'
import { forgetAssociated } from '../visitors/associated-visitors'
import type { MarketoClient } from '../../marketo/transport/client'
import { LATER, LEAD_EXISTS, LEAD_NOT_FOUND, SEVERAL_LEADS } from '../../marketo/transport/errors'
import { leadIdIn, syncTarget, TO_LEAD_ID } from '../../marketo/areas/leads'
import type { Failure, Success } from '../../marketo/transport/outcome'
import type { RecordTarget } from '../../marketo/calls/records'
import { mergedRecord } from './group'
import type { Group } from './group'
import { fieldsToRead, hadValue, without } from './only-if-empty'
import { planLeads } from './plan-leads'
import type { LeadChange } from './plan-leads'
import { leaveOutRefused, rememberLeftOut, repairLeads, withLeftOut } from './repair'
import { inRounds } from './rounds'
import type { Planner } from './rounds'

/**
 * Finds the lead of each event, and writes what the events change. The batch gives the same result as its events one by one:
 * they are replayed in order, in memory, on the leads that Marketo has, and the differences are written.
 * @param others look-ups that must end before anything is written
 * @returns which lead a lead has become part of, if it was merged
 */
export async function writeByKey<Event extends LeadEvent>(
  client: MarketoClient,
  events: readonly Event[],
  others?: Promise<unknown>
): Promise<(leadId: number) => number> {
  const known = new KnownLeads(
    client,
    events.map(({ identity }) => identity),
    fieldsToRead(events)
  )
  leaveOutRefused(client, events)
  await Promise.all([known.load(firstLookUps(events)), others])
  const planner = byKey(client, known, events)
  await inRounds(
    client,
    events,
    events.some(({ merges }) => merges) ? merging(client, known, events, planner) : planner
  )
  return (leadId) => known.current(leadId)
}

/** Merges the leads of a round's events once they are written. */
function merging<Event extends LeadEvent>(
  client: MarketoClient,
  known: KnownLeads,
  events: readonly Event[],
  planner: Planner<Event, LeadGroup<Event>>
): Planner<Event, LeadGroup<Event>> {
  const merges = new Merging(client, known)
  const afterRound = (groups: readonly LeadGroup<Event>[]) => {
    const inRound = new Set(groups.flatMap((group) => group.events))
    return merges.mergeFor(events.filter((event) => inRound.has(event)))
  }
  return { ...planner, afterRound }
}

/** A record for the lead that the events are about. */
export interface LeadGroup<Event> extends Group<Event> {
  readonly leadId: number | undefined
  readonly members: LeadChange<Event>['events']
  /** The number of its latest event in the batch. */
  readonly latest: number
}

/** Plans records for leads that are found by the keys of their events, or created. */
export function byKey<Event extends LeadEvent>(
  client: MarketoClient,
  known: KnownLeads,
  events: readonly Event[]
): Planner<Event, LeadGroup<Event>> {
  return {
    plan: () => {
      const { missing, changes, found, refused } = planLeads(known, events)
      return {
        missing,
        found: new Map([...found].map(([event, leadId]) => [event, { leadId }])),
        ended: refused,
        steps: changes.length > 0 ? [changes.map(groupOf)] : [],
        isAboutLeads: true
      }
    },
    lookUp: (missing) => known.load(missing),
    accept,
    isLost: ({ identity }, { code }) => identity.leadId === undefined && LOST_CODES.includes(`${code}`),
    forget: ({ identity }, { leadId }) => known.forget(leadId, identity),
    repair: ({ events: ofLead }, failure) => repairLeads(client, ofLead, failure)
  }

  function groupOf({ lead, events: ofLead, latest, createdBy }: LeadChange<Event>): LeadGroup<Event> {
    const ofGroup = ofLead.map(({ event }) => event)
    const sendableOf = (some: Member<Event>[]) => {
      const record = mergedRecord(some.map(recordOf))
      const target = createdBy === undefined ? TO_LEAD_ID : creating(some[0].event, createdBy)
      return { target, record: lead.id === undefined ? record : { id: lead.id, ...record } }
    }
    return {
      ...sendableOf(ofLead),
      events: ofGroup,
      ownRecords: () => ofLead.map((one) => sendableOf([one])),
      queue: lead.id === undefined ? undefined : String(lead.id),
      leadId: lead.id,
      members: ofLead,
      latest
    }
  }

  function accept({ leadId, latest, members, record }: LeadGroup<Event>, outcome: Success) {
    const id = leadId ?? leadIdIn(outcome.body.id)
    const keys = members.reduce<Keys>((all, one) => ({ ...all, ...one.keys }), {})
    if (id !== undefined) known.wrote(id, keys, record, latest)
    for (const { event } of members) {
      if (event.identity.userId !== undefined) forgetAssociated(client, event.identity.userId)
      if (event.repaired) rememberLeftOut(client, event.repaired)
    }
    return new Map(
      members.map((member) => [
        member.event,
        { leadId: id, leadKeys: member.keysAfter, outcome: outcomeOf(member, outcome, id) }
      ])
    )
  }
}

type Member<Event> = LeadChange<Event>['events'][number]

/** Whether more than 1,000 leads have the event's email, so that it does not count and stays out. */
const hasCommonEmail = ({ event, keys }: Member<LeadEvent>): boolean => keys.email !== event.identity.email

/** What an event writes. */
function recordOf(member: Member<LeadEvent>): JSONLikeObject {
  const { event, keys, leftOut } = member
  const own = event.repaired?.record ?? event.record ?? keys
  return without(hasCommonEmail(member) ? ['email', ...leftOut] : leftOut, own)
}

/** An event without a record only needed the lead, and has no outcome yet. */
function outcomeOf(member: Member<LeadEvent>, outcome: Success, leadId: number | undefined) {
  const { event, leftOut } = member
  if (!event.record) return leadId === undefined ? WITHOUT_ID : undefined
  const others = leftOut.map(hadValue)
  return withLeftOut(outcome, event, hasCommonEmail(member) ? [COMMON_EMAIL, ...others] : others)
}

const creating = ({ mode, partitionName }: LeadEvent, lookupField: LeadKey): RecordTarget =>
  syncTarget({
    action: mode === 'add' ? 'createOnly' : 'createOrUpdate',
    lookupField,
    ...(partitionName && { partitionName })
  })

/** The lead is gone, or has a rival. An ID that the customer mapped is final. */
const LOST_CODES = [LEAD_NOT_FOUND, LEAD_EXISTS, SEVERAL_LEADS]

const COMMON_EMAIL = 'Email: more than 1,000 leads have it, so it does not say which lead the event is about.'

const WITHOUT_ID: Failure = {
  status: 500,
  message: `Sync Leads: Marketo created the lead, but its answer has no ID. ${LATER}`
}
