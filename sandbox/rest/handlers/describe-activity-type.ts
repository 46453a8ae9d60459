import { draftOf, type ActivityType } from '../../state/activity-types'
import { ApiError } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall } from '../call'

/** Describe Custom Activity Type: what is not approved is visible only if the call asks for drafts. */
export function describeActivityType({ activityTypes }: Marketo, { params, pathArgument }: ReceivedCall) {
  const type = activityTypes.byApiName(pathArgument)
  const isDraft = params.get('draft') === 'true'
  if (type.status === 'draft' && !isDraft) throw new ApiError('1013')
  return { result: [shownType(type, isDraft)] }
}

/** A type with its approved attributes, or with those of its draft. */
export function shownType(type: ActivityType, isDraft: boolean) {
  const { draftAttributes: _draft, ...live } = type
  return { ...live, attributes: isDraft ? draftOf(type) : type.attributes }
}
