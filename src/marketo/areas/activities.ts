import type { RequestOptions } from '@segment/actions-core'
import { pathOf } from '../transport/call'
import { CALLS } from '../calls/all-calls'
import { itemsIn } from '../transport/client'
import type { MarketoClient } from '../transport/client'
import { LATER } from '../transport/errors'
import { MarketoError } from '../transport/outcome'

/** A custom activity as Add Custom Activities takes it; `activityDate` is ISO 8601 with a zone. */
export interface CustomActivity {
  leadId: number
  activityDate: string
  activityTypeId: number
  primaryAttributeValue: string
  attributes: ActivityAttribute[]
}

export type ActivityAttribute = { apiName: string; value: string | number | boolean }

export interface ActivityType {
  id: number
  apiName: string
  name: string
  description?: string
  status?: string
  triggerName?: string
  filterName?: string
}

export interface ActivityTypeAttribute {
  apiName: string
  name: string
  dataType: string
  description?: string
}

/** @returns all custom activity types, drafts too. @throws MarketoError */
export async function activityTypes(client: MarketoClient): Promise<ActivityType[]> {
  const { result } = await client.send<ActivityType>(CALLS.activityTypes, { method: 'GET' })
  return itemsIn(result)
}

export const isApproved = ({ status }: ActivityType): boolean => String(status).startsWith('approved')

/** @returns the approved custom activity types. Drafts accept no records. @throws MarketoError */
export const approvedActivityTypes = async (client: MarketoClient): Promise<ActivityType[]> =>
  (await activityTypes(client)).filter(isApproved)

/**
 * @param version `live` is what records can have. `draft` has the changes that wait for approval; a type without them has only one
 * @throws MarketoError
 */
export async function describeActivityType(
  client: MarketoClient,
  apiName: string,
  version: 'live' | 'draft' = 'live'
): Promise<{ primaryAttribute?: ActivityTypeAttribute; attributes?: ActivityTypeAttribute[] }> {
  const { result } = await client.send<{
    primaryAttribute?: ActivityTypeAttribute
    attributes?: ActivityTypeAttribute[]
  }>(
    CALLS.activityType,
    { method: 'GET' },
    pathOf(CALLS.activityType, apiName, version === 'draft' ? { draft: 'true' } : {})
  )
  const { primaryAttribute, attributes } = result[0] ?? {}
  return { primaryAttribute, attributes: attributes && itemsIn(attributes) }
}

/** What Create Custom Activity Type takes. */
export type NewActivityType = Pick<ActivityType, 'apiName' | 'name' | 'description'> & {
  triggerName: string
  filterName: string
  primaryAttribute: { apiName: string; name: string }
}

/** @returns the new type, a draft without attributes. Its API name may differ from ours. @throws MarketoError */
export async function createActivityType(client: MarketoClient, type: NewActivityType): Promise<ActivityType> {
  const { result } = await client.send<ActivityType>(CALLS.createActivityType, posting(type))
  if (Number.isSafeInteger(result[0]?.id)) return { ...result[0], apiName: result[0].apiName ?? type.apiName }
  throw new MarketoError({
    status: 502,
    message: `${CALLS.createActivityType.name}: Marketo's answer has no ID for the type. ${LATER}`
  })
}

/** Adds attributes to the draft of a type. @throws MarketoError */
export async function addActivityAttributes(
  client: MarketoClient,
  apiName: string,
  attributes: readonly ActivityTypeAttribute[]
): Promise<void> {
  const call = CALLS.createActivityAttributes
  await client.send(call, posting({ attributes }), pathOf(call, apiName))
}

/** From now on, records of the type are taken, with the attributes of its draft. @throws MarketoError */
export async function approveActivityType(client: MarketoClient, apiName: string): Promise<void> {
  const call = CALLS.approveActivityType
  await client.send(call, { method: 'POST' }, pathOf(call, apiName))
}

const posting = (body: object): RequestOptions => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body)
})
