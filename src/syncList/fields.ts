import type { ActionDefinition, InputField } from '@segment/actions-core'
import { batchFields, CHARGED, createLeadField, createsLeads, identityFields, partitionField } from '../segment/fields'

const listFields: Record<'listId' | 'membership', InputField> = {
  listId: {
    label: 'Static List ID',
    description:
      "The list in Marketo. For an audience or a Journey, leave the default: Segment fills in the audience's list. For reverse ETL, choose the list that you chose or created when you connected it.",
    type: 'integer',
    required: true,
    dynamic: true,
    default: { '@path': '$.context.personas.external_audience_id' }
  },
  membership: {
    label: 'Membership',
    description:
      'Whether the event adds the person to the list or removes the person from it. Automatic goes by the audience, the Journey step or the reverse ETL sync that the event comes from.',
    type: 'string',
    choices: [
      { label: 'Automatic', value: 'automatic' },
      { label: 'Add to the list', value: 'add' },
      { label: 'Remove from the list', value: 'remove' }
    ],
    default: 'automatic'
  }
}

export const fields: ActionDefinition<unknown>['fields'] = {
  ...listFields,
  ...identityFields,
  createLead: createLeadField(`A removal creates none. ${CHARGED}`),
  ...partitionField(createsLeads),
  ...batchFields,
  batch_keys: {
    label: 'Batch Keys',
    description: 'Events with different values of these fields never share a batch.',
    type: 'string',
    multiple: true,
    required: false,
    unsafe_hidden: true,
    default: ['listId']
  }
}
