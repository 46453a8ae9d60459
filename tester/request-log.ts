import type { RequestHandler } from 'express'

/** One line per request, with the Marketo it talked to. It leaves out query and body, which may contain secrets. */
export const logRequests =
  (log: (line: string) => void): RequestHandler =>
  (req, res, next) => {
    const startedAt = performance.now()
    const { method, path } = req
    res.on('close', () => {
      const marketo = res.getHeader('x-marketo')
      const duration = Math.round(performance.now() - startedAt)
      log(`${res.statusCode} ${method} ${path} ${duration} ms${marketo ? ` -> ${String(marketo)}` : ''}`)
    })
    next()
  }
