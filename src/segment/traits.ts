import type { InputField } from '@segment/actions-core'

type DefaultMapping = InputField['default']

/** Paths of one mapping: each doubles the time that {@link firstMapping} takes. */
export const PATHS_AT_MOST = 8

/**
 * `$.path`, or the next path if the event has nothing there. Empty text counts as nothing. So do lists and objects, for which the
 * framework would refuse the whole event.
 */
export function firstOf(...paths: string[]): DefaultMapping {
  return paths.reduceRight<DefaultMapping>((otherwise, path) => firstMapping({ '@path': path }, otherwise), undefined)
}

/**
 * A mapping, or the other one if it finds nothing: see {@link firstOf}. Before each single event, and each batch, the framework checks
 * the mapping, and whatever stands under `else` twice. So a chain takes about 3 µs times two to the number of its paths.
 */
export function firstMapping(mapping: DefaultMapping, otherwise?: DefaultMapping): DefaultMapping {
  // This is the only directive that gives text for text and numbers, and nothing for lists and objects.
  // It has all its options, because the framework would otherwise write them into the mapping when it first evaluates it.
  const replacing = { pattern: ' ', replacement: '', ignorecase: false, global: true, value: mapping }
  const withoutSpaces = { '@replace': replacing }
  // `blank` with the mapping itself would treat 0 as nothing, and a list as something.
  return { '@if': { blank: withoutSpaces, then: mapping, ...(otherwise !== undefined && { else: otherwise }) } }
}

/** A standard lead field that a trait fills. */
interface Trait {
  /** Its name in Marketo's REST API. */
  rest: string
  /** Its name in Marketo's forms (the SOAP API name): usually the same, capitalized. */
  form: string
  type: 'string' | 'date'
  /** Where tools write it in the traits. The first one that is not empty counts. */
  paths: string[]
  /** Older mappings have it under Custom Fields. What the customer named there goes before a default. */
  yields: boolean
}

const capitalized = (name: string): string => name[0].toUpperCase() + name.slice(1)

const trait = (rest: string, paths: string[], more: Partial<Trait> = {}): Trait => {
  return { rest, form: capitalized(rest), type: 'string', paths, yields: false, ...more }
}

/**
 * How tools spell a trait: camelCase and snake_case (https://www.twilio.com/docs/segment/connections/spec/identify#custom-traits promises both),
 * small letters, and capitals as in Facebook Lead Ads. The classic destination ignored case and separators.
 */
function spellings(...words: string[]): string[] {
  const [first, ...rest] = words
  const camelCase = first + rest.map(capitalized).join('')
  return [...new Set([camelCase, words.join('_'), words.join(''), words.map(capitalized).join('_')])]
}

/** A part of the address, or a trait of its own. */
const inAddress = (word: string): string[] => [`address.${word}`, ...spellings(word)]

const traitTable = () => ({
  firstName: trait('firstName', spellings('first', 'name')),
  lastName: trait('lastName', spellings('last', 'name')),
  company: trait('company', ['company.name', ...spellings('company')]),
  phone: trait('phone', spellings('phone')),
  dateOfBirth: trait('dateOfBirth', ['birthday', 'date_of_birth', 'dateOfBirth', 'Birthday'], {
    form: 'DateofBirth',
    type: 'date'
  }),
  gender: trait('gender', spellings('gender'), { form: 'MarketoSocialGender' }),
  city: trait('city', inAddress('city')),
  state: trait('state', inAddress('state')),
  country: trait('country', inAddress('country')),
  postalCode: trait('postalCode', [
    ...['address.zip', 'address.postalCode', 'address.postal_code', 'address.zip_code'],
    ...['zip', 'postalCode', 'postal_code']
  ]),
  street: trait('address', ['address.street', 'address', ...spellings('street')]),
  title: trait('title', ['title', 'job_title', 'jobTitle', 'Title'], { yields: true }),
  website: trait('website', spellings('website'), { yields: true })
})

/**
 * The traits of standard lead fields, by their action field. The default mappings of cloud and browser, the migration, and the docs
 * follow from this table: a new trait needs a row here, and its text in {@link traitFields}. A page loads none of this: bundlers
 * leave out what is marked as pure and not used.
 */
export const TRAITS = /* @__PURE__ */ traitTable()

/** An action field that holds a trait. */
export type TraitField = keyof typeof TRAITS

/** Where events have the email. */
export const emailPaths = (): string[] =>
  ['traits', 'context.traits', 'properties'].flatMap((place) => spellings('email').map((name) => `$.${place}.${name}`))

/**
 * The input fields of an action for these traits, and `name`, which is split into first and last name.
 */
export function traitFields(): Record<TraitField | 'name', InputField> {
  const text = (label: string, description: string, paths: string[]): InputField => ({
    label,
    description,
    type: 'string',
    default: firstOf(...paths.map((path) => `$.traits.${path}`))
  })
  const field = (key: TraitField, label: string, description: string) => text(label, description, TRAITS[key].paths)
  return {
    firstName: field('firstName', 'First Name', 'Marketo field First Name. When empty, the first word of Name.'),
    lastName: field(
      'lastName',
      'Last Name',
      'Marketo field Last Name. When empty, what follows the first word of Name.'
    ),
    name: text('Name', 'The full name, for leads whose first or last name is not given separately.', spellings('name')),
    company: field(
      'company',
      'Company',
      'Marketo field Company: the trait `company`, or its property `name` when it is an object.'
    ),
    phone: field('phone', 'Phone', 'Marketo field Phone Number.'),
    dateOfBirth: field(
      'dateOfBirth',
      'Date of Birth',
      'Marketo field Date of Birth: the calendar day as it is written, in its own zone. What is no date is left out.'
    ),
    gender: field('gender', 'Gender', 'Marketo field Marketo Social Gender.'),
    city: field('city', 'City', 'Marketo field City.'),
    state: field('state', 'State', 'Marketo field State.'),
    country: field('country', 'Country', 'Marketo field Country.'),
    postalCode: field(
      'postalCode',
      'Postal Code',
      'Marketo field Postal Code: the trait `address.zip`, or `address.postalCode`.'
    ),
    street: field(
      'street',
      'Street',
      'Marketo field Address: the trait `address.street`, or `address` itself if it is text. Clear it if your CRM owns addresses.'
    ),
    title: field('title', 'Title', 'Marketo field Job Title.'),
    website: field('website', 'Website', 'Marketo field Website.')
  }
}

/** Lead fields that are no traits. */
export const customFieldsField: InputField = {
  label: 'Custom Fields',
  description:
    'Other lead fields: the REST API name, and its value. For example `leadSource` (Lead Source or Person Source), `industry`, `unsubscribed`. Null clears a field.',
  type: 'object',
  defaultObjectUI: 'keyvalue',
  additionalProperties: true
}
