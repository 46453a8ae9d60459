import { ApiError } from '../../state/errors'
import type { Field } from '../../state/fields'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall } from '../call'
import { pick, wantedFields } from '../lead-columns'
import { required, tokenPage } from '../pages'

/** Get Leads by Filter Type. Pages are ordered by lead ID. The paging token has the last ID of the previous page. */
export function getLeads(marketo: Marketo, { params }: ReceivedCall) {
  const { fields, leads, limits, tracking } = marketo
  const filter = fields.get(required(params, 'filterType'))
  if (!filter) throw new ApiError('1006', params.get('filterType'))
  if (!filter.searchable) throw new ApiError('1011', filter.name)

  // Marketo has no way to write a comma inside a value.
  const values = required(params, 'filterValues').split(',')
  if (values.length > limits.recordsPerCall) {
    throw new ApiError('1003', `The number of filterValues exceeds ${limits.recordsPerCall}`)
  }
  const wanted = wantedFields(fields, params.get('fields'))

  const lookup = (value: string) => (filter.name === 'cookies' ? tracking.tokenIn(value) : typed(filter, value))
  const matches = new Set(values.flatMap((value) => leads.find(filter.name, lookup(value))))
  if (matches.size > limits.filterMatches) throw new ApiError('1003', 'Too many results match the filter')

  const byId = [...matches].sort((one, other) => one.id - other.id)
  const { result, nextPageToken } = tokenPage(byId, params, limits.recordsPerCall)
  const picked = result.map((lead) => pick(marketo, lead, wanted))
  return nextPageToken === undefined ? { result: picked } : { result: picked, nextPageToken, moreResult: true }
}

function typed({ dataType }: Field, value: string): string | number {
  if (dataType !== 'integer') return value
  if (!/^-?\d+$/.test(value)) throw new ApiError('1001', value, 'integer')
  return Number(value)
}
