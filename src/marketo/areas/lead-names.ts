import type { MarketoClient } from '../transport/client'
import { describeLeads } from './leads'
import { Memory } from '../transport/memory'

/** REST API names of lead fields, by name and by label, in lower case. */
type RestNames = ReadonlyMap<string, string>

const restNames = new Memory<RestNames>()

/** Each instance that this destination works with has these, whatever their labels are. */
const OWN_NAMES: RestNames = new Map(['id', 'email', 'userId', 'anonymousId'].map((name) => [name.toLowerCase(), name]))

/**
 * @param name a lead field's REST API name or its label, in any case: custom objects name the field that links them either way
 * @returns its REST API name; undefined if there is no such field. Calls Describe Lead at most once an hour
 * @throws MarketoError
 */
export async function leadFieldCalled(client: MarketoClient, name: string): Promise<string | undefined> {
  const folded = name.trim().toLowerCase()
  const own = OWN_NAMES.get(folded)
  if (own) return own
  const names = await restNames.get(client, 'names', async () => {
    const { fields } = await describeLeads(client)
    const labels = fields.map((field) => [`${field.displayName}`.trim().toLowerCase(), field.name] as const)
    // A name goes before another field's label.
    return new Map([...labels, ...fields.map((field) => [field.name.toLowerCase(), field.name] as const)])
  })
  return names.get(folded)
}
