// eslint-disable-next-line no-restricted-syntax -- a visitor's token is made here, not personal data for a partner
import { createHash } from 'crypto'
import { MARKETO_MUNCHKIN_VERSION } from '../versioning-info'
import { BEACON_TIMEOUT_MS } from './calls'
import type { MarketoClient } from './client'
import { exchange } from './exchange'
import { trackingHost } from './instance'

/** A page visit as Munchkin reports it. Everything but the token may be empty. */
export interface PageVisit {
  hostname: string
  port: string
  path: string
  /** Without `?`, encoded as in the URL. */
  query: string
  /** With `#`. */
  fragment: string
  /** With its colon, as in `https:`. */
  protocol: string
  referrer: string
  userAgent: string
  visitedAt: Date
}

/**
 * @param cookie the value of a visitor's `_mkto_trk` cookie, URL-encoded or not
 * @returns its Munchkin token, or undefined when it is not a cookie of this instance
 */
export function tokenOfCookie(cookie: string | undefined, munchkinId: string): string | undefined {
  const match = /^id:([^&]+)&token:(_mch-[\w.-]+)$/i.exec(decodeOnce(cookie ?? '').trim())
  return match && match[1].toUpperCase() === munchkinId ? match[2] : undefined
}

/**
 * A token for visitors without a cookie: always the same for the same identifier, so that their visits stay together
 * without any stored state.
 * @param identifier must say what kind of identifier it is, so that a user ID never meets an equal anonymous ID
 */
export function derivedToken(munchkinId: string, identifier: string): string {
  const hash = createHash('sha256').update(`${munchkinId}:${identifier}`).digest('hex')
  return `_mch-segment.com-${hash.slice(0, 32)}`
}

/** A token in the form that Marketo's REST API takes. */
export function cookieOf(munchkinId: string, token: string): string {
  return `id:${munchkinId}&token:${token}`
}

/**
 * The beacon's parameters as Munchkin sends them: path, query, fragment and referrer are URL-decoded once before they
 * are encoded as parameters, and a query's `&` is written as `__-__`. (Recorded from Munchkin 164 in a browser, 2025.)
 */
export function beaconOf(munchkinId: string, token: string, visit: PageVisit): Record<string, string> {
  return {
    _mchNc: String(visit.visitedAt.getTime()),
    _mchCn: '',
    _mchId: munchkinId,
    _mchTk: token,
    _mchHo: visit.hostname,
    _mchPo: visit.port,
    _mchRu: decodeOnce(visit.path),
    _mchPc: visit.protocol,
    _mchVr: MARKETO_MUNCHKIN_VERSION,
    _mchEcid: '',
    _mchHa: decodeOnce(visit.fragment),
    _mchRe: decodeOnce(visit.referrer),
    _mchQp: decodeOnce(visit.query.replace(/&/g, '__-__'))
  }
}

/**
 * Reports a page visit, with the visitor's user agent as the request's own. Needs no token, counts against no limit.
 * @returns the HTTP status: Marketo answers 200 or 202 whatever it makes of the visit
 * @throws MarketoError when the beacon did not arrive
 */
export async function sendBeacon(
  client: MarketoClient,
  beacon: Record<string, string>,
  userAgent: string
): Promise<number> {
  const query = Object.entries(beacon).map(([name, value]) => `${name}=${encodeURIComponent(wellFormed(value))}`)
  const url = `${trackingHost(client.munchkinId)}/webevents/visitWebPage?${query.join('&')}`
  const response = await exchange(client.request, 'Munchkin visitWebPage', url, BEACON_TIMEOUT_MS, {
    method: 'POST',
    headers: { 'user-agent': userAgent }
  })
  return response.status
}

/** Text with a stray percent sign is not URL-encoded, and stays as it is. */
function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Half of a surrogate pair cannot be URL-encoded. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}
