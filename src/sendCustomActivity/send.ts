import { sendForLeads } from '../leads/records/send'
import type { RecordEvent } from '../leads/records/plan-records'
import { CALLS } from '../marketo/calls/all-calls'
import type { MarketoClient } from '../marketo/transport/client'
import { converted } from '../marketo/values/convert'
import { VALUE_REFUSED } from '../marketo/transport/errors'
import { attributeTypes } from '../marketo/areas/instance-fields'
import { failureOf, isFailure, isRetried } from '../marketo/transport/outcome'
import type { Failure } from '../marketo/transport/outcome'
import { rejectionOf } from '../segment/errors'
import { leadNeededBy } from '../segment/lead-event'
import type { Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import { activityOf, checkJsonTexts } from './activity'
import type { ReadActivity } from './activity'
import type { Payload } from './generated-types'
import { savedTypeId } from './hook'
import { activityKey, EXISTS, RecordedActivities } from './recorded'

interface ActivityEvent extends RecordEvent, ReadActivity {}

export function readActivity(payload: Payload, context: Context, leaveOut: LeaveOut): ActivityEvent {
  return {
    ...leadNeededBy(payload, context, leaveOut, true),
    ...activityOf(payload, savedTypeId(context.hookOutputs))
  }
}

/** Finds or creates the leads of a batch of events, then records all activities together. Their dates give them their order. */
export async function sendActivities({ client }: Context, events: ActivityEvent[]): Promise<void> {
  for (const event of events) {
    if (event.jsonTexts.length > 0) event.outcome = await problemWithJson(client, event)
  }
  // One that is to be retried holds back the later ones of its lead.
  const due = events.filter(({ outcome }) => !isFailure(outcome) || isRetried(outcome))
  const once = due.filter(({ isOnce }) => isOnce)
  const log = new RecordedActivities(client, once)
  await sendForLeads(client, due, {
    target: () => ({ call: CALLS.addActivities }),
    record: ({ activity, leadId }) => ({ leadId, ...activity }),
    recordKey: ({ activity, leadId, isOnce }) =>
      isOnce && leadId !== undefined ? activityKey({ leadId, ...activity }) : undefined,
    whichCounts: 'first',
    onlyFirst: EXISTS,
    alreadyThere: (events) => log.endsOf(events.filter(({ isOnce }) => isOnce)),
    repair: (refused, failure) => retype(client, refused, failure)
  })
}

/**
 * @returns the failure of an event with an object in an attribute that cannot hold text, or whose types cannot be looked up for now.
 * If the types are not for us to read, Marketo decides: it refuses text in such an attribute
 */
async function problemWithJson(client: MarketoClient, event: ActivityEvent): Promise<Failure | undefined> {
  const types = await attributeTypes(client, event.activity.activityTypeId).catch(failureOf)
  if (isFailure(types) && isRetried(types)) return types
  try {
    checkJsonTexts(event, isFailure(types) ? undefined : types)
    return undefined
  } catch (error) {
    return rejectionOf(error)
  }
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
