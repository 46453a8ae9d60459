import http from 'node:http'
import { gzipSync } from 'node:zlib'
import { text, type Answer, type HttpCall } from '../rest/message'

const GZIP_FROM_BYTES = 1_024
/** Far more than Marketo's 1 MB, which Marketo refuses itself. This only keeps requests from filling the memory. */
const BODY_BYTES = 10_000_000

class BodyTooLarge extends Error {}

/** A server that reads each request completely. @param answer no answer means that the connection is cut */
export function serve(answer: (call: HttpCall) => Promise<Answer | undefined>): http.Server {
  // The sandbox itself refuses long URIs with 414. And Node must not close the connection of a client that waits
  // between calls.
  const options = { maxHeaderSize: 262_144, keepAliveTimeout: 0 }
  return http.createServer(options, (request, response) => {
    read(request)
      .then(answer)
      .catch((error) => (error instanceof BodyTooLarge ? text(error.message, 413) : text(String(error), 500)))
      .then((answered) => (answered ? write(answered, request, response) : request.socket.resetAndDestroy()))
      .catch(() => request.socket.destroy())
  })
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
