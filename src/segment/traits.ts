import type { InputField } from '@segment/actions-core'

type DefaultMapping = InputField['default']

/**
 * `$.path`, or the next path if the event has nothing there. Empty text counts as nothing. So do lists and objects, for which the
 * framework would refuse the whole event.
 */
export function firstOf(path: string, ...others: string[]): DefaultMapping {
  return firstMapping({ '@path': path }, others.length > 0 ? firstOf(others[0], ...others.slice(1)) : undefined)
}

/** A mapping, or the other one if it finds nothing: see {@link firstOf}. */
export function firstMapping(mapping: DefaultMapping, otherwise?: DefaultMapping): DefaultMapping {
  // This is the only directive that gives text for text and numbers, and nothing for lists and objects.
  // It has all its options, because the framework would otherwise write them into the mapping when it first evaluates it.
  const replacing = { pattern: ' ', replacement: '', ignorecase: false, global: true, value: mapping }
  const withoutSpaces = { '@replace': replacing }
  // `blank` with the mapping itself would treat 0 as nothing, and a list as something.
  return { '@if': { blank: withoutSpaces, then: mapping, ...(otherwise !== undefined && { else: otherwise }) } }
}

/** A lead field's name in Marketo's REST API, and in its forms (the SOAP API name): usually the same, capitalized. */
interface FieldNames {
  rest: string
  form: string
}

export const capitalized = (name: string): string => name[0].toUpperCase() + name.slice(1)

const names = (rest: string, form = capitalized(rest)): FieldNames => ({ rest, form })

/**
 * The traits for standard lead fields, by their action field. Cloud, browser and migration share them: a new one needs a row here
 * and one in {@link traitFields}.
 */
export const TRAIT_NAMES = {
  firstName: names('firstName'),
  lastName: names('lastName'),
  company: names('company'),
  phone: names('phone'),
  dateOfBirth: names('dateOfBirth', 'DateofBirth'),
  gender: names('gender', 'MarketoSocialGender'),
  city: names('city'),
  state: names('state'),
  country: names('country'),
  postalCode: names('postalCode'),
  street: names('address')
}

/** An action field that holds a trait; `name` is split into first and last name. */
export type TraitField = keyof typeof TRAIT_NAMES | 'name'

/** The input fields of an action for these traits. It is a function, so that browser bundles leave it out. */
export function traitFields(): Record<TraitField, InputField> {
  const text = (label: string, description: string, value: DefaultMapping): InputField => ({
    label,
    description,
    type: 'string',
    default: value
  })
  const trait = (name: string): DefaultMapping => firstOf(`$.traits.${name}`)
  return {
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
      'Marketo field Address: the trait `address.street`, or `address` itself if it is text. Clear it if your CRM owns addresses.',
      firstOf('$.traits.address.street', '$.traits.address')
    )
  }
}

/** Lead fields that are no traits. */
export const customFieldsField: InputField = {
  label: 'Custom Fields',
  description:
    'Other lead fields: the REST API name, and its value. For example `title` (Job Title), `leadSource` (Lead Source or Person Source), `website`, `industry`, `unsubscribed`. Null clears a field.',
  type: 'object',
  defaultObjectUI: 'keyvalue',
  additionalProperties: true
}

/**
 * First and last name. Each comes from the full name if it is missing.
 * @returns undefined for a name that is missing in both
 */
export function namesOf({ firstName, lastName, name }: { firstName?: string; lastName?: string; name?: string }): {
  firstName?: string
  lastName?: string
} {
  if (!name) return { firstName: firstName || undefined, lastName: lastName || undefined }
  const [first, ...rest] = name.trim().split(/\s+/)
  return { firstName: firstName || first || undefined, lastName: lastName || rest.join(' ') || undefined }
}
