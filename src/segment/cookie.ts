import type { MarketoClient } from '../marketo/transport/client'
import { tokenOfCookie } from '../marketo/areas/munchkin'
import { isEmpty } from './values'
import type { LeaveOut } from './values'

/**
 * @param cookie the value that is mapped to Marketo Cookie
 * @param leaveOut receives a cookie of another instance
 * @returns the visitor's Munchkin token
 */
export function cookieToken(
  cookie: string | undefined,
  { munchkinId }: MarketoClient,
  leaveOut: LeaveOut
): string | undefined {
  const token = tokenOfCookie(cookie, munchkinId)
  if (token === undefined && !isEmpty(cookie))
    leaveOut('Marketo Cookie: it is not a _mkto_trk cookie of this instance.')
  return token
}
