import type { Campaign } from '../../state/campaigns'
import type { Marketo } from '../../state/marketo'
import { leadTime } from '../assets'
import type { ReceivedCall } from '../call'
import { filterOf, tokenPage } from '../pages'

/** A campaign as the Lead Database API shows it. */
const shown = ({ id, name, type, isActive, createdAt }: Campaign) => ({
  id,
  name,
  type,
  workspaceName: 'Default',
  createdAt: leadTime(createdAt),
  updatedAt: leadTime(createdAt),
  active: isActive
})

/** Get Campaigns. `isTriggerable=true` selects those that Request Campaign accepts. */
export function getCampaigns(marketo: Marketo, { params }: ReceivedCall) {
  const [hasId, hasName, isInWorkspace] = ['id', 'name', 'workspaceName'].map((name) => filterOf(params, name))
  const isOfProgram = filterOf(params, 'programName')
  const onlyTriggerable = params.get('isTriggerable') === 'true'
  const campaigns = marketo.campaigns
    .all()
    .filter(({ isActive, isRequestable }) => !onlyTriggerable || (isActive && isRequestable))
    .map(shown)
    .filter((campaign) => hasId(campaign.id) && hasName(campaign.name))
    .filter((campaign) => isInWorkspace(campaign.workspaceName) && isOfProgram(undefined))
  return tokenPage(campaigns, params, marketo.limits.recordsPerCall)
}
