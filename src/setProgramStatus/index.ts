import { PayloadValidationError } from '@segment/actions-core'
import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { idIn } from '../segment/identity'
import { sendForLeads } from '../leads/records/send'
import { CALLS } from '../marketo/calls/all-calls'
import { batchFields, CHARGED, createLeadFields, identityFields } from '../segment/fields'
import { leadNeededBy } from '../segment/lead-event'
import { performs } from '../segment/perform'
import type { Context } from '../segment/perform'
import { programChoices } from '../segment/program-choices'
import type { LeaveOut } from '../segment/values'
import { memberFieldChoices, statusChoices } from './choices'
import type { Payload } from './generated-types'
import { hasFields, joined, memberFieldsIn, retype } from './member-fields'
import type { MemberEvent } from './member-fields'

interface StatusEvent extends MemberEvent {
  programId: number
  status: string
}

function readStatus(payload: Payload, context: Context, leaveOut: LeaveOut): StatusEvent {
  const status = payload.status.trim()
  if (status === '') {
    throw new PayloadValidationError("Status is empty. Map one of the statuses of the program's channel.")
  }
  return {
    ...leadNeededBy(payload, context, leaveOut),
    programId: idIn(payload.programId, 'Program ID'),
    status,
    memberFields: memberFieldsIn(payload)
  }
}

/**
 * Finds or creates the leads of a batch of events, then sets their statuses: one call for each program and status. Then it writes the
 * members' fields, one call for each program: Marketo takes fields only of people who are in the program.
 */
async function setStatuses({ client }: Context, events: StatusEvent[]): Promise<void> {
  await sendForLeads(client, events, {
    target: ({ programId, status, taken }) =>
      taken
        ? { call: CALLS.syncProgramMembers, id: programId }
        : { call: CALLS.setProgramStatus, id: programId, head: { statusName: status } },
    record: ({ leadId, memberFields, taken }) => (taken ? { ...memberFields, leadId } : { leadId }),
    // Events with the same key share a record. (See Records in leads/records/plan-records.ts for other ways.)
    recordKey: ({ programId, status, leadId, taken }) => `${programId} ${leadId} ${taken ? '' : status}`,
    whichCounts: 'merged',
    // Records with the same key go in the order of their events: the statuses of a member only move forward.
    queueKey: ({ programId, leadId }) => `${programId} ${leadId}`,
    needsSecond: hasFields,
    repair: async (refused, failure) => refused[0].taken !== undefined && retype(client, refused, failure)
  })
  for (const event of events) event.outcome = joined(event)
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Set Program Status',
  description: "Set a lead's status in a Marketo program. A lead that isn't in the program yet becomes a member.",
  defaultSubscription: 'type = "track"',
  fields: {
    programId: {
      label: 'Program ID',
      description:
        'The program. Choose one of those offered, or copy its ID: the number after the letters in the address of its page in Marketo, for example 1107 in `#PG1107A1`.',
      type: 'integer',
      required: true,
      dynamic: true
    },
    status: {
      label: 'Status',
      description:
        "The lead's new status in the program: one of those of the program's channel (**Admin** > **Tags** > **Channel**). A status only goes forward: an event with an earlier one changes nothing.",
      type: 'string',
      required: true,
      dynamic: true
    },
    memberFields: {
      label: 'Member Fields',
      description:
        'Fields of the program member: the API name (**Admin** > **Field Management** > **Program Member Custom Fields**), and the value. Null clears a field. They cost one more API call for each batch.',
      type: 'object',
      defaultObjectUI: 'keyvalue',
      additionalProperties: true,
      dynamic: true
    },
    ...identityFields,
    ...createLeadFields(CHARGED),
    ...batchFields
  },
  dynamicFields: {
    programId: programChoices,
    status: statusChoices,
    memberFields: { __keys__: memberFieldChoices }
  },
  ...performs({ read: readStatus, handle: setStatuses })
}

export default action
