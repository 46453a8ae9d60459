import { mapAtMost } from '../../marketo/transport/at-most'
import type { MarketoClient } from '../../marketo/transport/client'
import { getLeads, mergeLeads } from '../../marketo/areas/leads'
import { LEADS_PER_MERGE, MERGES_PER_BATCH } from '../../marketo/transport/limits'
import { failureOf, isFailure } from '../../marketo/transport/outcome'
import type { Success } from '../../marketo/transport/outcome'
import type { KnownLeads } from '../finding/known'
import { keysOfRow } from '../finding/search'
import { groupBy } from '../group-by'
import type { LeadEvent } from '../who/event'
import { fold, LEAD_KEYS, valueKey } from '../who/keys'
import type { Keys, LeadKey } from '../who/keys'
import { duplicatesOf } from './duplicates'
import type { Candidate, Evidence, Merge } from './duplicates'

type DoneEvent = LeadEvent & Evidence & { outcome: Success }

const isDone = (event: LeadEvent): event is DoneEvent =>
  event.merges === true && event.leadId !== undefined && event.outcome !== undefined && !isFailure(event.outcome)

const NOT_YET_MERGED = 'not yet merged: with a later event'

/**
 * Merges leads of the same person, after each round of writes. This never changes whether an event succeeds. A success lists under
 * `merged` which leads became part of the event's lead, and under `notMerged` which did not, and why.
 */
export class Merging {
  private left = MERGES_PER_BATCH

  constructor(private readonly client: MarketoClient, private readonly known: KnownLeads) {}

  /** @param events the events of the last round, in order */
  async mergeFor(events: readonly LeadEvent[]): Promise<void> {
    const done = events.filter(isDone)
    if (done.length === 0) return
    const { leads, failures } = await leadsOf(this.client, done)
    const reliable = done.filter((event) => {
      const failure = failures(event)
      if (failure) tell(event, { notMerged: `not looked for: ${failure}` })
      return !failure
    })
    // Merges that touch the same leads go in turn.
    const families = familiesOf(duplicatesOf(reliable, leads))
    await mapAtMost(families, async (family) => {
      for (const merge of family) await this.merge(merge)
    })
  }

  private async merge({ event, winner, losers }: Merge<DoneEvent>): Promise<void> {
    for (let i = 0; i < losers.length; i += LEADS_PER_MERGE) {
      const some = losers.slice(i, i + LEADS_PER_MERGE)
      const ids = some.map(({ id }) => id)
      if (this.left === 0 || this.client.deadline.isOver()) {
        tell(event, { notMerged: `${ids.join(', ')}: ${NOT_YET_MERGED}` })
        continue
      }
      this.left -= 1
      try {
        await mergeLeads(this.client, winner.id, ids)
        tell(event, { merged: ids })
        this.known.merged(winner.id, keysOfAll(some), ids)
      } catch (error) {
        const { message } = failureOf(error)
        tell(event, { notMerged: `${ids.join(', ')}: ${message}` })
      }
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

/** What the lead that stays gets if it has no own values: those of the first lead that has some. */
const keysOfAll = (losers: readonly Candidate[]): Keys =>
  losers.reduceRight<Keys>((all, { keys }) => ({ ...all, ...keys }), {})

/** Groups merges that touch the same leads, directly or through others. */
function familiesOf(merges: Merge<DoneEvent>[]): Merge<DoneEvent>[][] {
  const head = new Map<number, number>()
  const headOf = (id: number): number => {
    const next = head.get(id)
    return next === undefined ? id : headOf(next)
  }
  // A merged lead is gone and cannot be in a later merge, so there are no circles.
  for (const { winner, losers } of merges) for (const loser of losers) head.set(loser.id, winner.id)
  return [...groupBy(merges, ({ winner }) => String(headOf(winner.id))).values()]
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
