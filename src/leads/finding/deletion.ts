import type { MarketoClient } from '../../marketo/transport/client'
import type { LeadRow } from '../../marketo/areas/leads'
import { MarketoError } from '../../marketo/transport/outcome'
import { identifierIn } from '../who/artifacts'
import type { LeadKey } from '../who/keys'
import { searchLeads, valueIn } from './search'
import { isSameValue } from '../who/keys'

/**
 * The leads of a user to delete: those with the user ID, and those with the anonymous ID that have no email and no
 * other user ID. So no lead of another person is deleted, which could not be undone.
 * @param userId any type; numbers are read as text, artifacts such as "null" count as absent
 * @param anonymousId given only if anonymous tracking is on
 * @returns their IDs
 * @throws MarketoError if they could not be looked up
 */
export async function leadsOfUser(client: MarketoClient, userId: unknown, anonymousId: unknown): Promise<number[]> {
  const user = textOf(userId)
  const browser = textOf(anonymousId)
  const ids = new Set<number>()
  if (user !== undefined) for (const { id } of await exactFirst(client, 'userId', user)) ids.add(id)
  if (browser !== undefined) {
    for (const row of await exactFirst(client, 'anonymousId', browser)) {
      const owner = valueIn(row, 'userId')
      const isUsers = owner === undefined || isSameValue(owner, user)
      if (isUsers && valueIn(row, 'email') === undefined) ids.add(row.id)
    }
  }
  return [...ids]
}

/** The leads with exactly this value. If there are none, those with the value in another case. */
async function exactFirst(client: MarketoClient, key: LeadKey, value: string): Promise<LeadRow[]> {
  const fields = [...new Set(['id', 'email', 'userId', key])]
  const { rows, failures } = await searchLeads(client, key, [value], fields)
  const failure = failures.get(value)
  if (failure) throw new MarketoError(failure)
  const same = rows.filter((row) => isSameValue(valueIn(row, key), value))
  const exact = same.filter((row) => valueIn(row, key) === value)
  return exact.length > 0 ? exact : same
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? identifierIn(String(value)) : undefined
}
