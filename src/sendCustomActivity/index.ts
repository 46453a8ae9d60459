import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { performs } from '../segment/perform'
import { activityTypeChoices, attributeChoices } from './choices'
import { fields } from './fields'
import type { Payload } from './generated-types'
import { readActivity, sendActivities } from './send'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Send Custom Activity',
  description: "Record a Track event as a custom activity in a lead's activity log in Marketo.",
  defaultSubscription: 'type = "track"',
  fields,
  dynamicFields: {
    activityTypeId: activityTypeChoices,
    attributes: { __keys__: attributeChoices }
  },
  ...performs({ read: readActivity, handle: sendActivities })
}

export default action
