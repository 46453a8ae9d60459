import { PayloadValidationError } from '@segment/actions-core'
import { idIn } from '../segment/identity'
import type { ActivityAttribute, CustomActivity } from '../marketo/areas/activities'
import { ATTRIBUTE_BYTES, ATTRIBUTES_PER_ACTIVITY } from '../marketo/transport/limits'
import { isPlain } from '../marketo/values/convert'
import { isoTime } from '../marketo/values/dates'
import { checkedDate } from '../segment/dates'
import { holdsObject, isEmpty, objectRefusal, orNow, plainValue } from '../segment/values'
import type { Payload } from './generated-types'

/** An activity without its lead. */
export interface ReadActivity {
  activity: Omit<CustomActivity, 'leadId'>
  /** API names of the attributes that were given as objects and became JSON text. */
  jsonTexts: string[]
  /** It is recorded only if the log does not have it. Only with a date of its own: a retry without one has another time. */
  isOnce: boolean
}

/**
 * The custom activity that an event becomes, without its lead.
 * @param savedTypeId the type that was made when the mapping was saved, if one was
 * @throws PayloadValidationError for a value that Marketo would refuse; the message names the field
 */
export function activityOf(payload: Payload, savedTypeId: unknown): ReadActivity {
  const { primaryAttributeValue, activityDate } = payload
  const activityTypeId = typeIdOf(savedTypeId, payload.activityTypeId)
  if (isEmpty(primaryAttributeValue)) {
    throw new PayloadValidationError("Primary Attribute Value is empty. Map the value of the activity's primary field.")
  }
  const { attributes, jsonTexts } = attributesOf(payload.attributes ?? {})
  return {
    activity: {
      activityDate: checkedDate(isoTime(orNow(activityDate)), 'Activity Date'),
      activityTypeId,
      primaryAttributeValue,
      attributes
    },
    jsonTexts,
    isOnce: payload.preventDuplicates === true && activityDate !== undefined && !isEmpty(activityDate)
  }
}

/** The type that was made when the mapping was saved goes before the mapped one. */
function typeIdOf(saved: unknown, mapped: number | undefined): number {
  const id = isPlain(saved) && !isEmpty(saved) ? Number(saved) : mapped ?? undefined
  if (id !== undefined) return idIn(id, 'Activity Type ID')
  throw new PayloadValidationError(
    'Activity Type ID is empty. Choose a custom activity, or enter a Type Name under "Create the activity type" and save the mapping.'
  )
}

/** Objects become JSON text. Whether Marketo can hold it depends on the attribute's type: see {@link checkJsonTexts}. */
function attributesOf(mapped: { [apiName: string]: unknown }): {
  attributes: ActivityAttribute[]
  jsonTexts: string[]
} {
  const attributes: ActivityAttribute[] = []
  const jsonTexts: string[] = []
  for (const [apiName, mappedValue] of Object.entries(mapped)) {
    if (holdsObject(mappedValue)) {
      attributes.push({ apiName, value: JSON.stringify(mappedValue) })
      jsonTexts.push(apiName)
      continue
    }
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
  return { attributes, jsonTexts }
}

/**
 * @param types of the attributes, as far as they are known
 * @throws PayloadValidationError for an object in an attribute that cannot hold text
 */
export function checkJsonTexts({ jsonTexts }: ReadActivity, types: ReadonlyMap<string, string> | undefined): void {
  for (const apiName of jsonTexts) {
    const type = types?.get(apiName)
    if (type !== undefined && type !== 'string' && type !== 'text') throw objectRefusal(`Attributes > ${apiName}`)
  }
}
