import type { LeadEvent } from '../leads/who/event'
import { identityOf } from './identity'
import type { Identity } from '../leads/who/keys'
import type { Context } from './perform'
import type { LeaveOut } from './values'

/** The fields that say which lead an event is about, and whether and where to create one. */
interface LeadFields extends Identity {
  createLead?: boolean
  partitionName?: string
}

/**
 * The lead that a payload needs, in an action that writes nothing to it.
 * @param leaveOut receives identifiers that Marketo would refuse
 * @param needsUser whether an email is not enough while anonymous tracking is off. An audience has people with only an email
 * @throws PayloadValidationError if no usable identifier says which lead it is
 */
export function leadNeededBy(
  payload: LeadFields,
  { settings }: Context,
  leaveOut: LeaveOut,
  needsUser = false
): Pick<LeadEvent, 'identity' | 'mode' | 'partitionName'> {
  return {
    identity: identityOf(payload, settings, leaveOut, needsUser),
    mode: payload.createLead === false ? 'update' : 'upsert',
    partitionName: payload.partitionName || undefined
  }
}
