import { sendForLeads } from '../leads/records/send'
import type { RecordEvent } from '../leads/records/plan-records'
import type { CustomActivity } from '../marketo/areas/activities'
import { CALLS } from '../marketo/calls/all-calls'
import type { MarketoClient } from '../marketo/transport/client'
import { converted } from '../marketo/values/convert'
import { VALUE_REFUSED } from '../marketo/transport/errors'
import { attributeTypes } from '../marketo/areas/instance-fields'
import { failureOf, isFailure, isRetried } from '../marketo/transport/outcome'
import type { Failure } from '../marketo/transport/outcome'
import { leadNeededBy } from '../segment/lead-event'
import type { Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import { activityOf } from './activity'
import type { Payload } from './generated-types'

interface ActivityEvent extends RecordEvent {
  activity: Omit<CustomActivity, 'leadId'>
}

export function readActivity(payload: Payload, context: Context, leaveOut: LeaveOut): ActivityEvent {
  return {
    ...leadNeededBy(payload, context, leaveOut, true),
    activity: activityOf(payload)
  }
}

/** Finds or creates the leads of a batch of events, then records all activities together. Their dates give them their order. */
export function sendActivities({ client }: Context, events: ActivityEvent[]): Promise<void> {
  return sendForLeads(client, events, {
    target: () => ({ call: CALLS.addActivities }),
    record: ({ activity, leadId }) => ({ leadId: Number(leadId), ...activity }),
    repair: (refused, failure) => retype(client, refused, failure)
  })
}

/** Converts the attributes of refused activities to their types. @returns whether one changed; a failure if the types cannot be looked up for now */
async function retype(
  client: MarketoClient,
  events: readonly ActivityEvent[],
  failure: Failure
): Promise<boolean | Failure> {
  if (!VALUE_REFUSED.includes(`${failure.code}`)) return false
  let isChanged = false
  for (const event of events) {
    const { activity } = event
    const types = await attributeTypes(client, activity.activityTypeId).catch(failureOf)
    if (isFailure(types)) return isRetried(types) && types
    const attributes = activity.attributes.map(({ apiName, value }) => ({
      apiName,
      value: converted(value, types?.get(apiName)) ?? value
    }))
    if (attributes.every(({ value }, i) => value === activity.attributes[i].value)) continue
    event.activity = { ...activity, attributes }
    isChanged = true
  }
  return isChanged
}
