import { LATER, LEAD_EXISTS, LEAD_GONE, LEAD_NOT_FOUND } from '../../marketo/transport/errors'
import type { Failure } from '../../marketo/transport/outcome'
import { keysIn } from '../who/keys'
import type { LeadEvent } from '../who/event'

/** The same as Marketo's 1005. */
export const leadExists: Failure = {
  status: 400,
  code: LEAD_EXISTS,
  message:
    'The lead exists in Marketo, and the mapping only creates leads. Choose a way to sync leads that updates them.'
}

/** Why no lead is created for an event that matches none. Undefined if one is created. */
export function whyNotCreated(event: LeadEvent): Failure | undefined {
  const { mode, linkedBy, identity } = event
  if (mode === 'update') return noLead(event)
  if (linkedBy === undefined || linkedBy === 'id' || Object.keys(keysIn(identity)).includes(linkedBy)) return undefined
  return {
    status: 400,
    message:
      `No lead in Marketo matches, and one created from this event would have no value in the lead field "${linkedBy}", ` +
      'which links the record to it. Map an identifier that fills it, or create the lead first.'
  }
}

/** The same as Marketo's 1004. */
function noLead({ record }: LeadEvent): Failure {
  const remedy = record
    ? 'Choose a way to sync leads that creates them.'
    : 'Create the lead first, or turn on Create Lead.'
  return {
    status: 400,
    code: LEAD_NOT_FOUND,
    message: `No lead in Marketo matches, and the mapping creates none. ${remedy}`
  }
}

/** A lead that existed a moment ago, or that the customer's mapping names. */
export const leadGone: Failure = {
  status: 400,
  code: LEAD_NOT_FOUND,
  message: LEAD_GONE
}

/** The record cannot be linked to its lead. */
export const withoutLink = ({ linkedBy }: LeadEvent): Failure => ({
  status: 400,
  message: `The lead in Marketo has no value in the lead field "${linkedBy}", which links the record to it. Fill it in first, with Upsert Lead for example.`
})

/** If it were written now, the retry of the earlier event would overwrite it. */
export const afterFailed: Failure = {
  status: 503,
  message: `Not sent, because an earlier event about the same lead failed. ${LATER}`
}

/** Marketo has taken the record, but the retry of the earlier event would overwrite it. */
export const goesAgain: Failure = {
  status: 503,
  message: `Sent, but has to be sent again, because an earlier event about the same lead failed. ${LATER}`
}
