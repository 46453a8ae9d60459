import { PayloadValidationError } from '@segment/actions-core'
import { writeByField } from '../leads/rounds/by-field'
import { writeByKey } from '../leads/rounds/by-key'
import { afterFailed } from '../leads/rounds/refusals'
import type { FieldEvent } from '../leads/rounds/by-field'
import { isLeadMode } from '../leads/who/event'
import type { LeadMode } from '../leads/who/event'
import { identityOf } from '../segment/identity'
import { cookieToken } from '../segment/cookie'
import { isRetried } from '../marketo/transport/outcome'
import { isOn } from '../segment/features'
import type { Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'
import { onlyIfEmpty, withoutFalse } from './field-rules'
import { optionalFields, lookupValue, leadRecord } from './record'
import { associateVisitors, ownersOf } from './web-activity'
import type { VisitingEvent } from './web-activity'

interface UpsertEvent extends VisitingEvent {
  /** The lookup field and its value, if the mapping names one. */
  lookup?: { field: string; value: string }
}

export function readLead(
  payload: Payload,
  { client, settings, syncMode, features }: Context,
  leaveOut: LeaveOut
): UpsertEvent {
  const identity = identityOf(payload, settings, leaveOut)
  const record = withoutFalse(leadRecord(payload, identity, leaveOut), payload, leaveOut)
  const { lookupField: field, partitionName, marketoCookie } = payload
  const token = marketoCookie ? cookieToken(marketoCookie, client.munchkinId, leaveOut) : undefined
  const lookup = field && field !== 'automatic' ? { field, value: lookupValue(field, record, identity) } : undefined
  return {
    identity,
    record,
    optional: optionalFields(payload),
    onlyIfEmpty: onlyIfEmpty(record, payload),
    mode: modeOf(syncMode),
    partitionName: partitionName || undefined,
    lookup,
    cookieToken: token,
    associates: payload.associateWebActivity === true || token !== undefined,
    merges: payload.mergeDuplicates === true && !lookup && isOn('merging', features)
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
  const associating = events.filter(({ associates }) => associates)
  const owners = associating.length > 0 ? ownersOf(client, events) : undefined
  for (const run of runsOf(events)) {
    // Unlike in a run, it is unknown whether a later event is about the same lead.
    if (events.map(({ outcome }) => outcome).some(isRetried)) for (const event of run) event.outcome = afterFailed
    else if (!run.every(hasLookup)) {
      const current = await writeByKey(client, run, owners)
      for (const event of associating) event.leadNow = event.leadId && current(event.leadNow ?? event.leadId)
    } else {
      await owners
      await writeByField(client, run)
    }
  }
  const found = await owners
  if (found) await associateVisitors(client, events, found)
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
