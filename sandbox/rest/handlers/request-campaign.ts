import type { Campaign } from '../../state/campaigns'
import { ApiError } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import { isObject, type ReceivedCall } from '../call'

/**
 * Request Campaign: one answer for the whole call. The campaign runs for all of its leads or for none, and once for a
 * lead that is in the call twice. Adobe does not document unknown leads. Here, the call is refused.
 */
export function requestCampaign(marketo: Marketo, { pathArgument, body }: ReceivedCall) {
  const { campaigns, leads, limits } = marketo
  const campaign = campaigns.get(Number(pathArgument))
  checkRequestable(campaign)
  if (!isObject(body.input)) throw new ApiError('1002', 'input')
  const ids = leadIdsIn(body.input.leads, limits.campaignLeads)
  const tokens = tokensIn(body.input.tokens, limits.campaignTokens)
  if (ids.some((id) => !leads.get(id))) throw new ApiError('1004')
  for (const id of new Set(ids)) campaigns.run(campaign, id, tokens)
  return { result: [{ id: campaign.id }] }
}

function checkRequestable({ type, isActive, isRequestable }: Campaign): void {
  if (type === 'batch') throw new ApiError('1003', 'Campaign is a batch campaign and cannot be requested')
  if (!isActive) throw new ApiError('1003', 'Campaign is not active')
  if (!isRequestable) throw new ApiError('1003', "Campaign has no trigger 'Campaign is Requested' of Web Service API")
}

function leadIdsIn(given: unknown, most: number): number[] {
  if (given === undefined) throw new ApiError('1002', 'leads')
  if (!Array.isArray(given) || given.length === 0) throw new ApiError('1003', 'leads must be a list of leads')
  if (given.length > most) throw new ApiError('1003', `leads exceeds ${most} records`)
  return given.map((lead: unknown) => {
    const id = isObject(lead) ? lead.id : lead
    if (!Number.isInteger(id)) throw new ApiError('1001', id, 'Integer')
    return Number(id)
  })
}

/** Tokens by name, such as `{{my.message}}`. */
function tokensIn(given: unknown = [], most: number): Record<string, string> {
  if (!Array.isArray(given)) throw new ApiError('1001', given, 'list of tokens')
  if (given.length > most) throw new ApiError('1003', `tokens exceeds ${most} records`)
  const named = given.map((token: unknown): [string, string] => {
    const { name, value } = isObject(token) ? token : { name: token, value: undefined }
    if (typeof name !== 'string' || !/^\{\{my\.[^{}]+\}\}$/.test(name)) {
      throw new ApiError('1003', `Invalid token name '${String(name)}'`)
    }
    if (typeof value !== 'string') throw new ApiError('1001', value, 'String')
    return [name, value]
  })
  return Object.fromEntries(named)
}
