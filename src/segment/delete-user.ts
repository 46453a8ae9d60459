import type { DestinationDefinition } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { forgetAssociated } from '../leads/visitors/associated-visitors'
import { leadsOfUser } from '../leads/finding/deletion'
import { waitingVisitors } from '../leads/visitors/waiting-visitors'
import { LEAD_NOT_FOUND } from '../marketo/transport/errors'
import { deleteLeads } from '../marketo/areas/leads'
import { isFailure, MarketoError } from '../marketo/transport/outcome'
import { orThrow } from './errors'
import { clientFor } from './perform'

/**
 * Deletes every lead of the deleted user.
 * @throws an error if one of them could not be deleted; missing leads count as deleted
 */
export const deleteUser: NonNullable<DestinationDefinition<Settings>['onDelete']> = (request, { settings, payload }) =>
  orThrow(async () => {
    const client = clientFor(request, settings)
    const { userId, anonymousId } = payload as { userId?: unknown; anonymousId?: unknown }
    const ids = await leadsOfUser(client, userId, settings.trackAnonymousActivity ? anonymousId : undefined)
    forgetAssociated(client, String(userId))
    waitingVisitors(client).forget(String(userId))
    const outcomes = await deleteLeads(client, ids)
    const failure = outcomes.filter(isFailure).find(({ code }) => code !== LEAD_NOT_FOUND)
    if (failure) throw new MarketoError(failure)
    return { output: `Leads deleted: ${outcomes.length}` }
  })
