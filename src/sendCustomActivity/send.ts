import { sendForLeads } from '../leads/send'
import type { RecordEvent } from '../leads/send'
import type { CustomActivity } from '../marketo/activities'
import { CALLS } from '../marketo/all-calls'
import type { MarketoClient } from '../marketo/client'
import { converted } from '../marketo/convert'
import { VALUE_REFUSED } from '../marketo/errors'
import { attributeTypes } from '../marketo/instance-fields'
import { isFailure } from '../marketo/outcome'
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

/** Finds or creates the leads of a batch of events, then records all activities together. */
export function sendActivities({ client }: Context, events: ActivityEvent[]): Promise<void> {
  return sendForLeads(client, events, {
    target: () => ({ call: CALLS.addActivities }),
    record: ({ activity, leadId }) => ({ leadId: Number(leadId), ...activity }),
    mend: (sent) => retyped(client, sent)
  })
}

/** The events whose activity Marketo refused because of an attribute's type, with converted values. */
async function retyped(client: MarketoClient, events: ActivityEvent[]): Promise<ActivityEvent[]> {
  const changed: ActivityEvent[] = []
  for (const event of events) {
    if (!isFailure(event.outcome) || !VALUE_REFUSED.includes(`${event.outcome.code}`)) continue
    const { activity } = event
    const types = await attributeTypes(client, activity.activityTypeId).catch(() => undefined)
    const attributes = activity.attributes.map(({ apiName, value }) => ({
      apiName,
      value: converted(value, types?.get(apiName)) ?? value
    }))
    if (attributes.every(({ value }, i) => value === activity.attributes[i].value)) continue
    event.activity = { ...activity, attributes }
    changed.push(event)
  }
  return changed
}
