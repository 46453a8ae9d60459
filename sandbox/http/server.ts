import http from 'node:http'
import { gzipSync } from 'node:zlib'
import { answerBeacon } from '../browser/beacon'
import { answerBrowser } from '../browser/answer'
import type { Segment } from '../browser/segment'
import type { Controls } from '../control/controls'
import { answerControl } from '../control/routes'
import { answerRest } from '../rest/answer'
import { answerIdentity } from '../rest/identity'
import { html, text, type Answer, type HttpCall } from '../rest/message'
import type { Troubles } from '../rest/troubles'
import type { Marketo } from '../state/marketo'

/** Everything that can answer a request. */
interface Sides {
  marketo: Marketo
  segment: Segment
  troubles: Troubles
  controls: Controls
}

const GZIP_FROM_BYTES = 1_024
/** Far more than Marketo's 1 MB, which Marketo refuses itself. This only keeps requests from filling the memory. */
const BODY_BYTES = 10_000_000

class BodyTooLarge extends Error {}

export function createServer(sides: Sides): http.Server {
  // The sandbox itself refuses long URIs with 414. And Node must not close the connection of a client that waits
  // between calls.
  const options = { maxHeaderSize: 262_144, keepAliveTimeout: 0 }
  return http.createServer(options, (request, response) => {
    read(request)
      .then((call) => answer(sides, call))
      .catch((error) => (error instanceof BodyTooLarge ? text(error.message, 413) : text(String(error), 500)))
      .then((answered) => (answered ? write(answered, request, response) : request.socket.resetAndDestroy()))
      .catch(() => request.socket.destroy())
  })
}

/** Which of Marketo's hosts a request is for. `direct`: sent to the sandbox's own address, where all of them answer. */
type Host = 'mktorest' | 'mktoresp' | 'direct'

function hostOf({ headers }: HttpCall, { munchkinId }: Marketo): Host | undefined {
  const [name] = (headers.host ?? '').toLowerCase().split(':')
  if (name === '127.0.0.1' || name === 'localhost') return 'direct'
  const id = munchkinId.toLowerCase()
  if (name === `${id}.mktorest.com`) return 'mktorest'
  if (name === `${id}.mktoresp.com`) return 'mktoresp'
  return undefined
}

async function answer(sides: Sides, call: HttpCall): Promise<Answer | undefined> {
  const { marketo, troubles, controls } = sides
  const host = hostOf(call, marketo)
  const [, area] = call.path.split('/')
  if (host === 'direct' && area === 'sandbox') return answerControl(controls, call)
  const forBrowser = host === 'direct' ? answerBrowser(sides, troubles, call) : undefined
  if (forBrowser) return forBrowser
  const isRest = host === 'mktorest' || host === 'direct'
  const isTracking = host === 'mktoresp' || host === 'direct'
  if (call.path.includes('//')) return html(404)
  if (isRest && area === 'rest') return answerRest(marketo, troubles, call)
  if (isRest && call.path === '/identity/oauth/token') return answerIdentity(marketo, troubles, call)
  if (isTracking && /^\/webevents\/(visitWebPage|clickLink)$/.test(call.path))
    return answerBeacon(marketo, troubles, call)
  return text(host ? 'Not found' : `No Marketo instance answers for ${call.headers.host}`, 404)
}

function read(request: http.IncomingMessage): Promise<HttpCall> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      // The rest must be read, or the client would not read the answer. But it is not kept.
      if (bytes <= BODY_BYTES) chunks.push(chunk)
      else reject(new BodyTooLarge(`The body is larger than ${BODY_BYTES} bytes.`))
    })
    request.on('error', reject)
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const queryAt = url.indexOf('?')
      const path = queryAt < 0 ? url : url.slice(0, queryAt)
      const params = new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt))
      resolve({ method, url, path, params, headers, body: Buffer.concat(chunks) })
    })
  })
}

function write(
  { status, type, body, headers }: Answer,
  request: http.IncomingMessage,
  response: http.ServerResponse
): void {
  const plain = Buffer.from(body)
  const zipped = plain.length > GZIP_FROM_BYTES && /\bgzip\b/.test(String(request.headers['accept-encoding']))
  const sent = zipped ? gzipSync(plain, { level: 1 }) : plain
  response.writeHead(status, {
    ...headers,
    'Content-Type': type,
    'Content-Length': sent.length,
    ...(zipped && { 'Content-Encoding': 'gzip' })
  })
  response.end(sent)
}
