import type { LeadEvent } from './event'
import type { Keys, LeadKey } from './identity'

/** A lead during the replay of a batch: from Marketo or new, with the keys from the events so far. */
export class Lead {
  /** The piles of the {@link Picture} that contain the lead. */
  piles: string[] = []
  /** The latest change that the batch makes to it. */
  change?: Change
  /** For a new lead: the key that creates it. */
  createdBy?: LeadKey

  /** @param id none while the lead is not in Marketo yet */
  constructor(readonly id: number | undefined, public keys: Keys) {}
}

/** One record for Sync Leads. */
export interface Change {
  readonly lead: Lead
  /** The events whose records become one, with later values over earlier ones. The first one creates a new lead. */
  readonly writers: LeadEvent[]
  /** Events that write nothing, but whose lead this change creates. */
  readonly followers: LeadEvent[]
  /** A record of just one event, after Marketo refused that of several. */
  readonly isApart: boolean
}
