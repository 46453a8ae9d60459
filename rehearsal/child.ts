/**
 * A rehearsal in a process of its own: a run must not share one with it, because the destination remembers its visitors, and because
 * all requests to the instance go through the rehearsal while it lasts.
 */
import { readMappings } from './input/mapping'
import { rehearse, type RehearsalInput } from './rehearse'
import { routeMarketoTo } from '../sandbox/route-marketo'

/** What the parent sends, once. */
export interface ToChild {
  events: RehearsalInput['events']
  mappings: unknown
  settings: RehearsalInput['settings']
  /** Where the instance is, if it is a sandbox on this machine. */
  sandboxPort?: number
}

async function answer({ events, mappings, settings, sandboxPort }: ToChild): Promise<object> {
  if (sandboxPort !== undefined) routeMarketoTo(sandboxPort, settings.munchkinId)
  return { plan: await rehearse({ events, mappings: readMappings(mappings).mappings, settings }) }
}

process.once('message', (given: ToChild) => {
  answer(given)
    .catch((error: Error) => ({ error: error.message }))
    .then((told) => process.send?.(told, () => process.disconnect()))
    .catch(() => process.exit(1))
})
