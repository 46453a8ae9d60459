import type { DestinationDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { findLeads } from '../leads/find'
import { LEAD_NOT_FOUND } from '../marketo/errors'
import { deleteLeads } from '../marketo/leads'
import { isFailure, MarketoError } from '../marketo/outcome'
import { clientFor, orThrow } from './perform'

/**
 * Deletes every lead whose user ID (and, with anonymous tracking on, anonymous ID) is the deleted user's.
 * @throws an error when one of them could not be deleted; leads that are gone already count as deleted
 */
export const deleteUser: NonNullable<DestinationDefinition<Settings>['onDelete']> = (request, { settings, payload }) =>
  orThrow(async () => {
    const client = clientFor(request, settings)
    const ids = new Set<number>()
    for (const key of settings.trackAnonymousActivity ? (['userId', 'anonymousId'] as const) : (['userId'] as const)) {
      const value = payload[key]
      if (!value) continue
      const found = (await findLeads(client, key, [value])).get(value) ?? []
      if (isFailure(found)) throw new MarketoError(found)
      for (const { id } of found) ids.add(id)
    }
    const outcomes = await deleteLeads(client, [...ids])
    const failure = outcomes.filter(isFailure).find(({ code }) => code !== LEAD_NOT_FOUND)
    if (failure) throw new MarketoError(failure)
    return { output: `Leads deleted: ${outcomes.length}` }
  })
