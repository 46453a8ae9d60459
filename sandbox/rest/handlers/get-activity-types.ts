import { ACTIVITY_TYPES } from '../../state/activity-types'

/** Get Custom Activity Types: their names and descriptions, without attributes. */
export function getActivityTypes() {
  return { result: ACTIVITY_TYPES.map(({ primaryAttribute: _primary, attributes: _attributes, ...type }) => type) }
}
