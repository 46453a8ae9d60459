import type { DynamicFieldItem } from '@segment/actions-core'
import { approvedActivityTypes, describeActivityType } from '../marketo/areas/activities'
import { sentences } from '../marketo/transport/errors'
import { refusal } from '../marketo/transport/outcome'
import { choices, keptChoices } from '../segment/choices'
import type { Payload } from './generated-types'

/** The approved custom activity types. */
export const activityTypeChoices = choices(async (client): Promise<DynamicFieldItem[]> => {
  const types = await approvedActivityTypes(client)
  return types.map(({ id, name, description }) => ({
    label: name,
    value: String(id),
    description: description ? `${id}: ${description}` : String(id)
  }))
})

/** The attributes of the chosen activity type, by API name, without the primary one, which each description names. */
export const attributeChoices = keptChoices<Payload>(
  'attributes',
  (payload) => payload?.activityTypeId,
  async (client, payload): Promise<DynamicFieldItem[]> => {
    const id = Number(payload?.activityTypeId)
    if (!id) throw refusal('Choose an Activity Type ID first: its attributes are offered here.')
    const type = (await approvedActivityTypes(client)).find((candidate) => candidate.id === id)
    if (!type) {
      throw refusal(`No approved custom activity has the ID ${id}. Choose one of those offered for Activity Type ID.`)
    }
    const { primaryAttribute, attributes = [] } = await describeActivityType(client, type.apiName)
    const primary = primaryAttribute && `The primary field, ${primaryAttribute.name}, is set by Primary Attribute Value`
    return attributes.map(({ apiName, name, dataType }) => ({
      label: name,
      value: apiName,
      description: sentences(`${apiName} (${dataType})`, primary)
    }))
  }
)
