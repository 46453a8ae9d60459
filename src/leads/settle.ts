import { LEAD_EXISTS, LEAD_NOT_FOUND, SEVERAL_LEADS } from '../marketo/errors'
import { isFailure } from '../marketo/outcome'
import type { Failure, Outcome } from '../marketo/outcome'
import type { LeadEvent } from './event'
import { leadExists } from './refusals'

interface Written {
  writers: LeadEvent[]
  followers: LeadEvent[]
}

interface Settled {
  /** The lead that was written. */
  leadId?: number
  /** The events that are to be handled again, each by a record of its own: one of them may be all that Marketo refused. */
  apart: LeadEvent[]
  /** The events that are to be handled again, as the lead that they relied on was not created. */
  again: LeadEvent[]
  /** The events whose lead is gone or has a rival. */
  lost: LeadEvent[]
  /** Whether the write failed, but may not fail later. */
  isForNow: boolean
}

/** Gives the events of a change what became of it, and tells which of them are not done with that. */
export function settle(change: Written, outcome: Outcome): Settled {
  const { writers, followers } = change
  const settled: Settled = { apart: [], again: [], lost: [], isForNow: false }
  if (!isFailure(outcome)) {
    settled.leadId = leadIdIn(outcome.body.id)
    for (const event of writers) finish(event, outcome, settled.leadId)
    for (const event of followers) finish(event, leadExists, settled.leadId)
    return settled
  }
  settled.lost = [...writers, ...followers].filter((event) => isLost(event, outcome))
  if (settled.lost.length > 0 || !isForGood(outcome)) {
    for (const event of [...writers, ...followers]) event.outcome = outcome
    settled.isForNow = settled.lost.length === 0
  } else if (writers.length > 1) {
    settled.apart = writers
    settled.again = followers
  } else {
    writers[0].outcome = outcome
    settled.again = followers
  }
  return settled
}

/** An event without a record only needed the lead, and has no outcome yet. */
function finish(event: LeadEvent, outcome: Outcome, leadId: number | undefined): void {
  event.leadId = leadId
  if (event.record) event.outcome = outcome
  else if (leadId === undefined) event.outcome = WITHOUT_ID
}

function leadIdIn(id: unknown): number | undefined {
  const leadId = Number(id)
  return Number.isSafeInteger(leadId) && leadId > 0 ? leadId : undefined
}

/** Marketo would refuse the record again. What the whole call is refused for (401, 403) is not the record's fault. */
export const isForGood = ({ status }: Failure): boolean => status === 400 || status === 413

/**
 * Whether an event's lead was found here, but is gone or has a rival at the moment of writing: somebody else merged,
 * deleted or created leads in between. What the customer mapped, an ID or a lookup field, is final.
 */
function isLost({ identity }: LeadEvent, outcome: Outcome | undefined): boolean {
  return identity.leadId === undefined && isFailure(outcome) && LOST_CODES.includes(`${outcome.code}`)
}

const LOST_CODES = [LEAD_NOT_FOUND, LEAD_EXISTS, SEVERAL_LEADS]

/**
 * The same for a record about a lead: its lead is gone. The other codes are about the record itself: for a custom object, 1005
 * says that the object exists.
 */
export function isLeadGone({ identity }: LeadEvent, outcome: Outcome | undefined): boolean {
  return identity.leadId === undefined && isFailure(outcome) && outcome.code === LEAD_NOT_FOUND
}

const WITHOUT_ID: Failure = {
  status: 500,
  message: 'Sync Leads: Marketo created the lead, but its answer names no ID. Segment retries the event.'
}
