import { pathOf } from '../transport/call'
import { CALLS } from '../calls/all-calls'
import { itemsIn } from '../transport/client'
import type { MarketoClient } from '../transport/client'

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
}

export interface ActivityTypeAttribute {
  apiName: string
  name: string
  dataType: string
  description?: string
}

/** @returns the approved custom activity types. Drafts accept no records */
export async function approvedActivityTypes(client: MarketoClient): Promise<ActivityType[]> {
  const { result } = await client.send<ActivityType>(CALLS.activityTypes, { method: 'GET' })
  return itemsIn(result).filter(({ status }) => String(status).startsWith('approved'))
}

export async function describeActivityType(
  client: MarketoClient,
  apiName: string
): Promise<{ primaryAttribute?: ActivityTypeAttribute; attributes?: ActivityTypeAttribute[] }> {
  const { result } = await client.send<{
    primaryAttribute?: ActivityTypeAttribute
    attributes?: ActivityTypeAttribute[]
  }>(CALLS.activityType, { method: 'GET' }, pathOf(CALLS.activityType, apiName))
  const { primaryAttribute, attributes } = result[0] ?? {}
  return { primaryAttribute, attributes: attributes && itemsIn(attributes) }
}
