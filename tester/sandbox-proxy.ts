import { request } from 'http'
import express from 'express'
import type { RequestHandler } from 'express'

/** Far more than any batch of events. */
export const BODY_LIMIT = '10mb'

/**
 * Forwards a request to the sandbox, so that the tester page needs only one origin. It reads the body first, to limit its size.
 */
export const forwardTo = (sandboxUrl: string): RequestHandler[] => [
  express.raw({ limit: BODY_LIMIT, type: () => true, inflate: false }),
  handOn(sandboxUrl)
]

const handOn =
  (sandboxUrl: string): RequestHandler =>
  (req, res) => {
    const { origin: _origin, host: _host, 'transfer-encoding': _encoding, ...headers } = req.headers
    const forwarded = request(sandboxUrl, { method: req.method, path: req.originalUrl, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(res)
    })
    forwarded.on('error', ({ message }) => {
      if (res.headersSent) res.destroy()
      else res.status(502).json({ error: `The sandbox does not answer: ${message}` })
    })
    res.on('close', () => forwarded.destroy())
    forwarded.end(Buffer.isBuffer(req.body) ? req.body : undefined)
  }
