import type { ObjectType } from '../../sandbox/state/custom-object-types'
import type { Marketo } from '../../sandbox/state/marketo'
import type { Doubts } from './doubts'
import type { KnownLeads } from './known-leads'
import type { LeadFields } from './lead-fields'
import type { Memberships } from './memberships'
import type { Partitions } from './partitions'
import type { Setup } from './setup'

/** What is known of a Marketo, and what reads more of it. */
export interface Parts {
  readonly marketo: Marketo
  readonly doubts: Doubts
  readonly fields: LeadFields
  readonly partitions: Partitions
  readonly leads: KnownLeads
  readonly setup: Setup
  readonly memberships: Memberships
  /** So many leads have the value that Marketo does not show them, and refuses a write by it: several match. */
  crowd(field: string, value: string): void
  objectType(name: string): ObjectType | undefined
}
