import { textOf } from '../../migration/directive'
import { activityTypes, describeActivityType, isApproved } from '../../src/marketo/areas/activities'
import { checkFields } from '../fields'
import { found } from '../finding'
import { hookOutput, idIn, mappedTo } from '../mappings'
import type { Check } from './check'

export const checkSendCustomActivity: Check = async (client, mapping) => {
  const saved = hookOutput(mapping, 'onMappingSave', 'activityTypeId')
  const given = mappedTo(saved) === undefined ? mapping.fields.activityTypeId : saved
  if (mappedTo(given) === undefined) return [found('activity-type-unset', 'The mapping has no activity type.')]
  if (mappedTo(given) === 'from the event') return [found('from-event', 'Activity Type ID comes from the event.')]
  const id = idIn(given)
  const type = (await activityTypes(client)).find((candidate) => candidate.id === id)
  if (!type) return [found('activity-type-missing', `Marketo has no custom activity with the ID ${textOf(given)}.`)]
  if (!isApproved(type)) return [found('activity-type-draft', `The custom activity "${type.name}" is only a draft.`)]
  const { attributes = [] } = await describeActivityType(client, type.apiName)
  const fields = attributes.map(({ apiName, dataType }) => ({ name: apiName, dataType }))
  return checkFields('Attributes', mapping.fields.attributes, fields, {
    word: `attribute of "${type.name}"`,
    missing: 'attribute-missing',
    type: 'attribute-type'
  })
}
