import { PayloadValidationError } from '@segment/actions-core'
import { emailIn, identifierIn } from '../leads/who/artifacts'
import type { Identity } from '../leads/who/keys'
import { STRING_LENGTH } from '../marketo/transport/limits'

/**
 * @param fields the event's mapped values; those that mean nothing (artifacts.ts) count as absent. A user ID that is an email is the
 * email, too, and an anonymous ID that is one is only the email, whatever the setting says: it names a person
 * @param settings with the setting on, `anonymousId` is looked up and sent
 * @param leaveOut receives a value that Marketo would refuse; it counts as absent, because there is another key
 * @param needsUser whether an email is not enough while the setting is off, as in the classic destination
 * @throws PayloadValidationError if no usable identifier says who the event is about
 */
export function identityOf(
  fields: Identity,
  { trackAnonymousActivity }: { trackAnonymousActivity?: boolean },
  leaveOut: (what: string) => void,
  needsUser = true
): Identity {
  const identity: Identity = {}
  const unusable: string[] = []
  const userId = identifierIn(fields.userId)
  if (typeof fields.leadId === 'number') identity.leadId = idIn(fields.leadId, 'Marketo Lead ID')
  if (userId !== undefined) identity.userId = checkedLength(userId, 'User ID')

  const email = emailIn(fields.email)
  const emailProblem = email && problemWithEmail(email)
  if (emailProblem) unusable.push(emailProblem)
  const emailInAnonymousId = validEmailIn(fields.anonymousId)
  const usedEmail = (emailProblem ? undefined : email) ?? validEmailIn(userId) ?? emailInAnonymousId
  if (usedEmail !== undefined) identity.email = usedEmail

  const isTracked = trackAnonymousActivity && emailInAnonymousId === undefined
  const anonymousId = isTracked ? identifierIn(fields.anonymousId) : undefined
  const anonymousProblem = anonymousId && problemWithLength(anonymousId, 'Anonymous ID')
  if (anonymousProblem) unusable.push(anonymousProblem)
  else if (anonymousId) identity.anonymousId = anonymousId

  const isUser = identity.userId !== undefined || identity.leadId !== undefined
  if (needsUser && !trackAnonymousActivity && !isUser) {
    throw new PayloadValidationError([userMissing('a User ID'), ...unusable].join(' '))
  }
  if (Object.keys(identity).length === 0) {
    throw new PayloadValidationError(
      unusable[0] ?? (trackAnonymousActivity ? NOBODY : userMissing('a User ID, an email'))
    )
  }
  unusable.forEach(leaveOut)
  return identity
}

const NOBODY =
  'The event does not say which lead it is about. Map Email, User ID, Anonymous ID or Marketo Lead ID. Values such as "null" ' +
  'or "0" do not count.'

const userMissing = (needed: string): string =>
  `User ID is missing: while the setting "Track Anonymous Activity" is off, an event needs ${needed} or a Marketo Lead ID. ` +
  'Map one of these fields, or turn the setting on. Values such as "null" or "0" do not count.'

/** @returns the email address that an ID is */
function validEmailIn(id: string | undefined): string | undefined {
  if (!id?.includes('@')) return undefined
  const email = emailIn(id)
  return email !== undefined && !problemWithEmail(email) ? email : undefined
}

/**
 * @param field the label of the field that holds the ID
 * @throws PayloadValidationError for a number that cannot be an ID; Marketo would refuse it without naming the field
 */
export function idIn(id: number, field: string): number {
  if (Number.isSafeInteger(id) && id > 0) return id
  throw new PayloadValidationError(`${field} must be a positive whole number, but it is ${id}.`)
}

function checkedLength(value: string, field: string): string {
  const problem = problemWithLength(value, field)
  if (problem) throw new PayloadValidationError(problem)
  return value
}

/** Marketo would cut the value off and not find it again, so that each event would create another lead. */
function problemWithLength(value: string, field: string): string | undefined {
  if (value.length <= STRING_LENGTH) return undefined
  return `${field} is longer than the ${STRING_LENGTH} characters that Marketo's field holds. Map a shorter one.`
}

/** Marketo takes ASCII addresses only: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/leads */
export function problemWithEmail(email: string): string | undefined {
  if (/[^\x20-\x7e]/.test(email)) {
    return (
      'Email has characters other than ASCII, which Marketo refuses. Send an address in ASCII (an international ' +
      'domain in its xn-- form), or none.'
    )
  }
  if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) {
    return 'Email is not an email address. Send one like name@example.com, or none.'
  }
  return problemWithLength(email, 'Email')
}
