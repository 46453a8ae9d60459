import { mapAtMost } from '../../marketo/at-most'
import type { MarketoClient } from '../../marketo/client'
import { CALL_LIMITS } from '../../marketo/errors'
import { getLeads, mergeLeads } from '../../marketo/leads'
import { LEADS_PER_MERGE, MERGES_PER_BATCH } from '../../marketo/limits'
import { failureOf, isFailure } from '../../marketo/outcome'
import type { Failure, Outcome } from '../../marketo/outcome'
import { duplicatesOf } from './duplicates'
import type { Candidate, Evidence, Merge } from './duplicates'
import type { LeadEvent } from '../who/event'
import { groupBy } from '../group-by'
import { fold, LEAD_KEYS, valueKey } from '../who/identity'
import type { LeadKey } from '../who/identity'
import { keysOfRow } from '../finding/search'

type DoneEvent = LeadEvent & Evidence & { outcome: Exclude<Outcome, Failure> }

const isDone = (event: LeadEvent): event is DoneEvent =>
  event.leadId !== undefined && event.outcome !== undefined && !isFailure(event.outcome)

const NOT_YET_MERGED = 'not yet merged: with a later event'

/**
 * Merges leads of the same person, after all writes. This never changes whether an event succeeds. A success lists under
 * `merged` which leads became part of the event's lead, and under `notMerged` which did not, and why.
 */
export async function mergeDuplicates(client: MarketoClient, events: LeadEvent[]): Promise<void> {
  const done = events.filter(isDone)
  const { leads, failures } = await leadsOf(client, done)
  const reliable = done.filter((event) => {
    const failure = failures(event)
    if (failure) tell(event, { notMerged: `not looked for: ${failure}` })
    return !failure
  })
  let left = MERGES_PER_BATCH
  // Merges that touch the same leads go in turn.
  const families = familiesOf(duplicatesOf(reliable, leads))
  await mapAtMost(families, async (family) => {
    for (const { event, winner, losers } of family) {
      for (let i = 0; i < losers.length; i += LEADS_PER_MERGE)
        await merge(event, winner, losers.slice(i, i + LEADS_PER_MERGE))
    }
  })

  async function merge(event: DoneEvent, winner: number, losers: number[]): Promise<void> {
    if (left === 0 || client.deadline.isOver())
      return tell(event, { notMerged: `${losers.join(', ')}: ${NOT_YET_MERGED}` })
    left -= 1
    try {
      await mergeLeads(client, winner, losers)
      tell(event, { merged: losers })
    } catch (error) {
      const { code = '', message } = failureOf(error)
      if (CALL_LIMITS.includes(code)) left = 0
      tell(event, { notMerged: `${losers.join(', ')}: ${message}` })
    }
  }
}

/** Looks up all leads that have a key of the events, as they are now. */
async function leadsOf(client: MarketoClient, events: DoneEvent[]) {
  const leads = new Map<number, Candidate>()
  const failed = new Map<string, string>()
  const keys = LEAD_KEYS.filter((key) => events.some(({ identity }) => identity[key] !== undefined))
  const fields = ['id', ...new Set<string>(['email', 'userId', ...keys]), 'leadPartitionId']
  const lookUp = async (key: LeadKey) => {
    const values = new Map<string, string>()
    for (const { identity } of events) {
      const value = identity[key]
      if (value === undefined) continue
      // Looking up such a value finds only one lead.
      if (value.includes(',')) failed.set(valueKey(key, value), `${key} contains a comma`)
      else values.set(fold(value), value)
    }
    const { rows, failures } = await getLeads(client, key, [...values.values()], fields)
    for (const [value, { message }] of failures) failed.set(valueKey(key, value), message)
    for (const row of rows) leads.set(row.id, { id: row.id, keys: keysOfRow(row), partitionId: row.leadPartitionId })
  }
  await Promise.all(keys.map(lookUp))
  const failures = ({ identity }: DoneEvent): string | undefined => {
    const valueKeys = LEAD_KEYS.flatMap((key) =>
      identity[key] === undefined ? [] : [valueKey(key, `${identity[key]}`)]
    )
    return valueKeys.map((of) => failed.get(of)).find((message) => message !== undefined)
  }
  return { leads: [...leads.values()], failures }
}

/** Groups merges that touch the same leads, directly or through others. */
function familiesOf(merges: Merge<DoneEvent>[]): Merge<DoneEvent>[][] {
  const head = new Map<number, number>()
  const headOf = (id: number): number => {
    const next = head.get(id)
    return next === undefined ? id : headOf(next)
  }
  // A merged lead is gone and cannot be in a later merge, so there are no circles.
  for (const { winner, losers } of merges) for (const loser of losers) head.set(loser, winner)
  return [...groupBy(merges, ({ winner }) => String(headOf(winner))).values()]
}

/** Adds a result of merging to an outcome. */
function tell(event: DoneEvent, { merged = [], notMerged }: { merged?: number[]; notMerged?: string }): void {
  const { outcome } = event
  const { merged: before = [], notMerged: reason } = outcome.body as { merged?: number[]; notMerged?: string }
  const all = [...before, ...merged]
  const reasons = [reason, notMerged].filter((text) => text !== undefined).join('; ')
  event.outcome = {
    ...outcome,
    body: { ...outcome.body, ...(all.length > 0 && { merged: all }), ...(reasons && { notMerged: reasons }) }
  }
}
