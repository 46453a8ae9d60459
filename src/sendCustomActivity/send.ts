import type { LeadEvent } from '../leads/event'
import { identityOf } from '../leads/identity'
import { placeLeads, withSecondLook } from '../leads/place'
import { isLost } from '../leads/settle'
import { addActivities } from '../marketo/activities'
import type { CustomActivity } from '../marketo/activities'
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
    const outcomes = await addActivities(
      client,
      ready.map(({ activity, leadId }) => ({ leadId: Number(leadId), ...activity }))
    )
    ready.forEach((event, i) => (event.outcome = outcomes[i]))
    return [...lost, ...ready.filter((event) => isLost(event, event.outcome))]
  })
}
