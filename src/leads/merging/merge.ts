import { mapAtMost } from '../../marketo/transport/at-most'
import type { MarketoClient } from '../../marketo/transport/client'
import { leadFieldTypes } from '../../marketo/areas/instance-fields'
import { getLeads, mergeLeads, TO_LEAD_ID } from '../../marketo/areas/leads'
import { inChunks } from '../../marketo/calls/chunks'
import { sendRecords } from '../../marketo/calls/records'
import { LEADS_PER_MERGE, MERGES_PER_BATCH } from '../../marketo/transport/limits'
import { failureOf, isFailure } from '../../marketo/transport/outcome'
import type { Failure, Success } from '../../marketo/transport/outcome'
import type { KnownLeads } from '../finding/known'
import { keysOfRow, valueIn } from '../finding/search'
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

/** One Merge Leads call. */
interface MergeCall {
  event: DoneEvent
  winner: Candidate
  losers: Candidate[]
  consent: string[]
}

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
      if (failure) addToBody(event, { notMerged: `not looked for: ${failure}` })
      return !failure
    })
    const { merges, kept } = duplicatesOf(reliable, leads)
    for (const { event, losers, inCrm } of kept) notMerged(event, losers, whyKept(inCrm))
    // Merges that touch the same leads go in turn.
    const families = familiesOf(this.callsFor(merges))
    const notCarried = await this.carryConsent(families.flat())
    await mapAtMost(families, async (family) => {
      const failure = family.map(({ winner }) => notCarried.get(winner.id)).find((one) => one !== undefined)
      for (const call of family) {
        if (failure)
          notMerged(call.event, call.losers, `${call.consent.join(', ')} must be kept first. ${failure.message}`)
        else await this.merge(call)
      }
    })
  }

  /** The calls that this batch may still make. */
  private callsFor(merges: readonly Merge<DoneEvent>[]): MergeCall[] {
    const calls = merges.flatMap(({ losers, ...merge }) =>
      inChunks(losers, LEADS_PER_MERGE).map((some) => ({ ...merge, losers: some }))
    )
    const due = calls.slice(0, this.left)
    this.left -= due.length
    for (const { event, losers } of calls.slice(due.length)) notMerged(event, losers, NOT_YET_MERGED)
    return due
  }

  /** Makes the leads that stay as strict about consent as those that disappear, in one call. @returns what failed, by their IDs */
  private async carryConsent(calls: readonly MergeCall[]): Promise<Map<number, Failure>> {
    const byWinner = groupBy(calls, ({ winner }) => String(winner.id))
    const items = [...byWinner.values()].flatMap((ofWinner) => {
      const consent = ofWinner.flatMap((call) => call.consent)
      const { id } = ofWinner[0].winner
      return consent.length > 0 ? [{ record: { id, ...Object.fromEntries(consent.map((name) => [name, true])) } }] : []
    })
    const failures = new Map<number, Failure>()
    for (const [{ record }, outcome] of await sendRecords(this.client, TO_LEAD_ID, items)) {
      if (isFailure(outcome)) failures.set(record.id, outcome)
    }
    return failures
  }

  private async merge({ event, winner, losers }: MergeCall): Promise<void> {
    if (this.client.deadline.isOver()) {
      notMerged(event, losers, NOT_YET_MERGED)
      return
    }
    const ids = losers.map(({ id }) => id)
    try {
      await mergeLeads(this.client, winner.id, ids)
      addToBody(event, { merged: ids })
      this.known.merged(winner.id, keysOfAll(losers), ids)
    } catch (error) {
      notMerged(event, losers, failureOf(error).message)
    }
  }
}

const whyKept = ({ id, crmField }: Candidate): string =>
  `${id} has a value in ${crmField}, and a merge would work against the CRM. Merge these leads in the CRM or in Marketo`

/** A merge must not make these false. */
const CONSENT_FIELDS = ['unsubscribed', 'doNotCall', 'marketingSuspended', 'emailInvalid', 'blackListed']

/** Fields with a lead's ID in a CRM. With Salesforce, its record would win, whatever the merge asks for. */
const CRM_FIELDS = ['sfdcId', 'sfdcLeadId', 'sfdcContactId']

/** Looks up all leads that have a key of the events, as they are now. */
async function leadsOf(client: MarketoClient, events: DoneEvent[]) {
  const types = await leadFieldTypes(client).catch(failureOf)
  if (isFailure(types)) return { leads: [], failures: () => types.message }
  const present = (names: readonly string[]) => names.filter((name) => types.has(name))
  const consent = present(CONSENT_FIELDS)
  const crmFields = present(CRM_FIELDS)
  const leads = new Map<number, Candidate>()
  const failed = new Map<string, string>()
  const keys = LEAD_KEYS.filter((key) => events.some(({ identity }) => identity[key] !== undefined))
  const fields = ['id', ...new Set<string>(['email', 'userId', ...keys]), 'leadPartitionId', ...consent, ...crmFields]
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
    for (const row of rows) {
      leads.set(row.id, {
        id: row.id,
        keys: keysOfRow(row),
        partitionId: row.leadPartitionId,
        consent: new Set(consent.filter((name) => row[name] === true)),
        crmField: crmFields.find((name) => valueIn(row, name) !== undefined)
      })
    }
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
function familiesOf(merges: MergeCall[]): MergeCall[][] {
  const head = new Map<number, number>()
  const headOf = (id: number): number => {
    const next = head.get(id)
    return next === undefined ? id : headOf(next)
  }
  // A merged lead is gone and cannot be in a later merge, so there are no circles.
  for (const { winner, losers } of merges) for (const loser of losers) head.set(loser.id, winner.id)
  return [...groupBy(merges, ({ winner }) => String(headOf(winner.id))).values()]
}

const notMerged = (event: DoneEvent, losers: readonly Candidate[], why: string): void =>
  addToBody(event, { notMerged: `${losers.map(({ id }) => id).join(', ')}: ${why}` })

/** Adds a result of merging to an outcome. */
function addToBody(event: DoneEvent, { merged = [], notMerged }: { merged?: number[]; notMerged?: string }): void {
  const { outcome } = event
  const { merged: before = [], notMerged: reason } = outcome.body as { merged?: number[]; notMerged?: string }
  const all = [...before, ...merged]
  const reasons = [reason, notMerged].filter((text) => text !== undefined).join('; ')
  event.outcome = {
    ...outcome,
    body: { ...outcome.body, ...(all.length > 0 && { merged: all }), ...(reasons && { notMerged: reasons }) }
  }
}
