import { LRUCache } from 'lru-cache'
import { approvedActivityTypes, describeActivityType } from './activities'
import type { MarketoClient } from './client'
import { describeLeads } from './leads'
import { FIELD_MEMORY_MS, FIELDS_REMEMBERED } from './limits'
import { Memory } from './memory'

/** What is known of an instance's fields; asked for only once Marketo has refused something. */
type Types = ReadonlyMap<string, string>

const types = new Memory<Types>()
/** By instance: the lead fields that it refused, and why. */
const refused = new LRUCache<string, Map<string, string>>({ max: FIELDS_REMEMBERED, ttl: FIELD_MEMORY_MS })

/** Remembers that an instance does not take a lead field, and why; for an hour from the first such field on. */
export function rememberRefused({ munchkinId }: MarketoClient, field: string, reason: string): void {
  const fields = refused.get(munchkinId)
  if (fields) fields.set(field, reason)
  else refused.set(munchkinId, new Map([[field, reason]]))
}

/** The lead fields that an instance refused within the last hour, and why; undefined where it took them all. */
export const refusalsOf = ({ munchkinId }: MarketoClient): ReadonlyMap<string, string> | undefined =>
  refused.get(munchkinId)

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
