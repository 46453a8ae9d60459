import { LENGTHS } from '../../state/field-values'
import type { Marketo } from '../../state/marketo'

/** Describe Lead 2 */
export function describeLeads({ fields }: Marketo) {
  const all = [...fields.values()]
  const described = all.map(({ name, displayName, dataType, updateable }) => ({
    name,
    displayName,
    dataType,
    ...(dataType in LENGTHS && { length: LENGTHS[dataType] }),
    updateable,
    crmManaged: false
  }))
  const searchableFields = all.filter((field) => field.searchable).map((field) => [field.name])
  return { result: [{ name: 'API Lead', searchableFields, fields: described }] }
}
