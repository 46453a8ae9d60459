import { createTestEvent, defaultValues, transform } from '@segment/actions-core'
import type { InputField, JSONObject, JSONValue } from '@segment/actions-core'
import { formNameOf } from '../browser/marketo-v2-web/src/form-names'
import { formValuesOf } from '../browser/marketo-v2-web/src/form-values'
import { chainOf } from '../migration/directive'
import type { Value } from '../migration/json'
import { LEAD_FIELDS } from '../sandbox/state/fields'
import { webPackages } from '../scripts/web-packages'
import destination from '../src'
import { PATHS_AT_MOST, TRAITS } from '../src/segment/traits'
import type { TraitField } from '../src/segment/traits'
import { eventOf, leadFields, sendOne, WAYS } from './support/events'
import { useSandbox } from './support/marketo'
import type { Sending } from './support/marketo'

const sandbox = useSandbox()
beforeEach(() => sandbox().reset({ leads: [] }))

/** The spellings of the contract, in their order. */
const SPELLINGS: Record<TraitField | 'name', string[]> = {
  firstName: ['firstName', 'first_name', 'firstname', 'First_Name'],
  lastName: ['lastName', 'last_name', 'lastname', 'Last_Name'],
  name: ['name', 'Name'],
  company: ['company.name', 'company', 'Company'],
  phone: ['phone', 'Phone'],
  dateOfBirth: ['birthday', 'date_of_birth', 'dateOfBirth', 'Birthday'],
  gender: ['gender', 'Gender'],
  city: ['address.city', 'city', 'City'],
  state: ['address.state', 'state', 'State'],
  country: ['address.country', 'country', 'Country'],
  postalCode: [
    ...['address.zip', 'address.postalCode', 'address.postal_code', 'address.zip_code'],
    ...['zip', 'postalCode', 'postal_code']
  ],
  street: ['address.street', 'address', 'street', 'Street'],
  title: ['title', 'job_title', 'jobTitle', 'Title'],
  website: ['website', 'Website']
}

/** Traits with each of these paths, except one that another of them contains. */
function traitsWith(values: [path: string, value: string][]): Record<string, JSONValue> {
  const traits: Record<string, JSONValue> = {}
  for (const [path, value] of values) {
    const [name, part] = path.split('.')
    if (part === undefined) traits[name] = traits[name] ?? value
    else traits[name] = { ...(traits[name] as JSONObject | undefined), [part]: value }
  }
  return traits
}

const [, web] = webPackages
const HOMES: [name: string, fields: Record<string, InputField>][] = [
  ['Upsert Lead', destination.actions.upsertLead.fields],
  ['Submit Background Form', web.definition.actions.submitBackgroundForm.fields]
]

describe.each(HOMES)('The default mappings of %s', (_name, fields) => {
  const mapped = (traits: Record<string, JSONValue>) =>
    transform(defaultValues(fields), { ...createTestEvent({ context: {}, properties: {}, traits }) })

  it.each(Object.entries(SPELLINGS))('read %s from each spelling, and the first one counts', (key, paths) => {
    for (const [i, path] of paths.entries()) {
      const isInside = (other: string) => other.startsWith(`${path}.`) || path.startsWith(`${other}.`)
      const later = paths.slice(i + 1).filter((other) => !isInside(other))
      const traits = traitsWith([[path, 'this'], ...later.map((other): [string, string] => [other, 'later'])])
      expect({ path, value: mapped(traits)[key] }).toEqual({ path, value: 'this' })
      expect(mapped(traitsWith([[path, '  '], ...later.map((other): [string, string] => [other, 'later'])]))[key]).toBe(
        later.length > 0 ? 'later' : undefined
      )
    }
    expect(chainOf(fields[key].default as Value)).toEqual(paths.map((path) => `$.traits.${path}`))
  })

  it('read the email in both spellings from the traits, the context and the properties', () => {
    expect(chainOf(fields.email.default as Value)).toEqual(
      ['traits', 'context.traits', 'properties'].flatMap((place) => [`$.${place}.email`, `$.${place}.Email`])
    )
  })

  it('have a row of the table for each standard field', () => {
    const own = Object.keys(TRAITS).filter((key) => !(key in fields))
    expect(own).toEqual([])
  })
})

it('No default mapping tries more than eight paths: the framework’s time doubles with each', () => {
  const lengthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Math.max(0, ...Object.entries(value).map(([key, part]) => lengthOf(part) + (key === 'else' ? 1 : 0)))
      : 0
  const definitions = [destination, ...webPackages.map(({ definition }) => definition)]
  for (const { actions } of definitions) {
    for (const { fields } of Object.values(actions)) {
      for (const [key, { default: value }] of Object.entries(fields as Record<string, InputField>)) {
        expect({ key, paths: lengthOf(value) + 1 <= PATHS_AT_MOST }).toEqual({ key, paths: true })
      }
    }
  }
})

it.each(Object.entries(TRAITS))(
  'The field of %s has the names and the type that Marketo and its forms use',
  (_key, trait) => {
    const field = LEAD_FIELDS.find(({ name }) => name === trait.rest)
    expect(field).toMatchObject({ soapName: trait.form })
    expect(field?.dataType === 'date').toBe(trait.type === 'date')
    expect(formNameOf(trait.rest)).toBe(trait.form)
  }
)

describe.each(WAYS)('Upsert Lead (%s)', (way) => {
  const lead = async (traits: Record<string, JSONValue>, sending?: Sending) => {
    const report = await sendOne(way, 'upsertLead', eventOf({ userId: 'u' }, traits), sending)
    expect(report).toMatchObject({ status: 200 })
    const { userId: _, ...fields } = leadFields(sandbox())[0]
    return fields
  }

  it.each([
    ...['undefined', 'Undefined', 'null', 'NULL', 'NaN', 'nan', 'nil', '(null)', '<null>', '<nil>', '(not set)'],
    ...['[object Object]', '[object Undefined]', '{{user.name}}', '{{ user.name | default: "" }}', '${name}'],
    ...['#{user.name}', '<%= name %>', '*|FNAME|*', '%NAME%', 'Dear {{name}}', ' undefined ', '\u200b', '[]', '["a"]']
  ])('does not write %j, which means nothing', async (junk) => {
    const traits = ['firstName', 'lastName', 'company', 'phone', 'gender', 'city', 'title', 'website', 'address']
    expect(await lead(Object.fromEntries(traits.map((trait) => [trait, junk])))).toEqual({})
  })

  it.each(['Null', 'Nan', 'Nil', 'None', 'Guest', 'True', '0', 'N/A', '100%', '{code}', '<3', 'A & B', '$5', '#1'])(
    'writes %j, which may be a name',
    async (name) => {
      expect(await lead({ lastName: name, company: name })).toEqual({ lastName: name, company: name })
    }
  )

  it.each([
    ['undefined undefined', {}],
    ['Ann undefined', { firstName: 'Ann' }],
    ['null Bee', { lastName: 'Bee' }],
    ['{{user.first}} {{user.last}}', {}]
  ])('takes from the full name %j only what means something', async (name, expected) => {
    expect(await lead({ name })).toEqual(expected)
  })

  it('takes the full name for a first name that means nothing', async () => {
    expect(await lead({ firstName: 'undefined', name: 'Ann Bee' })).toEqual({ firstName: 'Ann', lastName: 'Bee' })
  })

  it('trims text, also under Custom Fields and in lists', async () => {
    const mapping = { customFields: { plan: { '@path': '$.traits.plan' }, notes: { '@path': '$.traits.notes' } } }
    expect(await lead({ firstName: '\tAnn\u00a0', plan: ' pro ', notes: [' a ', 'b '] }, { mapping })).toEqual({
      firstName: 'Ann',
      plan: 'pro',
      notes: 'a;b'
    })
  })

  it('reads an object that is JSON text like the object, and prefers what has a field of its own', async () => {
    const address = JSON.stringify({ street: ' ', city: 'Eugene', zip: 97405, country: { code: 'US' } })
    expect(await lead({ company: ' {"id":7,"name":"Initech"}', address, City: 'Austin' })).toEqual({
      company: 'Initech',
      city: 'Austin',
      postalCode: '97405'
    })
  })

  it('lets Custom Fields go before the traits title and website, where older mappings have them', async () => {
    const mapping = { customFields: { title: { '@path': '$.traits.role' }, website: { '@path': '$.traits.site' } } }
    const traits = { title: 'Dr.', website: 'https://example.com', role: 'CTO' }
    expect(await lead(traits, { mapping })).toEqual({ title: 'CTO', website: 'https://example.com' })
  })

  it('writes the lead without a title that the instance lacks, unless the customer named it', async () => {
    sandbox().removeField('title')
    expect(await lead({ title: 'CTO', phone: '555' })).toEqual({ phone: '555' })
    const named = { mapping: { customFields: { title: { '@path': '$.traits.title' } } } }
    const report = await sendOne(way, 'upsertLead', eventOf({ userId: 'v' }, { title: 'CTO' }), named)
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('title') as string })
  })
})

describe('In the browser, the form', () => {
  it('gets no text that means nothing, and other text without spaces around it', () => {
    expect(
      formValuesOf({
        ...{ email: 'ann@example.com', userId: 'u', firstName: 'undefined', lastName: ' Bee ', name: 'Ann {{x}}' },
        ...{ company: '[object Object]', phone: '(null)', street: ' 1 Main St ', title: 'CTO', website: '' },
        customFields: { plan: [' a ', 'b'], title: 'Boss' }
      })
    ).toEqual({
      ...{ Email: 'ann@example.com', userId: 'u', LastName: 'Bee', Address: '1 Main St', plan: 'a;b', Title: 'Boss' }
    })
  })

  it.each(Object.entries(TRAITS))(
    'lets Custom Fields go before %s exactly if the cloud does',
    (key, { form, yields }) => {
      const [day, own] = ['1988-02-20', 'own']
      const values = formValuesOf({ email: 'ann@example.com', [key]: day, customFields: { [form]: own } })
      expect(values[form]).toBe(yields ? own : day)
    }
  )
})
