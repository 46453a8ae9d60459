import type { RecordEvent } from '../leads/records/plan-records'
import { sendForLeads } from '../leads/records/send'
import { afterFailed } from '../leads/rounds/refusals'
import { memberFieldTypes } from '../marketo/areas/instance-fields'
import { CALLS } from '../marketo/calls/all-calls'
import type { MarketoClient } from '../marketo/transport/client'
import { LATER, LEAD_NOT_FOUND, VALUE_REFUSED } from '../marketo/transport/errors'
import { failureOf, isFailure, isRetried } from '../marketo/transport/outcome'
import type { Failure, Outcome, Success } from '../marketo/transport/outcome'
import { converted } from '../marketo/values/convert'
import { plainValues } from '../segment/values'
import type { PlainValue } from '../segment/values'
import type { Payload } from './generated-types'

/** Values by API name; null clears a field. */
export type MemberValues = Readonly<Record<string, PlainValue | null>>

/** An event whose status is written, or was refused. */
interface StatusEvent extends RecordEvent {
  programId: number
  memberFields: MemberValues
}

/** The fields of an event whose status is written. */
interface MemberEvent extends RecordEvent {
  readonly ofStatus: StatusEvent
  readonly statusOutcome: Success
  readonly leadId: number
  values: MemberValues
}

/** @throws PayloadValidationError for a value that no field can hold; the message names the field */
export function memberValuesIn({ memberFields = {} }: Payload): MemberValues {
  return Object.fromEntries(plainValues(memberFields, 'Member Fields'))
}

const keyOf = ({ programId, leadId }: StatusEvent): string => `${programId} ${leadId}`

/**
 * Writes the fields of members, once their statuses are written: Marketo takes fields only of people who are in the program. Of one
 * member's events, later values go over earlier ones. If an event's fields are refused, it fails, and its status stays.
 */
export async function writeMemberFields(client: MarketoClient, events: readonly StatusEvent[]): Promise<void> {
  const members = events.flatMap(memberEventOf)
  await sendForLeads(client, members, {
    target: ({ ofStatus }) => ({ call: CALLS.syncProgramMembers, id: ofStatus.programId }),
    record: ({ leadId, values }) => ({ ...values, leadId }),
    recordKey: ({ ofStatus }) => keyOf(ofStatus),
    whichCounts: 'merged',
    repair: (refused, failure) => retype(client, refused, failure)
  })
  for (const member of members) member.ofStatus.outcome = joined(member)
  holdBack(events)
}

function memberEventOf(ofStatus: StatusEvent): MemberEvent[] {
  const { outcome, leadId, memberFields } = ofStatus
  if (!outcome || isFailure(outcome) || leadId === undefined || Object.keys(memberFields).length === 0) return []
  return [{ ofStatus, statusOutcome: outcome, leadId, identity: { leadId }, mode: 'update', values: memberFields }]
}

/** Converts the values of refused records to the types of their fields. @returns whether one changed; a failure if that is unknown for now */
async function retype(
  client: MarketoClient,
  events: readonly MemberEvent[],
  failure: Failure
): Promise<boolean | Failure> {
  if (!VALUE_REFUSED.includes(`${failure.code}`)) return false
  const types = await memberFieldTypes(client).catch(failureOf)
  if (isFailure(types)) return isRetried(types) && types
  let isChanged = false
  for (const event of events) {
    const entries = Object.entries(event.values).map(([name, value]): [string, PlainValue | null] => [
      name,
      value === null ? null : converted(value, types.get(name)) ?? value
    ])
    if (entries.every(([name, value]) => value === event.values[name])) continue
    event.values = Object.fromEntries(entries)
    isChanged = true
  }
  return isChanged
}

/** How an event ends whose status is written, once its fields are written or refused. */
function joined({ ofStatus, statusOutcome, outcome: ofFields }: MemberEvent): Outcome {
  if (!isFailure(ofFields)) {
    return {
      status: 200,
      sent: { ...statusOutcome.sent, memberFields: ofFields?.sent },
      body: { ...statusOutcome.body, memberFields: ofFields?.body }
    }
  }
  // The lead was there a moment ago: the next time, it is looked up again.
  const isLost = ofFields.code === LEAD_NOT_FOUND && ofStatus.identity.leadId === undefined
  const message = `The status is set, but not the member fields. ${ofFields.message}`
  return isLost ? { ...ofFields, status: 503, message: `${message} ${LATER}` } : { ...ofFields, message }
}

/** If an event will be retried, its status is set once more. So later events of its member go once more behind it. */
function holdBack(events: readonly StatusEvent[]): void {
  const retried = new Set<string>()
  for (const event of events) {
    const key = keyOf(event)
    if (isFailure(event.outcome)) {
      if (isRetried(event.outcome)) retried.add(key)
    } else if (retried.has(key)) event.outcome = afterFailed
  }
}
