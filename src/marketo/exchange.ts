import type { ModifiedResponse, RequestClient, RequestOptions } from '@segment/actions-core'
import { abortedWhile } from './deadline'
import type { Deadline } from './deadline'
import { LATER, SENT_AGAIN, sentences } from './errors'
import { ANSWER_BYTES } from './limits'
import { MarketoError } from './outcome'
import type { Failure } from './outcome'
import { withinTime } from './within-time'

/**
 * One HTTP exchange with Marketo.
 * @param name what messages call it
 * @param timeoutMs for the whole exchange, until the end of the answer
 * @param deadline of the events it is for: the framework's client ends the wait by its signal, which it has already
 * @returns the answer with HTTP status 2xx, or another one whose body is JSON: Marketo's word comes first
 * @throws MarketoError when there was no answer (503), not in time (504), one that is too large or leads elsewhere (502),
 * or only an HTTP error
 */
export async function exchange(
  request: RequestClient,
  name: string,
  url: string,
  timeoutMs: number,
  options: RequestOptions,
  deadline?: Deadline
): Promise<ModifiedResponse<unknown>> {
  const ofNodeFetch: RequestOptions & { size: number } = {
    ...options,
    timeout: timeoutMs,
    throwHttpErrors: false,
    // What is followed gets the credentials or the leads, whoever it is.
    redirect: 'manual',
    // Of the unpacked body.
    size: ANSWER_BYTES,
    // The framework reads a clone otherwise, and node-fetch never finishes one of more than 16 KB.
    skipResponseCloning: true
  }
  // An async function, as the framework's client throws at once what is wrong with a header.
  const response = await withinTime(timeoutMs, async () => request(url, ofNodeFetch)).catch((error: unknown) => {
    if (deadline?.signal?.aborted) throw abortedWhile(name)
    throw new MarketoError(noAnswer(name, error as { code?: string; type?: string }))
  })
  if (response.status >= 300 && response.status < 400) {
    throw new MarketoError({
      status: 502,
      message: `${name}: HTTP ${response.status} to another address, which the destination never follows. ${LATER}`
    })
  }
  if (response.ok || typeof response.data === 'object') return response
  throw new MarketoError(httpFailure(name, response.status))
}

function noAnswer(name: string, { code, type }: { code?: string; type?: string }): Failure {
  const reason = code ?? type ?? 'connection failed'
  if (reason === 'max-size') {
    return { status: 502, message: `${name}: the answer is larger than ${ANSWER_BYTES} bytes. ${LATER}` }
  }
  return {
    status: /time(d)?-?out/i.test(reason) ? 504 : 503,
    message: `${name}: no answer from Marketo (${reason}). ${reason === 'ENOTFOUND' ? WRONG_INSTANCE : LATER}`
  }
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
const WRONG_INSTANCE = `Check the setting "Munchkin Account ID" against Admin > Munchkin. ${SENT_AGAIN}`

const STATUS: Record<number, number> = { 401: 401, 403: 403, 408: 504, 413: 413, 429: 429 }

const ADVICE: Record<number, string> = {
  413: 'The record is larger than the 1 MB that Marketo takes: map fewer or shorter values',
  414: 'A value is too long to be sent in a web address: map a shorter one'
}
