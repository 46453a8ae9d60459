import { LRUCache } from 'lru-cache'
import { approvedActivityTypes, describeActivityType } from './activities'
import type { MarketoClient } from './client'
import { describeLeads } from './leads'
import { FIELD_MEMORY_MS, FIELDS_REMEMBERED } from './limits'
import { Memory } from './memory'

/** What is known of an instance's fields; asked for only once Marketo has refused something. */
type Types = ReadonlyMap<string, string>

const types = new Memory<Types>()
const refused = new LRUCache<string, string>({ max: FIELDS_REMEMBERED, ttl: FIELD_MEMORY_MS })

const keyOf = (client: MarketoClient, what: string): string => `${client.munchkinId} ${what}`

/** Remembers for an hour that an instance does not take a lead field, and why. */
export function rememberRefused(client: MarketoClient, field: string, reason: string): void {
  refused.set(keyOf(client, field), reason)
}

/** Why an instance does not take a lead field, if it refused it within the last hour. */
export const refusalOf = (client: MarketoClient, field: string): string | undefined => refused.get(keyOf(client, field))

/** @returns the data type of each lead field, by REST API name; looked up once an hour. @throws MarketoError */
export function leadFieldTypes(client: MarketoClient): Promise<Types> {
  return types.get(client, 'leads', async () => {
    const { fields } = await describeLeads(client)
    return new Map(fields.map(({ name, dataType }) => [name, dataType]))
  })
}

/** @returns the data type of each attribute of a custom activity type, by API name; looked up once an hour. @throws MarketoError */
export function attributeTypes(client: MarketoClient, activityTypeId: number): Promise<Types> {
  return types.get(client, `activity ${activityTypeId}`, async () => {
    const type = (await approvedActivityTypes(client)).find(({ id }) => id === activityTypeId)
    if (!type) return new Map<string, string>()
    const { attributes = [] } = await describeActivityType(client, type.apiName)
    return new Map(attributes.map(({ apiName, dataType }) => [apiName, dataType]))
  })
}
