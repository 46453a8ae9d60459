import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { idIn } from '../segment/identity'
import { sendForLeads } from '../leads/records/send'
import type { RecordEvent } from '../leads/records/plan-records'
import { CALLS } from '../marketo/calls/all-calls'
import { requestableCampaigns } from '../marketo/areas/campaigns'
import type { MyToken } from '../marketo/areas/campaigns'
import { ageFields, checkAge } from '../segment/age'
import { choiceById, pagedChoices } from '../segment/choices'
import { batchFieldsWith, CHARGED, createLeadFields, identityFields } from '../segment/fields'
import { leadNeededBy } from '../segment/lead-event'
import { performs } from '../segment/perform'
import type { Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'
import { tokensOf } from './tokens'

/** The active campaigns that can be requested. */
const campaignChoices = pagedChoices(async (client, _payload, page) => {
  const { items, nextPage } = await requestableCampaigns(client, page)
  return {
    items: items.map((campaign) => choiceById(campaign, campaign.programName, campaign.workspaceName)),
    nextPage
  }
})

interface CampaignEvent extends RecordEvent {
  campaignId: number
  tokens: MyToken[]
}

function readRequest(payload: Payload, context: Context, leaveOut: LeaveOut): CampaignEvent {
  checkAge(payload)
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
function requestCampaigns({ client }: Context, events: CampaignEvent[]): Promise<void> {
  return sendForLeads(client, events, {
    target: ({ campaignId, tokens }) =>
      tokens.length > 0
        ? { call: CALLS.requestCampaignWithTokens, id: campaignId, head: { tokens } }
        : { call: CALLS.requestCampaign, id: campaignId },
    record: ({ leadId }) => ({ id: leadId }),
    // A call contains a lead only once. Its next request goes into a later call.
    queueKey: ({ leadId }) => String(leadId)
  })
}

const action: ActionDefinition<Settings, Payload> = {
  title: 'Request Campaign',
  description: 'Run a Marketo trigger campaign for a lead, for example one that sends a transactional email.',
  defaultSubscription: 'type = "track"',
  fields: {
    campaignId: {
      label: 'Campaign ID',
      description:
        'The campaign to run. It must be active and have the trigger **Campaign is Requested** with the source Web Service API. Its ID is the number after `SC` in the address of its page in Marketo.',
      type: 'integer',
      required: true,
      dynamic: true
    },
    tokens: {
      label: 'Tokens',
      description:
        "Values for up to 100 **My Tokens** of the campaign's program: the name, such as `my.orderId`, and the value. HTML is not escaped, so map no visitor's text to a Rich Text token.",
      type: 'object',
      defaultObjectUI: 'keyvalue',
      additionalProperties: true
    },
    ...ageFields('run the campaign'),
    ...identityFields,
    ...createLeadFields(CHARGED),
    ...batchFieldsWith(
      'Requests a campaign for up to 100 leads with one API call, if their tokens are the same. Without batching, each event costs API calls of its own.'
    )
  },
  dynamicFields: {
    campaignId: campaignChoices
  },
  ...performs({ read: readRequest, handle: requestCampaigns })
}

export default action
