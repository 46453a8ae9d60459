import type { DynamicFieldItem } from '@segment/actions-core'
import { customObjects, describeCustomObject } from '../marketo/areas/custom-objects'
import type { CustomObject, CustomObjectField } from '../marketo/areas/custom-objects'
import { sentences } from '../marketo/transport/errors'
import { refusal } from '../marketo/transport/outcome'
import { choices } from '../segment/choices'
import type { Payload } from './generated-types'

/** The custom objects of the instance. */
export const objectChoices = choices(async (client): Promise<DynamicFieldItem[]> => {
  const objects = await customObjects(client)
  return objects.map(({ name, displayName = name, description }) => ({
    label: displayName,
    value: name,
    description: description ? `${name}: ${description}` : name
  }))
})

/** The fields of the chosen object that can be written, the dedupe fields first and marked. */
export const fieldChoices = choices<Payload>(async (client, payload): Promise<DynamicFieldItem[]> => {
  const name = payload?.objectName?.trim()
  if (!name) {
    throw refusal('Choose a Custom Object first: its fields are offered here.')
  }
  const object = await describeCustomObject(client, name)
  const isDedupe = (field: CustomObjectField) => object.dedupeFields.includes(field.name)
  const others = object.fields.filter((field) => !isDedupe(field))
  return [
    ...object.fields.filter(isDedupe).map((field) => itemOf(field, object, 'dedupe field')),
    ...others
      .filter((field) => field.updateable || field.name === object.link?.field)
      .map((field) => itemOf(field, object))
  ]
})

function itemOf(
  { name, displayName = name, dataType = 'unknown type' }: CustomObjectField,
  { link }: CustomObject,
  mark?: string
): DynamicFieldItem {
  const isLink = name === link?.field
  return {
    label: mark ? `${displayName} (${mark})` : displayName,
    value: name,
    description: sentences(
      `${name} (${dataType})`,
      mark && !isLink ? 'Map it: it identifies the record' : undefined,
      isLink ? `The link to the lead: filled with the lead's ${link.leadField} if you do not map it` : undefined
    )
  }
}
