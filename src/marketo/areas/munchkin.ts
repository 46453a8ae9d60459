import { MARKETO_MUNCHKIN_VERSION } from '../../versioning-info'
import { BEACON_TIMEOUT_MS } from '../transport/call'
import type { MarketoClient } from '../transport/client'
import { exchange } from '../transport/exchange'
import { trackingHost } from '../transport/instance'
import { URI_BYTES } from '../transport/limits'
import { MarketoError } from '../transport/outcome'

/** What messages call the beacon. */
const VISIT = 'Munchkin visitWebPage'

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
 * `id:<Munchkin Account ID>&token:_mch-<domain>-<milliseconds>-<5 digits>`; since 2024 with 31 or 32 hex digits at the end. This
 * check matters: if Marketo refused one cookie of a batch, each cookie would need its own call.
 */
const COOKIE = /^id:([^&]+)&token:(_mch-[\w.-]+-(?:\d{13}-\d{5}|[0-9a-f]{31,32}))$/i

/**
 * @param cookie the value of a visitor's `_mkto_trk` cookie, URL-encoded or not
 * @returns its Munchkin token, or undefined if it is not a cookie of this instance
 */
export function tokenOfCookie(cookie: string | undefined, munchkinId: string): string | undefined {
  const match = COOKIE.exec(decodeOnce(cookie ?? '').trim())
  return match && match[1].toUpperCase() === munchkinId ? match[2] : undefined
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
  const beacon = {
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
  // A visit without its referrer is better than none.
  return beacon._mchRe !== '' && queryOf(beacon).length > URI_BYTES ? { ...beacon, _mchRe: '' } : beacon
}

function queryOf(beacon: Record<string, string>): string {
  return Object.entries(beacon)
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&')
}

/**
 * Reports a page visit, with the visitor's user agent as the request's own. It needs no access token, and counts against no limit.
 * @returns the HTTP status: Marketo answers 200 or 202 for every visit
 * @throws MarketoError if the page's URL is too long (400), or the beacon did not arrive
 */
export async function sendBeacon(
  client: MarketoClient,
  beacon: Record<string, string>,
  userAgent: string
): Promise<number> {
  const query = queryOf(beacon)
  if (query.length > URI_BYTES) {
    throw new MarketoError({
      status: 400,
      message: `URL is too long to be reported to Marketo: ${URI_BYTES} bytes at most. Map a shorter one, for example without its query.`
    })
  }
  client.deadline.checkTime(VISIT)
  const url = `${trackingHost(client.munchkinId)}/webevents/visitWebPage?${query}`
  const response = await exchange(
    client.request,
    VISIT,
    url,
    BEACON_TIMEOUT_MS,
    { method: 'POST', headers: { 'user-agent': userAgent } },
    client.deadline
  )
  return response.status
}

/** Text with a stray percent sign is not URL-encoded, and stays as it is. */
function decodeOnce(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function encoded(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    // Half of a surrogate pair cannot be URL-encoded.
    return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
  }
}
