import type { ActivityType } from '../../state/activity-types'
import type { Activity } from '../../state/shapes'
import { isDatetime, refusal } from '../../state/field-values'
import type { Marketo } from '../../state/marketo'
import { reason, type Reason } from '../../state/errors'
import type { ReceivedCall, InputRecord } from '../call'

const REQUIRED = ['leadId', 'activityDate', 'activityTypeId', 'primaryAttributeValue', 'attributes']
const MAX_ATTRIBUTES = 20
const MAX_ATTRIBUTE_BYTES = 65_536

/** An attribute as given, by its API name or by its display name. */
interface NamedValue {
  apiName?: string
  name?: string
  value?: unknown
}

/**
 * Add Custom Activities: write-once records, neither updated nor deduplicated. Unlike the calls for leads, its answer
 * has the reasons for a skipped record under `errors`.
 */
export function addActivities(marketo: Marketo, { input }: ReceivedCall) {
  const result = input.map((record) => {
    const errors = refusals(marketo, record)
    if (errors.length > 0) return { status: 'skipped', errors }

    const { leadId, activityDate, activityTypeId, primaryAttributeValue, attributes } = record as unknown as Activity
    const type = marketo.activityTypes.byId(record.activityTypeId) as ActivityType
    const { id } = marketo.activities.add({
      leadId,
      activityDate,
      activityTypeId,
      activityTypeName: type.name,
      primaryAttributeValue,
      attributes: attributes.map((given) => ({ apiName: attributeOf(type, given)?.apiName ?? '', value: given.value }))
    })
    return { id, marketoGUID: String(id), status: 'added' }
  })
  return { result }
}

function refusals({ activityTypes, leads }: Marketo, record: InputRecord): Reason[] {
  const missing = REQUIRED.filter((name) => record[name] === undefined || record[name] === null)
  if (missing.length > 0) return missing.map((name) => reason('1002', name))

  const { leadId, activityDate, activityTypeId, primaryAttributeValue, attributes } = record
  const type = activityTypes.byId(activityTypeId)
  if (!Number.isInteger(leadId)) return [reason('1001', leadId, 'integer')]
  if (!leads.get(leadId)) return [reason('1004')]
  if (!type) return [reason('1003', `Activity type '${String(activityTypeId)}' not found`)]
  if (!type.status.startsWith('approved')) return [reason('1003', `Activity type '${type.name}' is not approved`)]
  if (typeof activityDate !== 'string') return [reason('1001', activityDate, 'datetime')]
  if (!isDatetime(activityDate, true)) return [reason('1003', `Invalid activityDate '${activityDate}'`)]
  if (!Array.isArray(attributes)) return [reason('1001', attributes, 'array')]
  if (attributes.length > MAX_ATTRIBUTES) return [reason('1028')]
  if (Buffer.byteLength(JSON.stringify(attributes)) > MAX_ATTRIBUTE_BYTES) return [reason('1049')]

  const { apiName, dataType } = type.primaryAttribute
  const primary = refusal(apiName, dataType, primaryAttributeValue)
  const others = (attributes as NamedValue[]).map((given) => attributeRefusal(type, given))
  return [primary, ...others].filter((why) => why !== undefined)
}

function attributeRefusal(type: ActivityType, given: NamedValue): Reason | undefined {
  const attribute = attributeOf(type, given)
  if (!attribute) return reason('1006', given.apiName ?? given.name)
  if (given.value === undefined || given.value === null) return reason('1002', 'value')
  return refusal(attribute.apiName, attribute.dataType, given.value)
}

const attributeOf = ({ attributes }: ActivityType, given: NamedValue) =>
  attributes.find(({ apiName, name }) =>
    given.apiName === undefined ? name === given.name : apiName === given.apiName
  )
