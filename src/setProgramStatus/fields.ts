import type { InputField } from '@segment/actions-core'
import { batchFields, CHARGED, createLeadField, createsLeads, identityFields, partitionField } from '../segment/fields'

export const fields: Record<string, InputField> = {
  programId: {
    label: 'Program ID',
    description:
      'The program. Choose one of those offered, or copy its ID: the number after the letters in the address of its page in Marketo, for example 1107 in `#PG1107A1`.',
    type: 'integer',
    required: true,
    dynamic: true
  },
  status: {
    label: 'Status',
    description:
      "The lead's new status in the program: one of those of the program's channel (**Admin** > **Tags** > **Channel**). A status only goes forward: an event with an earlier one changes nothing.",
    type: 'string',
    required: true,
    dynamic: true
  },
  ...identityFields,
  createLead: createLeadField(CHARGED),
  ...partitionField(createsLeads),
  ...batchFields
}
