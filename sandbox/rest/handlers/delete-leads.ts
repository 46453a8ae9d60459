import type { Marketo } from '../../state/marketo'
import { reason } from '../../state/errors'
import type { ReceivedCall } from '../call'

/** Delete Leads. Its activities stay in the state, under an ID that no longer exists. */
export function deleteLeads({ leads }: Marketo, { input }: ReceivedCall) {
  const result = input.map(({ id }) => {
    const lead = leads.get(id)
    if (!lead) return { status: 'skipped', reasons: [id === undefined ? reason('1002', 'id') : reason('1004')] }
    leads.delete(lead)
    return { id, status: 'deleted' }
  })
  return { result }
}
