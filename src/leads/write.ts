import type { JSONLikeObject } from '@segment/actions-core'
import type { MarketoClient } from '../marketo/client'
import { syncLeads } from '../marketo/leads'
import type { SyncAction, SyncTarget } from '../marketo/leads'
import { isFailure } from '../marketo/outcome'
import type { Failure, Outcome } from '../marketo/outcome'
import { grouped } from './grouped'
import type { Identity, LeadKey } from './identity'
import type { LeadGroup } from './lead-group'

/** What may become of a lead: created or updated, only created, only updated. Segment's sync modes. */
export type LeadMode = 'upsert' | 'add' | 'update'

export const isLeadMode = (mode: string): mode is LeadMode => ['upsert', 'add', 'update'].includes(mode)

/** A record for Sync Leads, with what decides which call it goes into. */
export interface LeadWrite {
  target: SyncTarget
  record: JSONLikeObject
}

/** The fields that hold a lead's keys in Marketo. */
export function keyFields({ email, userId, anonymousId }: Identity): JSONLikeObject {
  return {
    ...(email !== undefined && { email }),
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId })
  }
}

/**
 * Writes records with as few Sync Leads calls as can be: one for each action, lookup field and partition.
 * @returns the outcome of each record, in order
 */
export async function writeLeads(client: MarketoClient, writes: LeadWrite[]): Promise<Outcome[]> {
  const outcomes = new Array<Outcome>(writes.length)
  const calls = grouped(writes.keys(), (i) => {
    const { action, lookupField, partitionName } = writes[i].target
    return JSON.stringify([action, lookupField, partitionName])
  })
  for (const indices of calls.values()) {
    const { target } = writes[indices[0]]
    const written = await syncLeads(
      client,
      target,
      indices.map((i) => writes[i].record)
    )
    indices.forEach((i, n) => (outcomes[i] = written[n]))
  }
  return outcomes
}

/**
 * How a group's lead is written: by its ID where it was found, else created.
 * @returns the write, or a failure where the mode forbids it: what Marketo would say with 1005 and 1004
 */
export function writeOf(
  { leadId, failure, identity }: Pick<LeadGroup, 'leadId' | 'failure' | 'identity'>,
  mode: LeadMode,
  record: JSONLikeObject,
  partitionName?: string
): LeadWrite | Failure {
  if (failure) return { ...failure, sent: record }
  if (leadId !== undefined) {
    if (mode === 'add') return { ...LEAD_EXISTS, sent: record }
    return { target: targetOf('updateOnly', 'id'), record: { id: leadId, ...record } }
  }
  if (mode === 'update') return { ...noLead('Choose a way to sync leads that creates them.'), sent: record }
  return {
    target: targetOf(mode === 'add' ? 'createOnly' : 'createOrUpdate', createKey(identity), partitionName),
    record
  }
}

/**
 * How a lead is written that is looked up by a field of the customer's choice, by Sync Leads itself.
 * @returns the write, or a failure: an ID can only be updated, as Marketo gives them out itself
 */
export function lookupTarget(
  mode: LeadMode,
  lookupField: string,
  identity: Identity,
  record: JSONLikeObject,
  partitionName?: string
): LeadWrite | Failure {
  if (lookupField === 'id') return writeOf({ leadId: identity.leadId, identity }, mode, record)
  const action = { upsert: 'createOrUpdate', add: 'createOnly', update: 'updateOnly' } as const
  return { target: targetOf(action[mode], lookupField, partitionName), record }
}

/** Only the two creating actions take a partition. */
function targetOf(action: SyncAction, lookupField: string, partitionName?: string): SyncTarget {
  return { action, lookupField, ...(partitionName && action !== 'updateOnly' && { partitionName }) }
}

/**
 * The key that a new lead is created with: one that events of the person most often have, so that another process, which
 * creates the same lead right now from another event, meets it. An Identify event has user ID and email, but the Track
 * event beside it mostly just the user ID.
 */
const CREATE_KEYS: readonly LeadKey[] = ['userId', 'email', 'anonymousId']

function createKey(identity: Identity): LeadKey {
  // There is one: who has none of these keys has a lead ID, and no lead is created for them.
  return CREATE_KEYS.find((key) => identity[key] !== undefined) as LeadKey
}

/** Whether the lead of a group may be created, and in which partition. */
export interface Creation {
  mayCreate: boolean
  partitionName?: string
}

/**
 * Creates the leads of groups that Marketo has none for, with no more than their keys. Each group has its `leadId` or its
 * `failure` then.
 */
export async function createLeads(
  client: MarketoClient,
  groups: LeadGroup[],
  creationOf: (group: LeadGroup) => Creation
): Promise<void> {
  const created: LeadGroup[] = []
  const writes: LeadWrite[] = []
  for (const group of groups.filter((candidate) => candidate.isOpen())) {
    const { mayCreate, partitionName } = creationOf(group)
    if (!mayCreate) {
      group.failure = noLead('Turn on Create Lead.')
      continue
    }
    created.push(group)
    const target = targetOf('createOrUpdate', createKey(group.identity), partitionName)
    writes.push({ target, record: keyFields(group.identity) })
  }
  const outcomes = await writeLeads(client, writes)
  created.forEach((group, i) => {
    const outcome = outcomes[i]
    if (isFailure(outcome)) group.failure = outcome
    else group.leadId = Number(outcome.body.id)
  })
}

const LEAD_EXISTS: Failure = {
  status: 400,
  code: '1005',
  message:
    'The lead exists in Marketo, and the mapping only creates leads. Choose a way to sync leads that updates them.'
}

const noLead = (remedy: string): Failure => ({
  status: 400,
  code: '1004',
  message: `No lead in Marketo matches, and the mapping creates none. ${remedy}`
})
