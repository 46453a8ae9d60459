import { LEAD_EXISTS, LEAD_NOT_FOUND, SEVERAL_LEADS } from '../marketo/errors'
import { leadIdIn } from '../marketo/leads'
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
  /** The events to handle again, each with its own record, because Marketo may have refused only one of them. */
  apart: LeadEvent[]
  /** The events to handle again, because the lead that they relied on was not created. */
  again: LeadEvent[]
  /** The events whose lead is gone or has a rival. */
  lost: LeadEvent[]
  /** Whether the write failed, but may succeed later. */
  isRetried: boolean
}

/** Gives the events of a change their outcome, and returns those that are not done yet. */
export function settle(change: Written, outcome: Outcome): Settled {
  const { writers, followers } = change
  const settled: Settled = { apart: [], again: [], lost: [], isRetried: false }
  if (!isFailure(outcome)) {
    settled.leadId = leadIdIn(outcome.body.id)
    for (const event of writers) finish(event, outcome, settled.leadId)
    for (const event of followers) finish(event, leadExists, settled.leadId)
    return settled
  }
  settled.lost = [...writers, ...followers].filter((event) => isLost(event, outcome))
  if (settled.lost.length > 0 || !isPermanent(outcome)) {
    for (const event of [...writers, ...followers]) event.outcome = outcome
    settled.isRetried = settled.lost.length === 0
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

/** Whether Marketo would refuse the record again. If it refuses the whole call (401, 403), that is not the record's fault. */
export const isPermanent = ({ status }: Failure): boolean => status === 400 || status === 413

/**
 * Whether an event's lead was found here, but disappeared or got a rival before the write, because others merged,
 * deleted or created leads. An ID or a lookup field that the customer mapped is final.
 */
function isLost({ identity }: LeadEvent, outcome: Outcome | undefined): boolean {
  return identity.leadId === undefined && isFailure(outcome) && LOST_CODES.includes(`${outcome.code}`)
}

const LOST_CODES = [LEAD_NOT_FOUND, LEAD_EXISTS, SEVERAL_LEADS]

/**
 * The same for a record about a lead: its lead is gone. The other codes are about the record itself. For a custom object,
 * 1005 means that the object exists.
 */
export function isLeadGone({ identity }: LeadEvent, outcome: Outcome | undefined): boolean {
  return identity.leadId === undefined && isFailure(outcome) && outcome.code === LEAD_NOT_FOUND
}

const WITHOUT_ID: Failure = {
  status: 500,
  message: 'Sync Leads: Marketo created the lead, but its answer has no ID. Segment retries the event.'
}
