import { ACTIVITY_TYPES } from '../../state/activity-types'
import { ApiError } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall } from '../call'

/** Describe Custom Activity Type: a type without approval is visible only if the call asks for drafts. */
export function describeActivityType(_marketo: Marketo, { params, pathArgument }: ReceivedCall) {
  const type = ACTIVITY_TYPES.find(({ apiName }) => apiName === pathArgument)
  if (!type || (type.status === 'draft' && params.get('draft') !== 'true')) throw new ApiError('1013')
  return { result: [type] }
}
