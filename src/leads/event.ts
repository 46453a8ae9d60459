import type { JSONLikeObject } from '@segment/actions-core'
import type { PlainValue } from '../marketo/convert'
import type { Outcome } from '../marketo/outcome'
import type { Identity, Keys } from './identity'

/** What may become of a lead: created or updated, only created, only updated. Segment's sync modes. */
export type LeadMode = 'upsert' | 'add' | 'update'

export const isLeadMode = (mode: string): mode is LeadMode => ['upsert', 'add', 'update'].includes(mode)

/** An event that needs its lead, and the places for what becomes of it. */
export interface LeadEvent {
  readonly identity: Identity
  /** What the event writes to its lead. An event without it changes nothing on a lead that is there already. */
  readonly record?: JSONLikeObject
  /** Names of the fields that the record can do without: Marketo's refusal of one of them does not cost the lead. */
  readonly dispensable?: ReadonlySet<string>
  /** `update` also for an event without a record: its lead must exist. */
  readonly mode: LeadMode
  /** Where its lead is created, if it has to be. */
  readonly partitionName?: string
  /** The lead field whose value links the event's record to its lead; `id` is the lead's own ID. */
  readonly linkedBy?: string
  /** The event's lead in Marketo, once it is found or created. */
  leadId?: number
  /** The lead's value of the field that links, as Marketo has it; see links.ts. */
  linkValue?: PlainValue
  /** The lead's keys right after the event, if they are known. */
  leadKeys?: Keys
  /** How the event ended; stays empty for an event without a record whose lead is there. */
  outcome?: Outcome
}

/** The keys that an identity gives to its lead: Marketo's fields of these names hold them. */
export function keysIn({ email, userId, anonymousId }: Keys): Keys & JSONLikeObject {
  const keys: Keys & JSONLikeObject = {}
  if (email !== undefined) keys.email = email
  if (userId !== undefined) keys.userId = userId
  if (anonymousId !== undefined) keys.anonymousId = anonymousId
  return keys
}

/** Whether somebody is known by a name: an email or a user ID. */
export const isNamed = ({ email, userId }: Keys): boolean => email !== undefined || userId !== undefined
