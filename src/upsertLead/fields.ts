import type { InputField } from '@segment/actions-core'
import { deliveryFields, firstOf, identityFields, marketoCookieField } from '../segment/fields'

const text = (label: string, description: string, value: InputField['default']): InputField => ({
  label,
  description,
  type: 'string',
  default: value
})

const trait = (name: string) => firstOf(`$.traits.${name}`)

export const fields: Record<string, InputField> = {
  ...identityFields,
  firstName: text('First Name', 'Marketo field First Name. When empty, the first word of Name.', trait('firstName')),
  lastName: text(
    'Last Name',
    'Marketo field Last Name. When empty, what follows the first word of Name.',
    trait('lastName')
  ),
  name: text('Name', 'The full name, for leads whose first or last name is not given separately.', trait('name')),
  company: text(
    'Company',
    'Marketo field Company: the trait `company`, or its property `name` when it is an object.',
    firstOf('$.traits.company.name', '$.traits.company')
  ),
  phone: text('Phone', 'Marketo field Phone Number.', trait('phone')),
  dateOfBirth: {
    label: 'Date of Birth',
    description: 'Marketo field Date of Birth: the calendar day as it is written, in its own zone.',
    type: 'datetime',
    default: trait('birthday')
  },
  gender: text('Gender', 'Marketo field Marketo Social Gender.', trait('gender')),
  city: text('City', 'Marketo field City.', trait('address.city')),
  state: text('State', 'Marketo field State.', trait('address.state')),
  country: text('Country', 'Marketo field Country.', trait('address.country')),
  postalCode: text(
    'Postal Code',
    'Marketo field Postal Code: the trait `address.zip`, or `address.postalCode`.',
    firstOf('$.traits.address.zip', '$.traits.address.postalCode')
  ),
  street: text(
    'Street',
    'Marketo field Address: the trait `address.street`, or `address` itself when it is text.',
    firstOf('$.traits.address.street', '$.traits.address')
  ),
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
  ...deliveryFields
}
