import type { RecordEvent } from '../leads/records/plan-records'
import { goesAgain } from '../leads/rounds/refusals'
import { memberFieldTypes } from '../marketo/areas/instance-fields'
import type { MarketoClient } from '../marketo/transport/client'
import { VALUE_REFUSED } from '../marketo/transport/errors'
import { failureOf, isFailure, isRetried } from '../marketo/transport/outcome'
import type { Failure, Outcome } from '../marketo/transport/outcome'
import { converted } from '../marketo/values/convert'
import { plainValues } from '../segment/values'
import type { PlainValue } from '../segment/values'
import type { Payload } from './generated-types'

/** An event that sets a status, and then the fields of the member. */
export interface MemberEvent extends RecordEvent {
  /** Values by API name; null clears a field. */
  memberFields: Readonly<Record<string, PlainValue | null>>
}

/** @throws PayloadValidationError for a value that no field can hold; the message names the field */
export function memberFieldsIn({ memberFields = {} }: Payload): MemberEvent['memberFields'] {
  return Object.fromEntries(plainValues(memberFields, 'Member Fields'))
}

export const hasFields = ({ memberFields }: MemberEvent): boolean => Object.keys(memberFields).length > 0

/** Converts the values of refused records to the types of their fields. @returns whether one changed; a failure if that is unknown for now */
export async function retype(
  client: MarketoClient,
  events: readonly MemberEvent[],
  failure: Failure
): Promise<boolean | Failure> {
  if (!VALUE_REFUSED.includes(`${failure.code}`)) return false
  const types = await memberFieldTypes(client).catch(failureOf)
  if (isFailure(types)) return isRetried(types) && types
  let isChanged = false
  for (const event of events) {
    const entries = Object.entries(event.memberFields).map(([name, value]): [string, PlainValue | null] => [
      name,
      value === null ? null : converted(value, types.get(name)) ?? value
    ])
    if (entries.every(([name, value]) => value === event.memberFields[name])) continue
    event.memberFields = Object.fromEntries(entries)
    isChanged = true
  }
  return isChanged
}

/** How an event ends: with the answers to both of its records. If its fields are refused, it fails, and its status stays. */
export function joined({ taken, outcome }: MemberEvent): Outcome | undefined {
  if (!taken || !outcome || outcome === taken || outcome === goesAgain) return outcome
  if (isFailure(outcome)) {
    return { ...outcome, message: `The status is set, but not the member fields. ${outcome.message}` }
  }
  return {
    status: 200,
    sent: { ...taken.sent, memberFields: outcome.sent },
    body: { ...taken.body, memberFields: outcome.body }
  }
}
