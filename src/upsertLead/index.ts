import type { ActionDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { performs } from '../segment/perform'
import { customFieldChoices, lookupFieldChoices } from './choices'
import { fields } from './fields'
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
  fields,
  dynamicFields: {
    customFields: { __keys__: customFieldChoices },
    lookupField: lookupFieldChoices
  },
  hooks: { onMappingSave: fieldsHook },
  ...performs({ read: readLead, handle: upsertLeads })
}

export default action
