import { PayloadValidationError } from '@segment/actions-core'
import type { ActivityAttribute, CustomActivity } from '../marketo/areas/activities'
import { ATTRIBUTE_BYTES, ATTRIBUTES_PER_ACTIVITY } from '../marketo/transport/limits'
import { isoTime } from '../marketo/values/dates'
import { isEmpty, orNow, plainValue } from '../segment/values'
import type { Payload } from './generated-types'

/**
 * The custom activity that an event becomes, without its lead.
 * @throws PayloadValidationError for a value that Marketo would refuse; the message names the field
 */
export function activityOf(payload: Payload): Omit<CustomActivity, 'leadId'> {
  const { activityTypeId, primaryAttributeValue, activityDate } = payload
  if (isEmpty(primaryAttributeValue)) {
    throw new PayloadValidationError("Primary Attribute Value is empty. Map the value of the activity's primary field.")
  }
  return {
    activityDate: isoTime(orNow(activityDate), 'Activity Date'),
    activityTypeId,
    primaryAttributeValue,
    attributes: attributesOf(payload.attributes ?? {})
  }
}

function attributesOf(mapped: { [apiName: string]: unknown }): ActivityAttribute[] {
  const attributes: ActivityAttribute[] = []
  for (const [apiName, mappedValue] of Object.entries(mapped)) {
    const value = plainValue(mappedValue, `Attributes > ${apiName}`)
    if (value !== undefined && value !== null) attributes.push({ apiName, value })
  }
  if (attributes.length > ATTRIBUTES_PER_ACTIVITY) {
    throw new PayloadValidationError(
      `Attributes holds ${attributes.length} values, but a custom activity has ${ATTRIBUTES_PER_ACTIVITY} at most. Map fewer.`
    )
  }
  if (Buffer.byteLength(JSON.stringify(attributes)) > ATTRIBUTE_BYTES) {
    throw new PayloadValidationError(
      `Attributes is larger than the ${ATTRIBUTE_BYTES} bytes that Marketo takes. Map fewer or shorter values.`
    )
  }
  return attributes
}
