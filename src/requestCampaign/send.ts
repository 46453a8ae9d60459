import { idIn } from '../leads/identity'
import { sendForLeads } from '../leads/send'
import type { RecordEvent } from '../leads/send'
import { CALLS } from '../marketo/calls'
import type { Token } from '../marketo/campaigns'
import { leadNeededBy } from '../segment/lead-event'
import type { Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'
import { tokensOf } from './tokens'

interface CampaignEvent extends RecordEvent {
  campaignId: number
  tokens: Token[]
}

export function readRequest(payload: Payload, context: Context, leaveOut: LeaveOut): CampaignEvent {
  return {
    ...leadNeededBy(payload, context, leaveOut),
    campaignId: idIn(payload.campaignId, 'Campaign ID'),
    tokens: tokensOf(payload.tokens)
  }
}

/**
 * Finds or creates the leads of a batch of events, then requests the campaigns. Each event is one
 * request. Tokens apply to a whole call, so requests with the same campaign and equal tokens go together.
 */
export function requestCampaigns({ client }: Context, events: CampaignEvent[]): Promise<void> {
  return sendForLeads(client, events, {
    target: ({ campaignId, tokens }) => ({
      call: CALLS.requestCampaign,
      id: campaignId,
      ...(tokens.length > 0 && { head: { tokens } })
    }),
    record: ({ leadId }) => ({ id: Number(leadId) }),
    // A call contains a lead only once. Its next request goes into a later call.
    line: ({ leadId }) => String(leadId)
  })
}
