import { createServer, request } from 'http'
import type { IncomingHttpHeaders, RequestListener, Server } from 'http'
import type { AddressInfo } from 'net'
import { SANDBOX } from '../../marketo-instance'
import { createTestServer } from '../../server'
import type { TestServerOptions } from '../../server'
import { tinyDestination } from './tiny-destination'

const open: Server[] = []

export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export function closeAll(): void {
  for (const server of open.splice(0)) {
    server.close()
    server.closeAllConnections()
  }
}

/**
 * A test server for the tiny destination. The destination's API records each request. Its answer depends on the email in
 * the body.
 */
export async function startServer(options: Partial<TestServerOptions> = {}) {
  const received: { url: string; headers: IncomingHttpHeaders; body: string }[] = []
  let release: (answer: () => void) => void
  /** Resolves when a request for `waits@…` has arrived, to a function that answers it. */
  const waiting = new Promise<() => void>((resolve) => {
    release = resolve
  })
  const apiUrl = await listen((req, res) => {
    let body = ''
    req.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    req.on('end', () => {
      received.push({ url: req.url ?? '', headers: req.headers, body })
      const answer = () => {
        res.writeHead(body.includes('refused@') ? 422 : 200, {
          'content-type': 'application/json',
          'set-cookie': 'a=b'
        })
        res.end(JSON.stringify({ took: body.length }))
      }
      if (body.includes('waits@')) release(answer)
      else answer()
    })
  })
  const log: string[] = []
  const { app, routes } = createTestServer(tinyDestination(apiUrl), {
    defaults: SANDBOX,
    sandboxUrl: 'http://127.0.0.1:1',
    directoryName: 'tiny',
    log: (line) => log.push(line),
    ...options
  })
  const url = await listen(app)
  return {
    url,
    routes,
    log,
    received,
    waiting,
    get: (path: string, headers = {}) => send(url, 'GET', path, undefined, headers),
    post: (path: string, body: unknown, headers = {}) => send(url, 'POST', path, body, headers)
  }
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  json: unknown
}

/** Uses Node's `http`, because `fetch` sets Host and Origin itself. Sends a string unchanged, anything else as JSON. */
export function send(url: string, method: string, path: string, body?: unknown, headers = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const type = body === undefined ? {} : { 'content-type': 'application/json' }
    const sent = request(url, { method, path, headers: { ...type, ...headers } }, (res) => {
      let text = ''
      res.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
      res.on('end', () => {
        const isJson = res.headers['content-type']?.includes('json')
        resolve({
          status: res.statusCode ?? 0,
          headers: res.headers,
          text,
          json: isJson ? (JSON.parse(text) as unknown) : undefined
        })
      })
    })
    sent.on('error', reject).end(typeof body === 'string' ? body : JSON.stringify(body))
  })
}
