import type { LeadEvent } from '../leads/event'
import { identityOf } from '../leads/identity'
import { placeLeads, withSecondLook } from '../leads/place'
import { isLost } from '../leads/settle'
import { addActivities } from '../marketo/activities'
import type { CustomActivity } from '../marketo/activities'
import type { MarketoClient } from '../marketo/client'
import { converted } from '../marketo/convert'
import { VALUE_REFUSED } from '../marketo/errors'
import { attributeTypes } from '../marketo/instance-fields'
import { isFailure } from '../marketo/outcome'
import type { Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import { activityOf } from './activity'
import type { Payload } from './generated-types'

interface ActivityEvent extends LeadEvent {
  activity: Omit<CustomActivity, 'leadId'>
}

export function readActivity(payload: Payload, { settings }: Context, leaveOut: LeaveOut): ActivityEvent {
  return {
    identity: identityOf(payload, settings.trackAnonymousActivity, leaveOut),
    activity: activityOf(payload),
    mode: payload.createLead === false ? 'update' : 'upsert',
    partitionName: payload.partitionName || undefined
  }
}

/** Finds or creates the leads of a batch of events, then records all activities together. */
export function sendActivities({ client }: Context, events: ActivityEvent[]): Promise<void> {
  return withSecondLook(events, async (attempted) => {
    const lost = await placeLeads(client, attempted)
    const ready = attempted.filter(({ outcome }) => outcome === undefined)
    await record(client, ready)
    await record(client, await retyped(client, ready))
    return [...lost, ...ready.filter((event) => isLost(event, event.outcome))]
  })
}

async function record(client: MarketoClient, events: ActivityEvent[]): Promise<void> {
  const outcomes = await addActivities(
    client,
    events.map(({ activity, leadId }) => ({ leadId: Number(leadId), ...activity }))
  )
  events.forEach((event, i) => (event.outcome = outcomes[i]))
}

/** The events whose activity Marketo refused for the type of an attribute, with values of the attributes' own types. */
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
