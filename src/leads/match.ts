import type { Failure } from '../marketo/outcome'
import type { Identity, LeadKey } from './identity'
import type { MissingValues } from './missing'
import type { Lead } from './lead'
import { browserPile, emailAndUserPile, emailPile, userPile } from './picture'
import type { Picture } from './picture'
import { isSameValue } from './search'

/** The result of matching an event: a lead, nobody, a failure, or a value that must be looked up first. */
export type Match = { lead: Lead } | 'nobody' | { failure: Failure } | 'not looked up'

/**
 * Finds the lead of an event, after the changes of the earlier events: the lead with the mapped ID, else one with its email,
 * then its user ID, then its anonymous ID.
 * @param missing receives the values that must be looked up first
 */
export function match(identity: Identity, picture: Picture, missing: MissingValues): Match {
  const { leadId, email, userId, anonymousId } = identity
  if (leadId !== undefined) return { lead: picture.withId(leadId) }

  const answerFor = (key: LeadKey, value: string): Match | undefined => {
    const answer = picture.known.answerFor(key, value)
    if (answer === 'answered') return undefined
    if (answer !== undefined) return { failure: answer }
    missing.note(key, value)
    return 'not looked up'
  }

  if (email !== undefined) {
    const open = answerFor('email', email)
    if (open) return open
    const lead =
      (userId !== undefined ? picture.latest(emailAndUserPile(email, userId), 'email', email) : undefined) ??
      picture.latest(emailAndUserPile(email), 'email', email) ??
      picture.latest(emailPile(email), 'email', email)
    if (lead && (userId === undefined || lead.keys.userId === undefined || isSameValue(lead.keys.userId, userId))) {
      return { lead }
    }
    if (lead && userId !== undefined) {
      // A shared address must not move one person's data to another. So a person who has their own lead keeps it.
      return answerFor('userId', userId) ?? { lead: picture.latest(userPile(userId), 'userId', userId) ?? lead }
    }
  }
  if (userId !== undefined) {
    const open = answerFor('userId', userId)
    if (open) return open
    const lead = picture.latest(userPile(userId), 'userId', userId)
    if (lead) return { lead }
  }
  if (anonymousId !== undefined) {
    const open = answerFor('anonymousId', anonymousId)
    if (open) return open
    const lead = picture.latest(browserPile(anonymousId, identity), 'anonymousId', anonymousId)
    if (lead) return { lead }
  }
  return 'nobody'
}
