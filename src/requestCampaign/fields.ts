import type { InputField } from '@segment/actions-core'
import { createLeadField, deliveryFields, identityFields } from '../segment/fields'

export const fields: Record<string, InputField> = {
  campaignId: {
    label: 'Campaign ID',
    description:
      'The campaign to run. It must be active and have the trigger **Campaign is Requested** with the source Web Service API. Its ID is the number after `SC` in the address of its page in Marketo.',
    type: 'integer',
    required: true,
    dynamic: true
  },
  tokens: {
    label: 'Tokens',
    description:
      "Values for the **My Tokens** of the campaign's program, 100 at most: on the left the name, such as `my.orderId`, on the right the value. HTML in a value is not escaped: map no text that visitors typed to a Rich Text token.",
    type: 'object',
    defaultObjectUI: 'keyvalue',
    additionalProperties: true
  },
  ...identityFields,
  createLead: createLeadField(
    'Off, such an event fails. With reverse ETL, each row about somebody new makes a lead, and Marketo charges for leads.'
  ),
  ...deliveryFields
}
