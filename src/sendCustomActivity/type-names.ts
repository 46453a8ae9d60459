import { refusal } from '../marketo/transport/outcome'

/**
 * The data types that attributes of custom activities can have.
 * Source: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/activities, "Custom Activities"
 */
const ATTRIBUTE_TYPES = [
  ...['string', 'boolean', 'integer', 'float', 'link', 'email'],
  ...['currency', 'date', 'datetime', 'phone', 'text']
]

/** An attribute that a person asks for. */
export interface WantedAttribute {
  name: string
  /** One of those that Marketo has. */
  dataType: string
}

/**
 * @param entry as a person enters it: `Total: float`, or only a name, which means text
 * @throws MarketoError (400) that names the types, for another one
 */
export function wantedAttributeIn(entry: string): WantedAttribute {
  const [, name, given] = /^(.*):([^:]*)$/.exec(entry) ?? [undefined, entry, 'text']
  const dataType = ATTRIBUTE_TYPES.find((type) => type === given.trim().toLowerCase())
  if (dataType !== undefined && name.trim() !== '') return { name: name.trim(), dataType }
  throw refusal(
    `Attributes > ${entry.trim()}: enter a name, or a name and a type such as "Total: float". The types are ${ATTRIBUTE_TYPES.join(
      ', '
    )}.`
  )
}

/** Compares names as Marketo does: upper and lower case do not matter. */
export const sameName = (one: string | undefined, other: string): boolean =>
  one?.trim().toLowerCase() === other.trim().toLowerCase()

/**
 * @param name as people read it
 * @param taken names that it may not have, in any case
 * @param otherwise the API name of a name that has no Latin letter
 * @returns `orderTotal` for `Order Total`: Marketo takes letters and digits
 */
export function apiNameFor(name: string, taken: readonly string[], otherwise: string): string {
  const words =
    name
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .match(/[a-z0-9]+/gi) ?? []
  const joined = words.map((word, i) => `${i === 0 ? word[0].toLowerCase() : word[0].toUpperCase()}${word.slice(1)}`)
  const apiName = joined.join('')
  return free(/[a-z]/i.test(apiName) ? apiName : `${otherwise}${apiName}`, taken, '')
}

/** @returns the name, with a number after it if others have it */
export function free(name: string, taken: readonly string[], between: string): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${between}${number}`
    if (!taken.some((other) => sameName(other, candidate))) return candidate
  }
}
