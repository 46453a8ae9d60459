import { fold } from '../who/identity'
import type { Keys, LeadKey } from '../who/identity'

/** One way to search for the lead of an event. */
export interface Search {
  /** Equal for searches that find the same leads. */
  readonly name: string
  /** The key that must be looked up first, and the event's value of it. */
  readonly key: LeadKey
  readonly value: string
}

/**
 * How the lead of an event is searched for. The first search that finds a lead decides: by email and user ID, by email
 * among leads without a user ID, by user ID, by email among the leads of other users, and by browser among leads that
 * do not contradict the event.
 */
export function searchesFor({ email, userId, anonymousId }: Keys): Search[] {
  const searches: Search[] = []
  if (email !== undefined) {
    if (userId !== undefined) searches.push({ name: byEmailAndUser(email, userId), key: 'email', value: email })
    searches.push({ name: byEmailWithoutUser(email), key: 'email', value: email })
  }
  if (userId !== undefined) searches.push({ name: byUser(userId), key: 'userId', value: userId })
  if (email !== undefined) searches.push({ name: byEmail(email), key: 'email', value: email })
  if (anonymousId !== undefined) {
    const name = byBrowser(anonymousId, email !== undefined, userId !== undefined)
    searches.push({ name, key: 'anonymousId', value: anonymousId })
  }
  return searches
}

/** The names of all searches that find a lead with these keys. */
export function searchesThatFind({ email, userId, anonymousId }: Keys): string[] {
  const names: string[] = []
  if (email !== undefined) {
    names.push(byEmail(email), userId === undefined ? byEmailWithoutUser(email) : byEmailAndUser(email, userId))
  }
  if (userId !== undefined) names.push(byUser(userId))
  if (anonymousId !== undefined) {
    names.push(byBrowser(anonymousId, false, false))
    if (email === undefined) names.push(byBrowser(anonymousId, true, false))
    if (userId === undefined) names.push(byBrowser(anonymousId, false, true))
    if (email === undefined && userId === undefined) names.push(byBrowser(anonymousId, true, true))
  }
  return names
}

// An email has no spaces, so none of these names equals another one.
const byEmail = (email: string): string => `email ${fold(email)}`
const byEmailAndUser = (email: string, userId: string): string => `email and user ${fold(email)} ${fold(userId)}`
const byEmailWithoutUser = (email: string): string => `email without user ${fold(email)}`
const byUser = (userId: string): string => `user ${fold(userId)}`

/** Leads with this anonymous ID that have no email if the event has one, and no user ID if the event has one. */
function byBrowser(anonymousId: string, hasEmail: boolean, hasUserId: boolean): string {
  const withoutEmail = hasEmail ? ' without email' : ''
  const withoutUser = hasUserId ? ' without user' : ''
  return `browser${withoutEmail}${withoutUser}: ${fold(anonymousId)}`
}
