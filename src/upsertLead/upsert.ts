import { PayloadValidationError } from '@segment/actions-core'
import type { JSONLikeObject } from '@segment/actions-core'
import { grouped } from '../leads/grouped'
import { identityOf, sameKey } from '../leads/identity'
import type { Identity } from '../leads/identity'
import { resolveLeads } from '../leads/resolve'
import { associate, findOwners, preferredTokens, settleTokens } from '../leads/web-activity'
import { isLeadMode, lookupTarget, writeLeads, writeOf } from '../leads/write'
import type { LeadMode, LeadWrite } from '../leads/write'
import type { MarketoClient } from '../marketo/client'
import { tokenOfCookie } from '../marketo/munchkin'
import { isFailure } from '../marketo/outcome'
import type { Failure, Outcome } from '../marketo/outcome'
import { readEach } from '../segment/perform'
import type { Context } from '../segment/perform'
import type { Payload } from './generated-types'
import { lookupValue, mergedRecord, recordOf } from './record'

interface LeadEvent {
  identity: Identity
  cookieToken?: string
  record: JSONLikeObject
  partitionName?: string
  /** The field by which the lead is looked up and its value, where the mapping names one. */
  lookup?: { field: string; value: string }
  associates: boolean
}

/** One record for the events at these positions. */
interface Plan {
  members: number[]
  write: LeadWrite | Failure
}

/** Creates or updates the leads of a batch of events, and ties their web activity to them where that is asked for. */
export async function upsertLeads({ client, settings, syncMode }: Context, payloads: Payload[]): Promise<Outcome[]> {
  const mode = modeOf(syncMode)
  const { events, finish } = readEach(payloads, (payload) =>
    readEvent(payload, identityOf(payload, settings.trackAnonymousActivity), client.munchkinId)
  )
  const plans = [...(await planAutomatic(client, mode, events)), ...planByLookup(mode, events)]
  const outcomes = await write(client, plans, events.length)
  await tieWebActivity(client, events, outcomes)
  return finish(outcomes)
}

function modeOf(syncMode = 'upsert'): LeadMode {
  if (isLeadMode(syncMode)) return syncMode
  throw new PayloadValidationError(
    `How to sync leads is "${syncMode}", which is none of upsert, add and update. Choose one of these.`
  )
}

function readEvent(payload: Payload, identity: Identity, munchkinId: string): LeadEvent {
  const record = recordOf(payload, identity)
  const { lookupField: field, partitionName, marketoCookie } = payload
  const explicit = field && field !== 'automatic'
  const cookieToken = tokenOfCookie(marketoCookie, munchkinId)
  return {
    identity,
    record,
    partitionName: partitionName || undefined,
    lookup: explicit ? { field, value: lookupValue(field, record, identity) } : undefined,
    cookieToken,
    associates: payload.associateWebActivity === true || cookieToken !== undefined
  }
}

/** The events whose leads are found by their identifiers: one record for each lead. */
async function planAutomatic(client: MarketoClient, mode: LeadMode, events: LeadEvent[]): Promise<Plan[]> {
  const positions = [...events.keys()].filter((position) => !events[position].lookup)
  const groups = await resolveLeads(
    client,
    positions.map((position) => events[position].identity)
  )
  return groups.map((group) => {
    const members = group.members.map((member) => positions[member])
    return { members, write: writeOf(group, mode, ...together(events, members)) }
  })
}

/** The events with a lookup field of their own: one record for each value of it. Nothing is looked up. */
function planByLookup(mode: LeadMode, events: LeadEvent[]): Plan[] {
  const lookups = events.flatMap(({ lookup }, position) => (lookup ? [{ ...lookup, position }] : []))
  const byValue = grouped(lookups, ({ field, value }) =>
    JSON.stringify([field, field === 'email' ? sameKey('email', value) : value])
  )
  return [...byValue.values()].map((same) => {
    const [{ field, position }] = same
    const members = same.map((lookup) => lookup.position)
    const [record, partitionName] = together(events, members)
    return { members, write: lookupTarget(mode, field, events[position].identity, record, partitionName) }
  })
}

/** One record of the events of one lead, and its partition: later values over earlier ones. */
function together(events: LeadEvent[], members: number[]): [record: JSONLikeObject, partitionName?: string] {
  const partitions = members.map((member) => events[member].partitionName).filter((name) => name)
  return [mergedRecord(members.map((member) => events[member].record)), partitions[partitions.length - 1]]
}

async function write(client: MarketoClient, plans: Plan[], events: number): Promise<Outcome[]> {
  const outcomes = new Array<Outcome>(events)
  const settle = ({ members }: Plan, outcome: Outcome) => members.forEach((member) => (outcomes[member] = outcome))

  const writable = plans.filter((plan): plan is Plan & { write: LeadWrite } => !isFailure(plan.write))
  for (const plan of plans) if (isFailure(plan.write)) settle(plan, plan.write)
  const written = await writeLeads(
    client,
    writable.map((plan) => plan.write)
  )
  writable.forEach((plan, i) => settle(plan, written[i]))
  return outcomes
}

/** Shows in the outcomes what became of the visitors' tokens; a failure of that changes no outcome. */
async function tieWebActivity(client: MarketoClient, events: LeadEvent[], outcomes: Outcome[]): Promise<void> {
  const positions = [...events.keys()].filter((i) => events[i].associates && !isFailure(outcomes[i]))
  const visitors = positions.map((position) => {
    const { identity, cookieToken } = events[position]
    const leadId = Number((outcomes[position] as { body: JSONLikeObject }).body.id)
    // A given cookie is always tied, whoever owns it: no identity from which another token could be made.
    return { leadId, cookieToken, identity: cookieToken ? {} : identity }
  })
  const owners = await findOwners(client, preferredTokens(client.munchkinId, visitors))
  const tokens = await settleTokens(client, visitors, owners)
  const pairs = visitors.map(({ leadId }, i) => ({ leadId, token: tokens[i] }))
  const webActivity = await associate(client, pairs, owners)
  positions.forEach((position, i) => {
    const outcome = outcomes[position]
    outcomes[position] = { ...outcome, body: { ...outcome.body, webActivity: webActivity[i] } }
  })
}
