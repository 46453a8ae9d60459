import { ApiError } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall } from '../call'

/** Since 2026: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/leads */
const MOST = 25

/** Merge Leads: all of them or none. The lead in the path stays, and its values win unless they are empty. */
export function mergeLeads(marketo: Marketo, { params, pathArgument }: ReceivedCall) {
  const ids = ['leadId', 'leadIds'].flatMap((name) => params.getAll(name)).flatMap((text) => text.split(','))
  if (ids.length === 0) throw new ApiError('1002', 'leadId')
  if (ids.length > MOST) throw new ApiError('1080', MOST)
  const [winner, ...losers] = [pathArgument, ...new Set(ids)].map((id) => {
    const lead = marketo.leads.get(Number(id))
    if (!lead) throw new ApiError('1004')
    return lead
  })
  if (losers.includes(winner)) throw new ApiError('1003', 'A lead cannot be merged into itself')
  for (const loser of losers) marketo.merge(winner, loser)
  return {}
}
