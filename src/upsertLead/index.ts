import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { batchFields, identityFields, marketoCookieField, partitionField } from '../segment/fields'
import { performs } from '../segment/perform'
import { customFieldsField, traitFields } from '../segment/traits'
import { booleanFieldChoices, customFieldChoices, lookupFieldChoices } from './choices'
import type { Payload } from './generated-types'
import { fieldsHook } from './hook'
import { readLead, upsertLeads } from './upsert'

const action: ActionDefinition<Settings, Payload> = {
  title: 'Upsert Lead',
  description: 'Create or update a lead in Marketo from an Identify event.',
  defaultSubscription: 'type = "identify"',
  syncMode: {
    label: 'How to sync leads',
    description: 'Whether leads are created, updated, or both.',
    default: 'upsert',
    choices: [
      { label: 'Create leads, and update those that exist', value: 'upsert' },
      { label: 'Only create leads', value: 'add' },
      { label: 'Only update leads that exist', value: 'update' }
    ]
  },
  fields: {
    ...identityFields,
    ...traitFields(),
    customFields: { ...customFieldsField, dynamic: true },
    lookupField: {
      label: 'Lookup Field',
      description:
        'How existing leads are found. Automatic uses email, User ID and Anonymous ID, and avoids duplicates. With another field, events that lack it fail.',
      type: 'string',
      default: 'automatic',
      dynamic: true
    },
    marketoCookie: marketoCookieField,
    associateWebActivity: {
      label: 'Associate Web Activity',
      description:
        "Associates the visitor's web visits with the lead at once, and earlier ones that are nobody else's. Each new visitor costs an API call. A visitor with a Marketo Cookie is always associated.",
      type: 'boolean',
      default: false
    },
    mergeDuplicates: {
      label: 'Merge Duplicates',
      description:
        "Merges leads that share the event's identifiers, unless their emails, User IDs or partitions differ. **You can't undo a merge.** It costs two more API calls a batch, and one for each merge.",
      type: 'boolean',
      default: false,
      depends_on: { conditions: [{ fieldKey: 'lookupField', operator: 'is', value: 'automatic' }] }
    },
    onlyIfEmpty: {
      label: 'Only If Empty',
      description:
        'API names of lead fields that are written only while the lead has no value, such as the lead source or the first UTM parameters. 0 and false are values.',
      type: 'string',
      multiple: true,
      dynamic: true
    },
    neverToFalse: {
      label: 'Never to False',
      description:
        'API names of boolean lead fields that events never set to false. Browsers keep traits for a long time, and an old `unsubscribed: false` would subscribe everybody with that email address again.',
      type: 'string',
      multiple: true,
      dynamic: true,
      default: ['unsubscribed']
    },
    ...partitionField(
      { type: 'syncMode', operator: 'is_not', value: 'update' },
      // A lead that is found by its ID is only ever updated.
      { fieldKey: 'lookupField', operator: 'is_not', value: 'id' }
    ),
    ...batchFields
  },
  dynamicFields: {
    customFields: { __keys__: customFieldChoices },
    lookupField: lookupFieldChoices,
    // The framework's types know no choices for a field with several values. It offers them all the same.
    ...({ onlyIfEmpty: customFieldChoices, neverToFalse: booleanFieldChoices } as object)
  },
  hooks: { onMappingSave: fieldsHook },
  ...performs({ read: readLead, handle: upsertLeads })
}

export default action
