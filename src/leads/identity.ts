import { PayloadValidationError } from '@segment/actions-core'
import { STRING_LENGTH } from '../marketo/limits'

/** What an event says about whom it concerns, strongest first. Marketo's fields of these names hold the same. */
export interface Identity {
  /** Marketo's own ID of the lead. */
  leadId?: number
  email?: string
  userId?: string
  /** Only with anonymous tracking on. */
  anonymousId?: string
}

/** The keys by which leads are found. */
export type LeadKey = 'email' | 'userId' | 'anonymousId'

/** Strongest first. */
export const LEAD_KEYS: readonly LeadKey[] = ['email', 'userId', 'anonymousId']

/**
 * @param fields the event's mapped values; empty strings count as absent
 * @param trackAnonymousActivity the setting: without it `anonymousId` is neither looked up nor sent
 * @throws PayloadValidationError when nothing says whom the event concerns, or the email is one that Marketo skips
 */
export function identityOf(fields: Identity, trackAnonymousActivity: boolean | undefined): Identity {
  const identity: Identity = {}
  if (typeof fields.leadId === 'number') identity.leadId = leadIdOf(fields.leadId)
  if (fields.email?.trim()) identity.email = emailOf(fitting(fields.email.trim(), 'Email'))
  if (fields.userId?.trim()) identity.userId = fitting(fields.userId, 'User ID')
  if (trackAnonymousActivity && fields.anonymousId?.trim()) {
    identity.anonymousId = fitting(fields.anonymousId, 'Anonymous ID')
  }

  if (!trackAnonymousActivity && identity.userId === undefined && identity.leadId === undefined) {
    throw new PayloadValidationError(
      'User ID is missing: while the setting "Track Anonymous Activity" is off, an event needs a User ID or a Marketo ' +
        'Lead ID. Map one of these fields, or turn the setting on.'
    )
  }
  if (Object.keys(identity).length === 0) {
    throw new PayloadValidationError(
      'Nothing says which lead the event concerns: map Email, User ID, Anonymous ID or Marketo Lead ID.'
    )
  }
  return identity
}

/** Emails are the same in any case; user and anonymous IDs are not. */
export function sameKey(key: LeadKey, value: string): string {
  return key === 'email' ? value.toLowerCase() : value
}

function leadIdOf(leadId: number): number {
  if (Number.isSafeInteger(leadId) && leadId > 0) return leadId
  throw new PayloadValidationError(`Marketo Lead ID must be a positive whole number, but it is ${leadId}.`)
}

/** What Marketo would cut off, it would not find again: each event would create another lead. */
function fitting(value: string, field: string): string {
  if (value.length <= STRING_LENGTH) return value
  throw new PayloadValidationError(
    `${field} is longer than the ${STRING_LENGTH} characters that Marketo's field holds. Map a shorter one.`
  )
}

/** Marketo takes ASCII addresses only: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/leads */
function emailOf(email: string): string {
  if (/[^\x20-\x7e]/.test(email)) {
    throw new PayloadValidationError(
      'Email holds characters other than ASCII, which Marketo does not take. Send an address in ASCII (an international ' +
        'domain in its xn-- form), or none.'
    )
  }
  if (!/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) {
    throw new PayloadValidationError('Email is not an email address. Send one like name@example.com, or none.')
  }
  return email
}
