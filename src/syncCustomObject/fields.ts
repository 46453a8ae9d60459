import type { InputField } from '@segment/actions-core'
import { createLeadField, deliveryFields, identityFields } from '../segment/fields'

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
      "The record's fields: on the left the API name (**Admin** > **Marketo Custom Objects** > **Fields**), on the right the value. Map all dedupe fields. Null clears a field. The link to the lead is filled in for you.",
    type: 'object',
    defaultObjectUI: 'keyvalue',
    additionalProperties: true,
    dynamic: true
  },
  ...identityFields,
  createLead: createLeadField(
    'Off, such an event fails. With reverse ETL, each row about an unknown person would create a lead, which Marketo charges for. Deleting creates none.'
  ),
  ...deliveryFields
}
