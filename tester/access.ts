import type { RequestHandler, Response } from 'express'

/** The origins of Segment's Actions Tester, which the actions CLI also accepts. */
export const TESTER_ORIGINS = [
  'https://app.segment.com',
  'https://eu1.app.segment.com',
  'https://app.segment.build',
  'https://eu1.app.segment.build',
  'http://localhost:8000'
]

const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

const refuse = (res: Response, status: number, error: string) => void res.status(status).json({ error })

/** Detects a web page whose host name points at this machine (DNS rebinding): the name gives it away. */
export const refuseForeignHosts: RequestHandler = ({ headers: { host = '' } }, res, next) =>
  LOOPBACK_HOST.test(host) ? next() : refuse(res, 403, 'This server answers on localhost only.')

/**
 * CORS alone keeps a foreign page from reading the answer, but not from sending a "simple" request with the user's credentials.
 * Programs like curl send no Origin.
 */
const letIn =
  (origins: string[]): RequestHandler =>
  ({ headers: { origin, host } }, res, next) =>
    origin === undefined || origin === `http://${host}` || origins.includes(origin)
      ? next()
      : refuse(res, 403, `Requests from ${origin} are refused.`)

export const refuseForeignOrigins = letIn(TESTER_ORIGINS)
export const ownOriginOnly = letIn([])

/** Browsers send JSON to another origin only after a preflight, but plain text and forms without one. */
export const requireJson: RequestHandler = (req, res, next) => {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
  if (hasBody && !req.is('application/json')) return refuse(res, 415, 'Send the body as content-type application/json.')
  next()
}
