import type { ObjectType } from '../../state/custom-object-types'
import { LENGTHS } from '../../state/field-values'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall } from '../call'
import { filterOf } from '../pages'

const MADE = '2024-02-03T22:36:23Z'

/** The list tells what an object is related to under `relatedTo`, the description under `object`. */
function shown({ name, displayName, description, dedupeFields, link }: ObjectType, relation: 'relatedTo' | 'object') {
  const searchable = [dedupeFields, ['marketoGUID'], ...(link ? [[link.field]] : [])]
  return {
    name,
    displayName,
    description,
    createdAt: MADE,
    updatedAt: MADE,
    idField: 'marketoGUID',
    dedupeFields,
    searchableFields: searchable,
    relationships: link ? [{ field: link.field, type: 'child', [relation]: link.shownAs }] : []
  }
}

/** List Custom Objects */
export function listCustomObjects({ customObjects }: Marketo, { params }: ReceivedCall) {
  const isAskedFor = filterOf(params, 'names')
  return { result: customObjects.types().flatMap((type) => (isAskedFor(type.name) ? [shown(type, 'relatedTo')] : [])) }
}

const SYSTEM_FIELDS = [
  { name: 'marketoGUID', displayName: 'Marketo GUID', dataType: 'string', length: 36, updateable: false },
  { name: 'createdAt', displayName: 'Created At', dataType: 'datetime', updateable: false },
  { name: 'updatedAt', displayName: 'Updated At', dataType: 'datetime', updateable: false }
]

/** Describe Custom Object */
export function describeCustomObject({ customObjects }: Marketo, { pathArgument }: ReceivedCall) {
  const type = customObjects.type(pathArgument)
  const fields = type.fields.map(({ name, displayName, dataType }) => ({
    name,
    displayName,
    dataType,
    ...(dataType in LENGTHS && { length: LENGTHS[dataType] }),
    updateable: !type.dedupeFields.includes(name)
  }))
  return { result: [{ ...shown(type, 'object'), fields: [...SYSTEM_FIELDS, ...fields] }] }
}
