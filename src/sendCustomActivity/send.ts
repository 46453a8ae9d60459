import { identityOf } from '../leads/identity'
import { resolveLeads } from '../leads/resolve'
import { createLeads } from '../leads/write'
import { addActivities } from '../marketo/activities'
import type { CustomActivity } from '../marketo/activities'
import type { Outcome } from '../marketo/outcome'
import { readEach } from '../segment/perform'
import type { Context } from '../segment/perform'
import { activityOf } from './activity'
import type { Payload } from './generated-types'

/** Finds or creates the leads of a batch of events, then records all activities together. */
export async function sendActivities({ client, settings }: Context, payloads: Payload[]): Promise<Outcome[]> {
  const { events, finish } = readEach(payloads, (payload) => ({
    identity: identityOf(payload, settings.trackAnonymousActivity),
    activity: activityOf(payload),
    createLead: payload.createLead !== false,
    partitionName: payload.partitionName || undefined
  }))
  const groups = await resolveLeads(
    client,
    events.map(({ identity }) => identity)
  )
  await createLeads(client, groups, ({ members }) => {
    const creating = members.map((member) => events[member]).filter(({ createLead }) => createLead)
    const { partitionName } = creating.find((event) => event.partitionName) ?? {}
    return { mayCreate: creating.length > 0, partitionName }
  })

  const outcomes = new Array<Outcome>(events.length)
  const ready: { member: number; activity: CustomActivity }[] = []
  for (const { members, leadId, failure } of groups) {
    for (const member of members) {
      const { activity } = events[member]
      if (failure) outcomes[member] = { ...failure, sent: { ...activity } }
      else ready.push({ member, activity: { leadId: Number(leadId), ...activity } })
    }
  }
  // In the order of the events, not of their leads.
  ready.sort((a, b) => a.member - b.member)
  const sent = await addActivities(
    client,
    ready.map(({ activity }) => activity)
  )
  ready.forEach(({ member }, i) => (outcomes[member] = sent[i]))
  return finish(outcomes)
}
