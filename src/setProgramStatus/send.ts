import { PayloadValidationError } from '@segment/actions-core'
import { idIn } from '../leads/identity'
import { sendForLeads } from '../leads/send'
import type { RecordEvent } from '../leads/send'
import { CALLS } from '../marketo/calls'
import { leadNeededBy } from '../segment/lead-event'
import type { Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'

interface StatusEvent extends RecordEvent {
  programId: number
  status: string
}

export function readStatus(payload: Payload, context: Context, leaveOut: LeaveOut): StatusEvent {
  const status = payload.status.trim()
  if (status === '') {
    throw new PayloadValidationError("Status is empty. Map one of the statuses of the program's channel.")
  }
  return {
    ...leadNeededBy(payload, context, leaveOut),
    programId: idIn(payload.programId, 'Program ID'),
    status
  }
}

/** Finds or creates the leads of a batch of events, then sets their statuses: one call for each program and status. */
export function setStatuses({ client }: Context, events: StatusEvent[]): Promise<void> {
  return sendForLeads(client, events, {
    target: ({ programId, status }) => ({
      call: CALLS.setProgramStatus,
      id: programId,
      head: { statusName: status }
    }),
    record: ({ leadId }) => ({ leadId: Number(leadId) }),
    thing: ({ programId, status, leadId }) => `${programId} ${leadId} ${status}`,
    // Statuses only move forward, so those of one member are set in the order of the events.
    line: ({ programId, leadId }) => `${programId} ${leadId}`
  })
}
