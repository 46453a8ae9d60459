import type { JSONLikeObject } from '@segment/actions-core'

/** The keys for finding leads, besides their ID. Marketo's fields have the same names. */
export interface Keys {
  email?: string
  userId?: string
  /** Only with anonymous tracking on. */
  anonymousId?: string
}

/** The identifiers of an event's person, strongest first. Marketo's fields have the same names. */
export interface Identity extends Keys {
  /** Marketo's own ID of the lead, which the customer mapped. */
  leadId?: number
}

export type LeadKey = keyof Keys

/** Strongest first. */
export const LEAD_KEYS: readonly LeadKey[] = ['email', 'userId', 'anonymousId']

/** Marketo's search ignores case, so values that differ only in case are equal. */
export const fold = (value: string): string => value.toLowerCase()

export const isSameValue = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && fold(a) === fold(b)

/** Equal for values of one key that Marketo treats as the same. */
export const valueKey = (key: string, value: string): string => `${key}\n${fold(value)}`

/** The {@link valueKey} of each key that there is. */
export const valueKeysOf = (keys: Keys): string[] =>
  LEAD_KEYS.flatMap((key) => (keys[key] === undefined ? [] : valueKey(key, `${keys[key]}`)))

/** Just the keys, as fields of a lead. */
export function keysIn({ email, userId, anonymousId }: Keys): Keys & JSONLikeObject {
  const keys: Keys & JSONLikeObject = {}
  if (email !== undefined) keys.email = email
  if (userId !== undefined) keys.userId = userId
  if (anonymousId !== undefined) keys.anonymousId = anonymousId
  return keys
}

/** Whether keys include all of the others, to the letter. */
export const hasKeys = (keys: Keys, { email, userId, anonymousId }: Keys): boolean =>
  (email === undefined || email === keys.email) &&
  (userId === undefined || userId === keys.userId) &&
  (anonymousId === undefined || anonymousId === keys.anonymousId)

/** Whether the keys name a person: with an email or a user ID. */
export const isNamed = ({ email, userId }: Keys): boolean => email !== undefined || userId !== undefined

/** One way to search for the lead of an event. */
export interface Search {
  /** Equal for searches that find the same leads. */
  readonly name: string
  /** The key that must be looked up first, and the event's value of it. */
  readonly key: LeadKey
  readonly value: string
  /** The {@link valueKey} of both. */
  readonly valueKey: string
}

/**
 * How the lead of an event is searched for. The first search that finds a lead decides: by email and user ID, by email
 * among leads without a user ID, by user ID, by email among the leads of other users, and by browser among leads that
 * do not contradict the event.
 */
export function searchesFor({ email, userId, anonymousId }: Keys): Search[] {
  const searches: Search[] = []
  if (email !== undefined) {
    if (userId !== undefined) searches.push(searchFor(byEmailAndUser(email, userId), 'email', email))
    searches.push(searchFor(byEmailWithoutUser(email), 'email', email))
  }
  if (userId !== undefined) searches.push(searchFor(byUser(userId), 'userId', userId))
  if (email !== undefined) searches.push(searchFor(byEmail(email), 'email', email))
  if (anonymousId !== undefined) {
    const name = byBrowser(anonymousId, email !== undefined, userId !== undefined)
    searches.push(searchFor(name, 'anonymousId', anonymousId))
  }
  return searches
}

/** The search for all leads with a value. */
export function searchByValue(key: LeadKey, value: string): Search {
  const [name] = searchesThatFind({ [key]: value })
  return searchFor(name, key, value)
}

const searchFor = (name: string, key: LeadKey, value: string): Search => ({
  name,
  key,
  value,
  valueKey: valueKey(key, value)
})

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
