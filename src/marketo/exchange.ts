import type { ModifiedResponse, RequestClient, RequestOptions } from '@segment/actions-core'
import { abortedWhile } from './deadline'
import type { Deadline } from './deadline'
import { MarketoError } from './outcome'
import { LATER, sentences } from './errors'

/**
 * One HTTP exchange with Marketo.
 * @param name what messages call it
 * @param timeoutMs for the whole exchange: both until the answer begins and while its body arrives
 * @param deadline of the events it is for; the framework's client already ends the request by its signal
 * @returns the answer with HTTP status 2xx, or another one whose body is JSON: Marketo's word comes first
 * @throws MarketoError when there was no answer (503), not in time (504), or only an HTTP error
 */
export async function exchange(
  request: RequestClient,
  name: string,
  url: string,
  timeoutMs: number,
  options: RequestOptions,
  deadline?: Deadline
): Promise<ModifiedResponse<unknown>> {
  const response = await request(url, {
    ...options,
    timeout: timeoutMs,
    throwHttpErrors: false,
    ...(deadline?.signal && { signal: deadline.signal }),
    // The framework reads a clone otherwise, and node-fetch never finishes one of more than 16 KB.
    skipResponseCloning: true
  }).catch((error: { code?: string; type?: string }) => {
    if (deadline?.signal?.aborted) throw abortedWhile(name)
    const reason = error.code ?? error.type ?? 'connection failed'
    throw new MarketoError({
      status: /time(d)?-?out/i.test(reason) ? 504 : 503,
      message: `${name}: no answer from Marketo (${reason}). ${reason === 'ENOTFOUND' ? WRONG_INSTANCE : LATER}`
    })
  })
  if (response.ok || typeof response.data === 'object') return response
  throw new MarketoError(httpFailure(name, response.status))
}

/** The failure that an HTTP status means, when the answer says no more than that. */
export function httpFailure(name: string, httpStatus: number) {
  // Proxies have statuses of their own above 504, which Segment does not know.
  const status = httpStatus >= 500 ? Math.min(httpStatus, 504) : STATUS[httpStatus] ?? 400
  return {
    status: status === 501 ? 500 : status,
    message: sentences(`${name}: HTTP ${httpStatus}`, ADVICE[httpStatus])
  }
}

/** The Munchkin Account ID is a part of the host name; but a name server may also be out of order for a while. */
const WRONG_INSTANCE =
  'Check the setting "Munchkin Account ID" against Admin > Munchkin. Segment sends events again, for up to four hours.'

const STATUS: Record<number, number> = { 401: 401, 403: 403, 408: 504, 413: 413, 429: 429 }

const ADVICE: Record<number, string> = {
  413: 'The record is larger than the 1 MB that Marketo takes: map less or shorter values',
  414: 'A value is too long to be sent in a web address: map a shorter one'
}
