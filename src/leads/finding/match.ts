import type { Failure } from '../../marketo/outcome'
import type { Identity } from '../who/identity'
import type { Lead, LeadIndex } from './lead-index'
import type { MissingValues } from './missing'
import { searchesFor } from './searches'
import type { Search } from './searches'

/**
 * The result of matching an event: a lead, with the search that found it (none for a mapped ID); nobody; a failure; or a value
 * that must be looked up first.
 */
export type Match = { lead: Lead; by?: Search } | 'nobody' | { failure: Failure } | 'not looked up'

/**
 * Finds the lead of an event, after the changes of the earlier events: the lead with the mapped ID, else the one that the
 * strongest search finds.
 * @param missing receives the values that must be looked up first
 */
export function match(given: Identity, index: LeadIndex, missing: MissingValues): Match {
  const identity = index.known.usable(given)
  if (identity.leadId !== undefined) return { lead: index.withId(identity.leadId) }
  for (const search of searchesFor(identity)) {
    const { key, value } = search
    const answer = index.known.answerFor(key, value)
    if (answer === undefined) {
      missing.note(key, value)
      return 'not looked up'
    }
    if (answer !== 'answered') return { failure: answer }
    const lead = index.best(search)
    if (lead) return { lead, by: search }
  }
  return 'nobody'
}
