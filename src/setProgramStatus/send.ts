import { PayloadValidationError } from '@segment/actions-core'
import { identityOf } from '../leads/identity'
import { sendForLeads } from '../leads/send'
import type { RecordEvent } from '../leads/send'
import { CALLS } from '../marketo/calls'
import type { Context } from '../segment/perform'
import { idIn } from '../segment/values'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'

interface StatusEvent extends RecordEvent {
  programId: number
  status: string
}

export function readStatus(payload: Payload, { settings }: Context, leaveOut: LeaveOut): StatusEvent {
  const status = payload.status.trim()
  if (status === '') {
    throw new PayloadValidationError("Status is empty. Map one of the statuses of the program's channel.")
  }
  return {
    identity: identityOf(payload, settings.trackAnonymousActivity, leaveOut),
    programId: idIn(payload.programId, 'Program ID'),
    status,
    mode: payload.createLead === false ? 'update' : 'upsert',
    partitionName: payload.partitionName || undefined
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
    // Statuses only go forward: those of one member are set in the order of the events.
    line: ({ programId, leadId }) => `${programId} ${leadId}`
  })
}
