import { PayloadValidationError } from '@segment/actions-core'
import type { AudienceMembership } from '@segment/actions-core'
import { sendForLeads } from '../leads/records/send'
import type { RecordEvent } from '../leads/records/plan-records'
import { CALLS } from '../marketo/calls/all-calls'
import { leadNeededBy } from '../segment/lead-event'
import type { Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'
import { parseListId, problemWithListId } from './list-id'
import { isAdded } from './membership'
import { savedList } from './saved-list'

interface ListEvent extends RecordEvent {
  listId: number
}

export function readMember(
  payload: Payload,
  context: Context,
  leaveOut: LeaveOut,
  isMember: AudienceMembership
): ListEvent {
  const isRemoval = !isAdded(payload, isMember)
  return {
    ...leadNeededBy(isRemoval ? { ...payload, createLead: false } : payload, context, leaveOut),
    // The list that the mapping is connected to wins.
    listId: listIdIn(savedList(context.hookOutputs).id || payload.listId),
    isRemoval
  }
}

/** Adds people to lists and removes them. For one person and one list, the last event counts. */
export function syncMembers({ client }: Context, events: ListEvent[]): Promise<void> {
  return sendForLeads(client, events, {
    target: ({ isRemoval, listId }) => ({ call: isRemoval ? CALLS.removeFromList : CALLS.addToList, id: listId }),
    record: ({ leadId }) => ({ id: leadId }),
    recordKey: ({ listId, leadId }) => `${listId} ${leadId}`,
    whichCounts: 'last'
  })
}

function listIdIn(given: unknown): number {
  const id = parseListId(given)
  if (id === undefined) throw new PayloadValidationError(problemWithListId(given))
  return id
}
