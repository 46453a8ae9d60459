import { CALLS } from './calls'
import type { MarketoClient } from './client'
import { Memory } from './memory'

/** A lead field as the first Describe Lead shows it. */
interface NamedField {
  displayName?: string
  rest?: { name?: string }
}

/** REST API names of lead fields, by each of the names that Marketo calls them, in lower case. */
type RestNames = ReadonlyMap<string, string>

const restNames = new Memory<RestNames>()

/** These exist in each instance that this destination works with, whatever else they are called there. */
const OWN_NAMES: RestNames = new Map(['id', 'email', 'userId', 'anonymousId'].map((name) => [name.toLowerCase(), name]))

/**
 * @param name a lead field's REST API name or its label, in any case: custom objects name the field that links them either way
 * @returns its REST API name; undefined where no field is called so. Describe Lead tells, at most once an hour
 * @throws MarketoError
 */
export async function leadFieldCalled(client: MarketoClient, name: string): Promise<string | undefined> {
  const folded = name.trim().toLowerCase()
  const own = OWN_NAMES.get(folded)
  if (own) return own
  const names = await restNames.get(client, 'names', async () => {
    const { result } = await client.send<NamedField>(CALLS.describeLeadNames, { method: 'GET' })
    const fields = result.flatMap(({ displayName, rest }) =>
      rest?.name ? [{ label: displayName, name: rest.name }] : []
    )
    return new Map([
      ...fields.flatMap(({ label, name }) => (label ? [[label.toLowerCase(), name] as const] : [])),
      // A name goes before another field's label.
      ...fields.map(({ name }) => [name.toLowerCase(), name] as const)
    ])
  })
  return names.get(folded)
}
