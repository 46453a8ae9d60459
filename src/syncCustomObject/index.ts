import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { batchFields, CHARGED, createLeadFields, identityFields } from '../segment/fields'
import { performs } from '../segment/perform'
import { fieldChoices, objectChoices } from './choices'
import { readDraft } from './draft'
import type { Payload } from './generated-types'
import { syncObjects } from './send'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Sync Custom Object',
  description:
    'Create, update or delete a record of a custom object in Marketo, such as an order or a car, linked to its lead.',
  defaultSubscription: 'type = "track"',
  syncMode: {
    label: 'How to sync objects',
    description: 'Whether records of the custom object are created, updated, both, or deleted.',
    default: 'upsert',
    choices: [
      { label: 'Create records, and update those that exist', value: 'upsert' },
      { label: 'Only create records', value: 'add' },
      { label: 'Only update records that exist', value: 'update' },
      { label: 'Delete records', value: 'delete' }
    ]
  },
  fields: {
    objectName: {
      label: 'Custom Object',
      description:
        'The API name of the custom object, such as `car_c`. Choose one of those offered, or in Marketo go to **Admin** > **Marketo Custom Objects** and copy it. The object must be approved.',
      type: 'string',
      required: true,
      dynamic: true
    },
    fields: {
      label: 'Fields',
      description:
        "The record's fields: the API name (**Admin** > **Marketo Custom Objects** > **Fields**), and the value. Map all dedupe fields. The link to the lead is filled in. Null clears a field.",
      type: 'object',
      defaultObjectUI: 'keyvalue',
      additionalProperties: true,
      dynamic: true
    },
    ...identityFields,
    ...createLeadFields(CHARGED, { type: 'syncMode', operator: 'is_not', value: 'delete' }),
    ...batchFields
  },
  dynamicFields: {
    objectName: objectChoices,
    fields: { __keys__: fieldChoices }
  },
  ...performs({ read: readDraft, handle: syncObjects })
}

export default action
