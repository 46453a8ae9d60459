import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { performs } from '../segment/perform'
import { fieldChoices, objectChoices } from './choices'
import { readDraft } from './draft'
import { fields } from './fields'
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
  fields,
  dynamicFields: {
    objectName: objectChoices,
    fields: { __keys__: fieldChoices }
  },
  ...performs({ read: readDraft, handle: syncObjects })
}

export default action
