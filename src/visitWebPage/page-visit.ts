import { PayloadValidationError } from '@segment/actions-core'
import type { PageVisit } from '../marketo/munchkin'
import { pointInTime } from '../segment/dates'
import type { Payload } from './generated-types'

/** Stands for an unknown host while a path is taken apart. Reserved by RFC 2606, so no page can have it. */
const NO_HOST = 'http://unknown.invalid'
const WEB_URL = /^https?:\/\/[^/?#]/i
/** What would end or break a line of the request. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/

/**
 * Takes an event's page visit apart as the browser's `location` would.
 * @throws PayloadValidationError when the URL is none, or the user agent cannot be sent
 */
export function pageVisitOf(payload: Payload): PageVisit {
  const url = urlOf(payload.url, payload.hostname)
  const known = url.origin !== NO_HOST
  return {
    hostname: known ? url.hostname : '',
    port: url.port,
    path: url.pathname,
    query: url.search.slice(1),
    fragment: url.hash,
    protocol: known ? url.protocol : '',
    referrer: payload.referrer ?? '',
    userAgent: userAgentOf(payload.userAgent),
    visitedAt: pointInTime(payload.visitedAt || new Date().toISOString(), 'Visited At')
  }
}

function urlOf(mapped: string, hostname: string | undefined): URL {
  const url = mapped.trim()
  if (WEB_URL.test(url)) return parse(url)
  if (url.startsWith('/')) return parse(url, siteOf(hostname) ?? NO_HOST)
  throw notAUrl()
}

/** The website that a path belongs to; none when the hostname is not one either: the visit counts all the same. */
function siteOf(hostname = ''): string | undefined {
  const site = hostname.trim()
  const url = WEB_URL.test(site) ? site : `https://${site}`
  try {
    return site && !CONTROL.test(site) ? new URL(url).origin : undefined
  } catch {
    return undefined
  }
}

function parse(url: string, base?: string): URL {
  if (CONTROL.test(url)) throw notAUrl()
  try {
    return new URL(url, base)
  } catch {
    throw notAUrl()
  }
}

function notAUrl(): PayloadValidationError {
  return new PayloadValidationError(
    'URL is not a web address. Map one that begins with http:// or https://, or a path that begins with /, without line breaks.'
  )
}

/** The user agent becomes a header of the request, which takes printable Latin-1 only. */
function userAgentOf(mapped: string): string {
  const userAgent = mapped.trim()
  if (/^[\x20-\x7e\xa0-\xff]+$/.test(userAgent)) return userAgent
  throw new PayloadValidationError(
    "User Agent cannot be sent: it is empty, or has line breaks or characters that no browser's user agent has. Map context.userAgent."
  )
}
