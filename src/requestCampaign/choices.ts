import { requestableCampaigns } from '../marketo/campaigns'
import { choiceById, pagedChoices } from '../segment/choices'

/** The active campaigns that can be requested. */
export const campaignChoices = pagedChoices(async (client, _payload, page) => {
  const { items, nextPage } = await requestableCampaigns(client, page)
  return {
    items: items.map((campaign) => choiceById(campaign, campaign.programName, campaign.workspaceName)),
    nextPage
  }
})
