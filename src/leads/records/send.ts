import type { MarketoClient } from '../../marketo/transport/client'
import { LEAD_NOT_FOUND } from '../../marketo/transport/errors'
import { isFailure } from '../../marketo/transport/outcome'
import type { Outcome } from '../../marketo/transport/outcome'
import { KnownLeads, firstLookUps } from '../finding/known'
import { byKey } from '../rounds/by-key'
import type { LeadGroup } from '../rounds/by-key'
import type { Group } from '../rounds/group'
import { inRounds } from '../rounds/rounds'
import type { Plan, Planner } from '../rounds/rounds'
import { linkFieldsOf, linksOf } from './links'
import type { Progress } from '../who/event'
import { hasLead, planRecords } from './plan-records'
import type { RecordEvent, Records } from './plan-records'

/**
 * Finds or creates the leads of events, then sends their records with as few calls as possible. The batch gives the same
 * result as its events one by one. The records must not change fields of leads: that is for `writeByKey` (rounds/by-key.ts).
 */
export async function sendForLeads<Event extends RecordEvent>(
  client: MarketoClient,
  events: Event[],
  records: Records<Event>
): Promise<void> {
  const needing = events.filter(({ needsNoLead }) => !needsNoLead)
  const known = new KnownLeads(
    client,
    needing.map(({ identity }) => identity),
    linkFieldsOf(events)
  )
  if (needing.some(isWithoutLead)) await known.load(firstLookUps(needing))
  await inRounds(client, events, aboutLeads(byKey(client, known, needing), known, events, records))
  for (const event of events) {
    if (event.isRemoval && isNobody(event.outcome)) event.outcome = NOTHING_TO_REMOVE
  }
}

/** Plans records about leads: first the leads that must be created, then the records. */
function aboutLeads<Event extends RecordEvent>(
  leads: Planner<Event, LeadGroup<Event>>,
  known: KnownLeads,
  events: readonly Event[],
  records: Records<Event>
): Planner<Event, Group<Event> | LeadGroup<Event>> {
  return {
    plan: () => {
      const ofLeads = events.some(isWithoutLead) ? leads.plan() : undefined
      if (ofLeads && !isEmpty(ofLeads)) return ofLeads
      const links = linksOf(known, events)
      if (links.missing.size + links.found.size + links.ended.size > 0) return { ...NOTHING, ...links }
      return { ...NOTHING, ...planRecords(events, records) }
    },
    lookUp: leads.lookUp,
    beforeStep: async (groups) => {
      const ofRecords = groups.filter((group) => !isLeadGroup(group)).flatMap((group) => group.events)
      return (await records.alreadyThere?.(ofRecords.filter(hasLead))) ?? []
    },
    accept: (group, outcome) => {
      if (isLeadGroup(group)) return leads.accept(group, outcome)
      const { onlyFirst, needsSecond } = records
      const result = (event: Event, i: number): Partial<Progress> => {
        if (needsSecond && !event.taken) return { taken: outcome }
        return { outcome: i > 0 && onlyFirst ? onlyFirst : outcome }
      }
      return new Map(group.events.map((event, i) => [event, result(event, i)]))
    },
    isLost: (event, failure, group) =>
      isLeadGroup(group)
        ? leads.isLost?.(event, failure, group) === true
        : // The other codes are about the record itself. For a custom object, 1005 means that the object exists.
          !event.needsNoLead && event.identity.leadId === undefined && failure.code === LEAD_NOT_FOUND,
    forget: ({ identity, leadId }, group) => known.forget(isLeadGroup(group) ? group.leadId : leadId, identity),
    repair: async (group, failure) =>
      isLeadGroup(group) ? leads.repair(group, failure) : records.repair?.(group.events, failure) ?? false,
    firstCounts: records.whichCounts === 'first'
  }
}

const NOTHING = {
  missing: new Map(),
  found: new Map(),
  ended: new Map(),
  steps: [],
  isAboutLeads: false
}

const isEmpty = ({ missing, found, ended, steps }: Plan<unknown, Group<unknown>>): boolean =>
  missing.size + found.size + ended.size + steps.length === 0

const isWithoutLead = ({ outcome, leadId, needsNoLead }: RecordEvent): boolean =>
  outcome === undefined && leadId === undefined && !needsNoLead

const isLeadGroup = <Event>(group: Group<Event> | LeadGroup<Event>): group is LeadGroup<Event> => 'members' in group

const isNobody = (outcome: Outcome | undefined): boolean => isFailure(outcome) && outcome.code === LEAD_NOT_FOUND

const NOTHING_TO_REMOVE: Outcome = { status: 200, sent: {}, body: { result: 'No lead matches: nothing to remove.' } }
