import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { batchFields, createLeadFields, identityFields } from '../segment/fields'
import { performs } from '../segment/perform'
import { firstOf } from '../segment/traits'
import { activityTypeChoices, attributeChoices } from './choices'
import type { Payload } from './generated-types'
import { typeHook } from './hook'
import { readActivity, sendActivities } from './send'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Send Custom Activity',
  description: "Record a Track event as a custom activity in a lead's activity log in Marketo.",
  defaultSubscription: 'type = "track"',
  fields: {
    activityTypeId: {
      label: 'Activity Type ID',
      description:
        'The custom activity that the event becomes. Choose an approved one, or copy its ID from **Admin** > **Marketo Custom Activities**. Not needed if "Create the activity type" below made one.',
      type: 'integer',
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
        "The activity's other fields, 20 at most: the API name (**Admin** > **Marketo Custom Activities** > **Fields**; case matters), and the value. In a String or Text field, an object becomes JSON text.",
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
    preventDuplicates: {
      label: 'Prevent Duplicates',
      description:
        "Records nothing that the lead's activity log has: same type, primary value and second. For replays and imports. 300 events cost about 13 API calls instead of 2. Needs Read-Only Activity.",
      type: 'boolean',
      default: false
    },
    ...identityFields,
    ...createLeadFields('Activities need a lead.'),
    ...batchFields
  },
  hooks: { onMappingSave: typeHook },
  dynamicFields: {
    activityTypeId: activityTypeChoices,
    attributes: { __keys__: attributeChoices }
  },
  ...performs({ read: readActivity, handle: sendActivities })
}

export default action
