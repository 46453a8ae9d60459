import { textOf } from '../../migration/directive'
import { describeLeads } from '../../src/marketo/areas/leads'
import { TRAITS } from '../../src/segment/traits'
import { checkFields } from '../fields'
import { found } from '../finding'
import type { Found } from '../finding'
import { mappedTo } from '../mappings'
import type { Check } from './check'

const LEAD_FIELD = {
  word: 'lead field',
  missing: 'lead-field-missing',
  readOnly: 'lead-field-read-only',
  type: 'lead-field-type'
} as const

export const checkUpsertLead: Check = async (client, { fields: mapped }) => {
  const { fields, searchable } = await describeLeads(client)
  const standard = Object.entries(TRAITS)
    .filter(([key]) => mappedTo(mapped[key]) !== undefined)
    .map(([key, { rest }]): [string, string] => [key, rest])
  const lacks = standard.filter(([, rest]) => !fields.some(({ name }) => name === rest))
  return [
    ...lacks.map(([, rest]) => found('lead-field-missing', `Marketo has no lead field "${rest}", so it is left out.`)),
    ...checkFields('Custom Fields', mapped.customFields, fields, LEAD_FIELD),
    ...lookupFindings(),
    ...nameFindings('onlyIfEmpty', 'Only If Empty'),
    ...nameFindings('neverToFalse', 'Never To False', 'boolean')
  ]

  function lookupFindings(): Found[] {
    const lookup = mappedTo(mapped.lookupField)
    if (lookup === undefined) return []
    if (lookup === 'from the event') return [found('from-event', 'Lookup Field comes from the event.')]
    const name = textOf(lookup.literal)
    if (name === 'automatic' || searchable.has(name)) return []
    return [found('lookup-field', `Lookup Field "${name}": Marketo cannot look leads up by it.`)]
  }

  /** Fields that hold names of lead fields, in any case. */
  function nameFindings(key: string, label: string, dataType?: string): Found[] {
    const names = mappedTo(mapped[key])
    if (names === undefined || names === 'from the event') return []
    return [names.literal].flat().flatMap((given) => {
      const field = fields.find(({ name }) => name.toLowerCase() === textOf(given).trim().toLowerCase())
      if (!field) return [found('lead-field-missing', `${label}: Marketo has no lead field "${textOf(given)}".`)]
      if (dataType === undefined || field.dataType === dataType) return []
      return [found('lead-field-type', `${label}: the lead field "${field.name}" is of type ${field.dataType}.`)]
    })
  }
}
