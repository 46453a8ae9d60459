import { pathOf } from '../transport/call'
import { CALLS } from '../calls/all-calls'
import { itemsIn } from '../transport/client'
import type { MarketoClient } from '../transport/client'
import { LATER, sentences } from '../transport/errors'
import { Memory } from '../transport/memory'
import { MarketoError, refusal } from '../transport/outcome'

/** A custom object as Marketo lists it. */
export interface CustomObjectItem {
  name: string
  displayName?: string
  description?: string
}

export interface CustomObjectField {
  name: string
  displayName?: string
  dataType?: string
  updateable?: boolean
}

/** A custom object as Describe Custom Object shows it. */
export interface CustomObject {
  fields: CustomObjectField[]
  /** The data type of each field. */
  types: ReadonlyMap<string, string | undefined>
  /** Together they identify a record. */
  dedupeFields: string[]
  /** The field that links a record to a lead, and the lead field whose value it holds, by its name or label. */
  link?: { field: string; leadField: string }
}

/** A link to another object. Adobe's pages show one form, and real instances the other. */
interface Relationship {
  field?: string
  object?: RelatedObject
  relatedTo?: RelatedObject
}

type RelatedObject = { name?: string; field?: string }

/** @returns the custom objects of an instance. Marketo lists them all at once. @throws MarketoError */
export async function customObjects(client: MarketoClient): Promise<CustomObjectItem[]> {
  const { result } = await client.send<CustomObjectItem>(CALLS.customObjects, { method: 'GET' })
  return itemsIn(result)
}

const remembered = new Memory<CustomObject>()

/** Like {@link describeCustomObject}, at most once an hour. */
export const knownCustomObject = (client: MarketoClient, name: string): Promise<CustomObject> =>
  remembered.get(client, name, () => describeCustomObject(client, name))

/** @throws MarketoError; 400 if the custom object does not exist */
export async function describeCustomObject(client: MarketoClient, name: string): Promise<CustomObject> {
  const call = CALLS.customObject
  // It becomes part of a path, so anything but a name could lead to another call.
  if (!/^\w{1,255}$/.test(name)) {
    throw refusal(
      'Custom Object must be the API name of an object, such as car_c, with letters, digits and underscores only.'
    )
  }
  const { result } = await client.send<Partial<CustomObject> & { relationships?: Relationship[] }>(
    call,
    { method: 'GET' },
    pathOf(call, name)
  )
  if (result.length === 0) {
    throw refusal(`${call.name}: ${sentences(call.advice?.['1013'])}`)
  }
  const [{ fields, dedupeFields, relationships }] = result
  if (!Array.isArray(dedupeFields) || !Array.isArray(fields)) {
    throw new MarketoError({
      status: 500,
      message: `${call.name}: Marketo's answer describes no custom object. ${LATER}`
    })
  }
  const items = itemsIn(fields)
  const types = new Map(items.map(({ name, dataType }) => [name, dataType]))
  return { fields: items, types, dedupeFields, link: linkIn(itemsIn(relationships)) }
}

function linkIn(relationships: Relationship[]): CustomObject['link'] {
  for (const { field, object, relatedTo } of relationships) {
    const related = object ?? relatedTo
    if (field && related?.field && String(related.name).trim().toLowerCase() === 'lead')
      return { field, leadField: related.field }
  }
  return undefined
}
