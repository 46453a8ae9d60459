import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { batchFields, createLeadFields, identityFields } from '../segment/fields'
import { performs } from '../segment/perform'
import { firstOf } from '../segment/traits'
import { activityTypeChoices, attributeChoices } from './choices'
import type { Payload } from './generated-types'
import { readActivity, sendActivities } from './send'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Send Custom Activity',
  description: "Record a Track event as a custom activity in a lead's activity log in Marketo.",
  defaultSubscription: 'type = "track"',
  fields: {
    activityTypeId: {
      label: 'Activity Type ID',
      description:
        'The custom activity that the event becomes. Choose one of the approved ones, or in Marketo go to **Admin** > **Marketo Custom Activities**, click the activity in the right side bar, and copy its ID.',
      type: 'integer',
      required: true,
      dynamic: true
    },
    primaryAttributeValue: {
      label: 'Primary Attribute Value',
      description:
        "The value of the activity's primary field. In **Admin** > **Marketo Custom Activities**, it is the one with a red star on the **Fields** tab.",
      type: 'string',
      required: true
    },
    attributes: {
      label: 'Attributes',
      description:
        "The activity's other fields: on the left the API name, as the **Fields** tab in **Admin** > **Marketo Custom Activities** shows it (upper and lower case matter), on the right the value. 20 at most.",
      type: 'object',
      defaultObjectUI: 'keyvalue',
      additionalProperties: true,
      dynamic: true
    },
    activityDate: {
      label: 'Activity Date',
      description: 'When the activity took place. When empty, now.',
      type: 'datetime',
      default: firstOf('$.timestamp')
    },
    ...identityFields,
    ...createLeadFields('Activities need a lead.'),
    ...batchFields
  },
  dynamicFields: {
    activityTypeId: activityTypeChoices,
    attributes: { __keys__: attributeChoices }
  },
  ...performs({ read: readActivity, handle: sendActivities })
}

export default action
