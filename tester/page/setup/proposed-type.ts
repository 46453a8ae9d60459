import { apiNameFor } from '../../../src/sendCustomActivity/type-names'
import { isObject, type Mapping, type Value } from '../shared/manifest'
import type { Event } from '../shared/server'

/** An activity type for an event, and the mapping that fills it. */
export interface ProposedType {
  inputs: { typeName: string; primaryAttribute: string; attributes: string[] }
  mapping: Mapping
}

/** @returns what a mapping's hook would create, unless it has done so or nothing was entered */
export function wantedType({ onMappingSave }: Mapping): ProposedType['inputs'] | undefined {
  if (!isObject(onMappingSave) || isObject(onMappingSave.outputs) || !isObject(onMappingSave.inputs)) return undefined
  const { typeName, primaryAttribute, attributes } = onMappingSave.inputs
  if (typeof typeName !== 'string' || typeName === '') return undefined
  return {
    typeName,
    primaryAttribute: typeof primaryAttribute === 'string' ? primaryAttribute : '',
    attributes: Array.isArray(attributes) ? attributes.map(String) : []
  }
}

const ATTRIBUTES = 20
const STRING_LENGTH = 255

/** Proposes a type from the event's name and its properties: an ID among them is the primary attribute, or else the name. */
export function proposedType({ event, properties }: Event): ProposedType {
  const name = typeof event === 'string' ? event : ''
  const typeName = name
    .replace(/[^\w ]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
  const entries = Object.entries(isObject(properties) ? properties : {}).filter(([, value]) => value !== null)
  const id = entries.find(([key, value]) => /(^|_)id$|[a-z]I[dD]$/i.test(key) && typeof value === 'string')
  const primaryAttribute = id ? titleOf(id[0]) : 'Event Name'
  const others = entries.filter((entry) => entry !== id).slice(0, ATTRIBUTES)
  const taken = [apiNameFor(primaryAttribute, [], 'primary')]
  const mapped = others.map(([key]): [string, Value] => {
    const apiName = apiNameFor(titleOf(key), taken, 'attribute')
    taken.push(apiName)
    return [apiName, { '@path': `$.properties.${key}` }]
  })
  return {
    inputs: {
      typeName,
      primaryAttribute,
      attributes: others.map(([key, value]) => `${titleOf(key)}: ${typeOf(value)}`)
    },
    mapping: {
      primaryAttributeValue: { '@path': id ? `$.properties.${id[0]}` : '$.event' },
      attributes: Object.fromEntries(mapped)
    }
  }
}

/** `Order Total` for `order_total` and `orderTotal`. A colon would begin a type. */
const titleOf = (key: string): string =>
  key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join(' ')

function typeOf(value: Value): string {
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'float'
  if (typeof value !== 'string') return 'text'
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return 'date'
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return 'datetime'
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) return 'email'
  if (/^https?:\/\//.test(value)) return value.length <= STRING_LENGTH ? 'link' : 'text'
  return value.length <= STRING_LENGTH ? 'string' : 'text'
}
