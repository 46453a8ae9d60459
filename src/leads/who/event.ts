import type { JSONLikeObject } from '@segment/actions-core'
import type { PlainValue } from '../../marketo/values/convert'
import type { Outcome, Success } from '../../marketo/transport/outcome'
import type { Identity, Keys } from './keys'

/** Segment's sync modes: leads are created or updated, only created, or only updated. */
export type LeadMode = 'upsert' | 'add' | 'update'

/** How Marketo's sync calls name the modes. */
export const SYNC_ACTIONS = { upsert: 'createOrUpdate', add: 'createOnly', update: 'updateOnly' } as const

export const isLeadMode = (mode: string): mode is LeadMode => Object.keys(SYNC_ACTIONS).includes(mode)

/** An event that needs its lead. */
export interface LeadEvent extends Progress {
  readonly identity: Identity
  /** What the event writes to its lead. Without it, the event changes nothing on an existing lead. */
  readonly record?: JSONLikeObject
  /** Names of the optional fields of the record. If Marketo refuses one, the lead is written without it. */
  readonly optional?: ReadonlySet<string>
  /** Names of the fields of the record that are written only while the lead has no value. */
  readonly onlyIfEmpty?: ReadonlySet<string>
  /** `update` also for an event without a record: its lead must exist. */
  readonly mode: LeadMode
  /** The partition for the lead, if it must be created. */
  readonly partitionName?: string
  /** Whether leads of the same person are merged into the event's lead. */
  readonly merges?: boolean
  /** The lead field whose value links the event's record to its lead; `id` is the lead's own ID. */
  readonly linkedBy?: string
}

/** How far an event is. Only the round loop changes it. */
export interface Progress {
  /** The event's lead in Marketo, once it is found or created. */
  leadId?: number
  /** The lead's value of the linking field in Marketo: see links.ts. */
  linkValue?: PlainValue
  /** How many leads have that value, if it is the key by which the event's lead was found, and several have it. */
  linkShared?: number
  /** The lead's keys right after the event, if they are known. */
  leadKeys?: Keys
  /** Marketo refused the record that the event shared with others, so now it has its own. */
  isAlone?: boolean
  /** The lead was gone once: merged, deleted or created by others between our look-up and our write. */
  isSecondLook?: boolean
  /** The record as Marketo may take it, after it refused the first one, and what was left out. */
  repaired?: Repaired
  /** Marketo's answer to the event's first record, if it may need a second one. */
  taken?: Success
  /** How the event ended. */
  outcome?: Outcome
}

/** A record without values that Marketo refuses, or with values in the types of their fields. */
export interface Repaired {
  readonly record: JSONLikeObject
  /** What was left out, and why, by field. */
  readonly leftOut: ReadonlyMap<string, string>
  readonly isConverted: boolean
}
