import { ACTIVITY_TYPES } from '../../state/activity-types'

/** Get Custom Activity Types: what they are called, without their attributes. */
export function getActivityTypes() {
  return { result: ACTIVITY_TYPES.map(({ primaryAttribute: _primary, attributes: _attributes, ...type }) => type) }
}
