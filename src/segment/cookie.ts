import { isDerived } from '../leads/visitors/derived-token'
import { tokenOfCookie } from '../marketo/areas/munchkin'
import { isEmpty } from './values'
import type { LeaveOut } from './values'

/**
 * @param cookie the value that is mapped to Marketo Cookie
 * @param leaveOut receives a cookie of another instance
 * @returns the visitor's Munchkin token
 */
export function cookieToken(cookie: string | undefined, munchkinId: string, leaveOut: LeaveOut): string | undefined {
  const token = tokenOfCookie(cookie, munchkinId)
  // With another user's token, a visitor would get that user's visits.
  if (token !== undefined && !isDerived(token)) return token
  if (!isEmpty(cookie)) leaveOut('Marketo Cookie: it is not a _mkto_trk cookie of this instance.')
  return undefined
}
