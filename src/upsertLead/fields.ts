import type { InputField } from '@segment/actions-core'
import { deliveryFields, identityFields, marketoCookieField } from '../segment/fields'
import { traitFields } from '../segment/traits'

export const fields: Record<string, InputField> = {
  ...identityFields,
  ...traitFields(),
  customFields: {
    label: 'Custom Fields',
    description:
      'Any other lead field: on the left its REST API name, on the right its value. For the names, go to **Admin** > **Field Management** in Marketo and click **Export Field Names**; upper and lower case matter. A list of plain values is joined with `;`, null clears the field. The identifiers have fields of their own and are not set here.',
    type: 'object',
    defaultObjectUI: 'keyvalue',
    additionalProperties: true,
    dynamic: true
  },
  lookupField: {
    label: 'Lookup Field',
    description:
      'How an existing lead is found. Automatic tries email, user ID and anonymous ID, never creates a second lead for a known one, and takes the most recently updated of several. With a field chosen here, only that field counts: one call less, but an event without it fails, and so does one whose value several leads have.',
    type: 'string',
    default: 'automatic',
    dynamic: true,
    category: 'config'
  },
  marketoCookie: marketoCookieField,
  associateWebActivity: {
    label: 'Associate Web Activity',
    description:
      "Associates the visitor's web visits with the lead at once, from before the visitor was known too, with one more call for each new visitor. The visitor of a Marketo Cookie is always associated.",
    type: 'boolean',
    default: false,
    category: 'config'
  },
  mergeDuplicates: {
    label: 'Merge Duplicates',
    description:
      "Merges leads that share the event's identifiers into the event's lead, unless they have different emails, User IDs or partitions. This cannot be undone. Works with Lookup Field Automatic; costs two calls more a batch, and one for each merge.",
    type: 'boolean',
    default: false,
    category: 'config'
  },
  ...deliveryFields
}
