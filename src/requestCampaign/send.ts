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
 * Finds or creates the leads of a batch of events, then requests the campaigns. Each event is a request of its own; those
 * with the same campaign and equal tokens, which hold for a whole call, go together.
 */
export function requestCampaigns({ client }: Context, events: CampaignEvent[]): Promise<void> {
  return sendForLeads(client, events, {
    target: ({ campaignId, tokens }) => ({
      call: CALLS.requestCampaign,
      id: campaignId,
      ...(tokens.length > 0 && { head: { tokens } })
    }),
    record: ({ leadId }) => ({ id: Number(leadId) }),
    // A lead stands once in a call: its next request goes with a later one.
    line: ({ leadId }) => String(leadId)
  })
}
