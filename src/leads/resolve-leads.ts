import type { MarketoClient } from '../marketo/client'
import { LATER } from '../marketo/errors'
import type { Failure } from '../marketo/outcome'
import type { LeadEvent } from './event'
import { valueKeysOf } from './identity'
import { Known } from './known'
import { linkFieldsOf, readLinks } from './links'
import type { Change } from './lead'
import { firstLookUps } from './missing'
import { replay } from './replay'
import { settle } from './settle'
import { keysWrittenBy, writeLeads, writeOf } from './write'

/**
 * Finds the lead of each event, and writes what the events change. The batch gives the same result as its events one by one:
 * they are replayed in order, in memory, on the leads that Marketo has, and the differences are written.
 *
 * Each event gets its `leadId` (and `linkValue`) or, if that fails, its `outcome`. An event that writes gets both.
 * @param asked other look-ups that must end before anything is written
 * @returns the events whose lead was lost: see {@link withSecondLook}
 */
export async function resolveLeads(
  client: MarketoClient,
  events: LeadEvent[],
  asked?: Promise<unknown>
): Promise<LeadEvent[]> {
  const known = new Known(
    client,
    events.map(({ identity }) => identity),
    linkFieldsOf(events)
  )
  const apart = new Set<LeadEvent>()
  const lost: LeadEvent[] = []
  let waiting = events
  await Promise.all([known.load(firstLookUps(events)), asked])
  while (waiting.length > 0) {
    const plan = replay(known, waiting, apart)
    if (plan.missing.size > 0) {
      await known.load(plan.missing)
      continue
    }
    for (const { event, leadId } of plan.found) event.leadId = leadId
    for (const { event, failure } of plan.refused) event.outcome = failure
    const changes = inOrder(events, plan.changes)
    const outcomes = await writeLeads(client, changes.map(writeOf))
    const again = new Set(plan.rest)
    for (const [i, change] of changes.entries()) {
      const settled = settle(change, outcomes[i])
      for (const event of settled.apart) apart.add(event)
      for (const event of [...settled.apart, ...settled.again]) again.add(event)
      lost.push(...settled.lost)
      if (settled.leadId !== undefined) known.wrote(settled.leadId, keysWrittenBy(change))
      else if (settled.isRetried) leaveUnsettled(known, change)
    }
    waiting = again.size === 0 ? [] : events.filter((event) => again.has(event))
  }
  lost.push(...(await readLinks(known, events)))
  return lost
}

/**
 * Changes in order of the latest event of each: that lead is the most recently updated one, in Marketo and in later look-ups of this
 * batch.
 */
function inOrder(events: LeadEvent[], changes: Change[]): Change[] {
  if (changes.length < 2) return changes
  const positions = new Map(events.map((event, i) => [event, i]))
  const lastOf = ({ writers }: Change) => Number(positions.get(writers[writers.length - 1]))
  return [...changes].sort((a, b) => lastOf(a) - lastOf(b))
}

/** Later events about such a lead wait for the failed one, because Marketo may or may not have executed it. */
function leaveUnsettled(known: Known, change: Change): void {
  if (change.lead.id !== undefined) known.unsettled.add(change.lead.id)
  for (const value of valueKeysOf(keysWrittenBy(change))) known.unsettledValues.add(value)
}

/**
 * Makes an attempt for events, and once more for those whose lead was merged, deleted or created by others between our
 * look-up and our write. If its lead is lost again, Segment retries the event.
 * @param attempt returns the events whose lead was lost
 */
export async function withSecondLook<Event extends LeadEvent>(
  events: Event[],
  attempt: (events: Event[]) => Promise<LeadEvent[]>
): Promise<void> {
  const lost = new Set<LeadEvent>(await attempt(events))
  if (lost.size === 0) return
  for (const event of lost) {
    event.leadId = undefined
    event.outcome = undefined
  }
  for (const event of await attempt(events.filter((event) => lost.has(event)))) {
    const failure = event.outcome as Failure
    const reason = `Marketo error ${failure.code}, twice: something else merged, deleted or created the lead meanwhile.`
    event.outcome = { ...failure, status: 503, message: `${reason} ${LATER}` }
  }
}
