import { PayloadValidationError } from '@segment/actions-core'
import { writeByField } from '../leads/by-field'
import type { FieldEvent } from '../leads/by-field'
import { mergeDuplicates } from '../leads/merge'
import { isLeadMode } from '../leads/event'
import type { LeadEvent, LeadMode } from '../leads/event'
import { identityOf } from '../leads/identity'
import { resolveLeads, withSecondLook } from '../leads/resolve-leads'
import { cookieToken } from '../segment/cookie'
import type { Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'
import { dispensableOf, lookupValue, leadRecord } from './record'
import { associateVisitors, ownersOf } from './web-activity'

export interface UpsertEvent extends LeadEvent {
  /** The lookup field and its value, if the mapping names one. */
  lookup?: { field: string; value: string }
  cookieToken?: string
  /** Whether the visitor is associated with the lead. */
  associates: boolean
  /** Whether leads of the same person are merged. */
  merges: boolean
}

export function readLead(payload: Payload, { client, settings, syncMode }: Context, leaveOut: LeaveOut): UpsertEvent {
  const identity = identityOf(payload, settings, leaveOut)
  const record = leadRecord(payload, identity, leaveOut)
  const { lookupField: field, partitionName, marketoCookie } = payload
  const token = cookieToken(marketoCookie, client, leaveOut)
  return {
    identity,
    record,
    dispensable: dispensableOf(payload),
    mode: modeOf(syncMode),
    partitionName: partitionName || undefined,
    lookup: field && field !== 'automatic' ? { field, value: lookupValue(field, record, identity) } : undefined,
    cookieToken: token,
    associates: payload.associateWebActivity === true || token !== undefined,
    merges: payload.mergeDuplicates === true
  }
}

function modeOf(syncMode = 'upsert'): LeadMode {
  if (isLeadMode(syncMode)) return syncMode
  throw new PayloadValidationError(
    `How to sync leads is "${syncMode}", but must be upsert, add or update. Choose one of these.`
  )
}

/** Creates or updates the leads of a batch of events, then associates the visitors with them if requested. */
export async function upsertLeads({ client }: Context, events: UpsertEvent[]): Promise<void> {
  // The owners of tokens are looked up before the leads are written, to get their state at the first event.
  const owners = ownersOf(client, events)
  for (const run of runsOf(events)) {
    if (!run.every(hasLookup)) await withSecondLook(run, (attempted) => resolveLeads(client, attempted, owners))
    else {
      await owners
      await writeByField(client, run)
    }
  }
  await associateVisitors(client, events, await owners)
  await mergeDuplicates(
    client,
    events.filter(({ merges, lookup }) => merges && !lookup)
  )
}

/** Splits the events where the lookup field changes, because it is unknown which leads another field changes. */
function runsOf(events: UpsertEvent[]): UpsertEvent[][] {
  const runs: UpsertEvent[][] = []
  for (const event of events) {
    const run = runs[runs.length - 1]
    if (run && run[0].lookup?.field === event.lookup?.field) run.push(event)
    else runs.push([event])
  }
  return runs
}

const hasLookup = (event: UpsertEvent): event is UpsertEvent & FieldEvent => event.lookup !== undefined
