import { namesOf, textIn } from '../leads/who/artifacts'
import { isPlain } from '../marketo/values/convert'
import type { PlainValue } from '../marketo/values/convert'
import { TRAITS } from '../segment/traits'
import type { TraitField } from '../segment/traits'
import { isEmpty, jsonIn } from '../segment/values'

type Texts = Partial<Record<TraitField | 'name', string>>

export const TRAIT_FIELDS = Object.keys(TRAITS) as TraitField[]
const FIELDS = [...TRAIT_FIELDS, 'name'] as const

/** The traits that may be an object, by the field that takes them if they are text. */
const OBJECTS: Texts = { company: 'company', street: 'address' }

/**
 * The text of each trait that means something. Reverse ETL writes lists and objects as JSON text. Such a text fills what the list
 * or object itself would fill: an object the fields of its parts, a list nothing.
 */
export function textsOf(traits: Texts): Partial<Record<TraitField, string>> {
  const texts: Texts = {}
  const objects: [place: string, object: unknown][] = []
  for (const key of FIELDS) {
    if (traits[key] === undefined) continue
    const text = textIn(traits[key])
    const json = text?.startsWith('[') || text?.startsWith('{') ? jsonIn(text) : undefined
    const place = OBJECTS[key]
    if (json === undefined) texts[key] = text
    else if (place !== undefined) objects.push([`${place}.`, json])
  }
  for (const [place, object] of objects) fill(texts, place, object as Record<string, unknown>)
  return Object.assign(texts, namesOf(texts))
}

/** Fills empty traits with the parts of an object, by the paths that the default mappings take from it. */
function fill(texts: Texts, place: string, object: Record<string, unknown>): void {
  for (const key of TRAIT_FIELDS) {
    if (texts[key] !== undefined) continue
    const parts = TRAITS[key].paths.filter((path) => path.startsWith(place)).map((path) => path.slice(place.length))
    const part = parts
      .map((name) => object[name])
      .find((value): value is PlainValue => isPlain(value) && !isEmpty(value))
    if (part !== undefined) texts[key] = textIn(String(part))
  }
}
