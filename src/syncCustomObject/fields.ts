import type { InputField } from '@segment/actions-core'
import { batchFields, CHARGED, createLeadField, createsLeads, identityFields, partitionField } from '../segment/fields'

export const fields: Record<string, InputField> = {
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
  createLead: createLeadField(CHARGED),
  ...partitionField(createsLeads, { type: 'syncMode', operator: 'is_not', value: 'delete' }),
  ...batchFields
}
