import { isPlain } from '../marketo/convert'
import type { PlainValue } from '../marketo/convert'
import { TRAITS } from '../segment/traits'
import type { TraitField } from '../segment/traits'
import { isEmpty, jsonIn } from '../segment/values'

type Traits = Partial<Record<TraitField | 'name', string>>

const TRAIT_FIELDS = Object.keys(TRAITS) as TraitField[]

/** The traits that may be an object, by the field that takes them if they are text. */
const OBJECTS: Partial<Record<keyof Traits, string>> = { company: 'company', street: 'address' }

/**
 * Reverse ETL writes lists and objects as JSON text. Such a text fills what the list or object itself would fill: an object the
 * fields of its parts, a list nothing.
 * @returns the traits, read this way
 */
export function withJsonRead(traits: Traits): Traits {
  const read = { ...traits }
  for (const key of [...TRAIT_FIELDS, 'name'] as const) {
    const json = jsonIn(traits[key])
    if (json === undefined) continue
    read[key] = undefined
    const container = OBJECTS[key]
    if (container !== undefined) fill(read, `${container}.`, json as Record<string, unknown>)
  }
  return read
}

/** Fills empty traits with the parts of an object, by the paths that the default mappings take from it. */
function fill(traits: Traits, container: string, object: Record<string, unknown>): void {
  for (const key of TRAIT_FIELDS) {
    if (!isEmpty(traits[key])) continue
    const parts = TRAITS[key].paths
      .filter((path) => path.startsWith(container))
      .map((path) => path.slice(container.length))
    const part = parts
      .map((name) => object[name])
      .find((value): value is PlainValue => isPlain(value) && !isEmpty(value))
    if (part !== undefined) traits[key] = String(part)
  }
}
