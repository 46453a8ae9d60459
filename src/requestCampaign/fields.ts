import type { InputField } from '@segment/actions-core'
import { batchFields, CHARGED, createLeadField, createsLeads, identityFields, partitionField } from '../segment/fields'

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
      "Values for up to 100 **My Tokens** of the campaign's program: the name, such as `my.orderId`, and the value. HTML is not escaped, so map no visitor's text to a Rich Text token.",
    type: 'object',
    defaultObjectUI: 'keyvalue',
    additionalProperties: true
  },
  ...identityFields,
  createLead: createLeadField(CHARGED),
  ...partitionField(createsLeads),
  ...batchFields
}
