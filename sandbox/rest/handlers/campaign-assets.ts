import type { Campaign } from '../../state/campaigns'
import type { Marketo } from '../../state/marketo'
import { assetTime, urlOf } from '../assets'
import type { ReceivedCall } from '../call'
import { assetPage, found } from '../pages'

/** A campaign as the Asset API shows it. */
const shown = (marketo: Marketo, { id, name, type, isActive, isRequestable, createdAt }: Campaign) => ({
  id,
  name,
  description: '',
  createdAt: assetTime(createdAt),
  updatedAt: assetTime(createdAt),
  folder: { id: 417, type: 'Folder' },
  status: type === 'batch' ? 'Never Run' : isActive ? 'Active' : 'Inactive',
  type,
  isSystem: false,
  isActive,
  isRequestable,
  isCommunicationLimitEnabled: false,
  recurrence: { weekdayOnly: false },
  qualificationRuleType: 'any',
  workspace: 'Default',
  smartListId: id,
  flowId: id,
  computedUrl: urlOf(marketo, 'SC', id)
})

/** Get Smart Campaigns. `isActive=true`: active trigger campaigns, requestable or not. */
export function smartCampaigns(marketo: Marketo, { params }: ReceivedCall) {
  const onlyActive = params.get('isActive') === 'true'
  const campaigns = marketo.campaigns.all().filter(({ isActive }) => isActive || !onlyActive)
  return assetPage(
    campaigns.map((campaign) => shown(marketo, campaign)),
    params,
    marketo.limits.assetsPerPage
  )
}

/** Get Smart Campaign by Id */
export function smartCampaign(marketo: Marketo, { pathArgument }: ReceivedCall) {
  const campaigns = marketo.campaigns.all().filter(({ id }) => String(id) === pathArgument)
  return found(campaigns.map((campaign) => shown(marketo, campaign)))
}
