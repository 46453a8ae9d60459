import { approvedActivityTypes, describeActivityType } from './activities'
import type { MarketoClient } from '../transport/client'
import { describeLeads } from './leads'
import { describeMemberFields } from './programs'
import { Memory } from '../transport/memory'

/** Data types by API name; asked for only once Marketo has refused something. */
type Types = ReadonlyMap<string, string>

const types = new Memory<Types>()
/** The lead fields that an instance lacks, and what it said. */
const refused = new Memory<Map<string, string>>()

/** Remembers that an instance does not take a lead field, and why; for an hour from the first such field on. */
export function rememberRefused(client: MarketoClient, field: string, reason: string): void {
  const fields = refusedFields(client) ?? new Map<string, string>()
  if (fields.size === 0) refused.keep(client, 'leads', fields)
  fields.set(field, reason)
}

/** The lead fields that an instance refused within the last hour, and why; undefined if it took them all. */
export const refusedFields = (client: MarketoClient): Map<string, string> | undefined => refused.known(client, 'leads')

/** @returns the data type of each field of program members, by API name; looked up once an hour. @throws MarketoError */
export function memberFieldTypes(client: MarketoClient): Promise<Types> {
  return types.get(
    client,
    'program members',
    async () => new Map((await describeMemberFields(client)).map(({ name, dataType }) => [name, dataType]))
  )
}

/** The next look-up sees attributes that were just added. */
export const forgetAttributeTypes = (client: MarketoClient, activityTypeId: number): void =>
  types.forget(client, `activity ${activityTypeId}`)

/** @returns the data type of each lead field, by REST API name; looked up once an hour. @throws MarketoError */
export function leadFieldTypes(client: MarketoClient): Promise<Types> {
  return types.get(client, 'leads', async () => {
    const { fields } = await describeLeads(client)
    return new Map(fields.map(({ name, dataType }) => [name, dataType]))
  })
}

/**
 * @returns the data type of each attribute of a custom activity type, by API name; looked up once an hour. Undefined if no such type
 * is approved, which may change at any time
 * @throws MarketoError
 */
export function attributeTypes(client: MarketoClient, activityTypeId: number): Promise<Types | undefined> {
  return types.get(client, `activity ${activityTypeId}`, async () => {
    const type = (await approvedActivityTypes(client)).find(({ id }) => id === activityTypeId)
    if (!type) return undefined
    const { attributes } = await describeActivityType(client, type.apiName)
    return attributes && new Map(attributes.map(({ apiName, dataType }) => [apiName, dataType]))
  })
}
