import { PayloadValidationError } from '@segment/actions-core'
import type { PageVisit } from '../marketo/areas/munchkin'
import { timeWritten } from '../marketo/values/written-date'
import { checkedDate } from '../segment/dates'
import { orNow } from '../segment/values'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'

/** A placeholder for an unknown host while a path is parsed. RFC 2606 reserves it, so no page can have it. */
const NO_HOST = 'http://unknown.invalid'
const WEB_URL = /^https?:\/\/[^/?#]/i
/** `example.com/x`, `localhost:3000`: a host with a dot in it, or this machine, and then a port, a path or nothing. */
const WITHOUT_SCHEME = /^(?:localhost|[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+\.?)(?::\d+)?(?:[/?#]|$)/iu
/** Characters that would end or break a line of the request. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/
/** Characters that a header cannot contain. It allows only printable Latin-1. */
const NO_HEADER_TEXT = /[^\x20-\x7e\xa0-\xff]/gu

/**
 * Parses an event's page visit as the browser's `location` does.
 * @param leaveOut receives optional values that cannot be used
 * @throws PayloadValidationError if the URL or the date is invalid, or the user agent is empty
 */
export function pageVisitOf(payload: Payload, leaveOut?: LeaveOut): PageVisit {
  const url = urlOf(payload, leaveOut)
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
    visitedAt: checkedDate(timeWritten(orNow(payload.visitedAt)), 'Visited At')
  }
}

function urlOf({ url: mapped, hostname }: Payload, leaveOut?: LeaveOut): URL {
  const url = mapped.trim()
  if (WEB_URL.test(url)) return parse(url)
  if (url.startsWith('/')) return parse(url, siteOf(hostname, leaveOut) ?? NO_HOST)
  if (WITHOUT_SCHEME.test(url)) return parse(`https://${url}`)
  throw notAUrl()
}

/** The website of a path. None if the hostname is also invalid: the visit still counts. */
function siteOf(hostname = '', leaveOut?: LeaveOut): string | undefined {
  const site = hostname.trim()
  if (site === '') return undefined
  try {
    if (!CONTROL.test(site)) return new URL(WEB_URL.test(site) ? site : `https://${site}`).origin
  } catch {
    // It is not a URL: see below.
  }
  leaveOut?.('Hostname')
  return undefined
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
    'URL is not a web address. Map one that begins with http://, https:// or a host name, or a path that begins with /, without line breaks.'
  )
}

/** The user agent becomes a header of the request. A visit with a question mark is better than none. */
function userAgentOf(mapped: string): string {
  const userAgent = mapped.replace(NO_HEADER_TEXT, '?').trim()
  if (/[^?\s]/.test(userAgent)) return userAgent
  throw new PayloadValidationError(
    "User Agent cannot be sent: it is empty, or has no character that a browser's user agent has. Map context.userAgent."
  )
}
