import type { ActivityType } from '../../state/activity-types'
import type { Marketo } from '../../state/marketo'

/** Get Custom Activity Types: their names and descriptions, without attributes. */
export const getActivityTypes = ({ activityTypes }: Marketo) => ({ result: activityTypes.all().map(withoutAttributes) })

const withoutAttributes = ({
  primaryAttribute: _primary,
  attributes: _attributes,
  draftAttributes: _draft,
  ...type
}: ActivityType) => type
