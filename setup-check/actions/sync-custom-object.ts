import { textOf } from '../../migration/directive'
import { customObjects, describeCustomObject } from '../../src/marketo/areas/custom-objects'
import { checkFields } from '../fields'
import { found } from '../finding'
import { entriesIn, mappedTo } from '../mappings'
import type { Check } from './check'

export const checkSyncCustomObject: Check = async (client, { fields: mapped }) => {
  const given = mappedTo(mapped.objectName)
  if (given === undefined) return [found('required-field-unmapped', 'Custom Object is not mapped.')]
  if (given === 'from the event') return [found('from-event', 'Custom Object comes from the event.')]
  const name = textOf(given.literal).trim()
  if (!(await customObjects(client)).some((object) => object.name === name)) {
    return [found('object-missing', `Marketo has no custom object "${name}".`)]
  }
  const { fields, dedupeFields, link } = await describeCustomObject(client, name)
  // Dedupe fields can't be changed later, so Marketo does not call them updateable.
  const writable = fields.map((field) => ({
    ...field,
    updateable: field.updateable || dedupeFields.includes(field.name)
  }))
  const entries = entriesIn(mapped.fields) ?? []
  const isMapped = (field: string) => entries.some(([key, value]) => key === field && mappedTo(value) !== undefined)
  const unmapped = dedupeFields.filter((field) => field !== link?.field && !isMapped(field))
  return [
    ...checkFields('Fields', mapped.fields, writable, {
      word: `field of "${name}"`,
      missing: 'object-field-missing',
      readOnly: 'object-field-missing',
      type: 'object-field-type'
    }),
    ...(entriesIn(mapped.fields) === undefined ? [] : unmapped).map((field) =>
      found('dedupe-field-unmapped', `Fields > ${field}: the dedupe field of "${name}" is not mapped.`)
    )
  ]
}
