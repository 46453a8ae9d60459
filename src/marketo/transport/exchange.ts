import type { ModifiedResponse, RequestClient, RequestOptions } from '@segment/actions-core'
import { abortedWhile } from './deadline'
import type { Deadline } from './deadline'
import { LATER, RETRIED, sentences } from './errors'
import { ANSWER_BYTES } from './limits'
import { MarketoError } from './outcome'
import type { Failure } from './outcome'

/**
 * One HTTP exchange with Marketo.
 * @param name what messages call it
 * @param timeoutMs for the whole exchange, until the end of the answer
 * @param deadline of the events it is for: the framework's client already has its signal, which ends the wait
 * @returns the answer with HTTP status 2xx, or another status with a JSON body, because Marketo's own error comes first
 * @throws MarketoError if the answer is missing (503), late (504), too large or a redirect (502), or only an HTTP error
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
    // The other server would get the credentials or the leads.
    redirect: 'manual',
    // Of the unpacked body.
    size: ANSWER_BYTES,
    // The framework reads a clone otherwise, and node-fetch never finishes one of more than 16 KB.
    skipResponseCloning: true
  }
  // An async function, because the framework's client throws synchronously for a bad header.
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

/** The failure for an HTTP status, if the answer says nothing more. */
export function httpFailure(name: string, httpStatus: number) {
  // Proxies have their own statuses above 504, which Segment does not know.
  const status = httpStatus >= 500 ? Math.min(httpStatus, 504) : STATUS[httpStatus] ?? 400
  return {
    status: status === 501 ? 500 : status,
    message: sentences(`${name}: HTTP ${httpStatus}`, ADVICE[httpStatus])
  }
}

/** The Munchkin Account ID is part of the host name. But a name server may also be down for a while. */
const WRONG_INSTANCE = `Check the setting "Munchkin Account ID" against Admin > Munchkin. ${RETRIED}`

const STATUS: Record<number, number> = { 401: 401, 403: 403, 408: 504, 413: 413, 429: 429 }

const ADVICE: Record<number, string> = {
  413: 'The record is larger than the 1 MB that Marketo takes: map fewer or shorter values',
  414: 'A value is too long to be sent in a web address: map a shorter one'
}

/** What node-fetch throws if an answer comes too late. */
class OutOfTime extends Error {
  readonly code = 'ETIMEDOUT'
}

/**
 * The time limit of a whole exchange. The framework's limit ends when the answer begins, and node-fetch's limit begins then.
 * So an answer that trickles in could take twice as long.
 * @throws an error with the code ETIMEDOUT if `work` does not end within `ms`
 */
async function withinTime<T>(ms: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const timeIsUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new OutOfTime(`No answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work(), timeIsUp])
  } finally {
    clearTimeout(timer)
  }
}
