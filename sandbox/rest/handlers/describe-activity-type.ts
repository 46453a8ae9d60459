import { ACTIVITY_TYPES } from '../../state/activity-types'
import { MarketoError } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { Call } from '../call'

/** Describe Custom Activity Type: a type without approval is visible only if the call asks for drafts. */
export function describeActivityType(_marketo: Marketo, { params, pathArgument }: Call) {
  const type = ACTIVITY_TYPES.find(({ apiName }) => apiName === pathArgument)
  if (!type || (type.status === 'draft' && params.get('draft') !== 'true')) throw new MarketoError('1013')
  return { result: [type] }
}
