import express from 'express'
import type { RequestHandler } from 'express'

/** The page loads and requests everything from this server, and no other page may frame it. CodeMirror adds styles. */
const POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

/** The tester page, at `/`. */
export const pageFiles = (directory: string): RequestHandler[] => [
  (_req, res, next) => {
    res.setHeader('Content-Security-Policy', POLICY)
    res.setHeader('X-Content-Type-Options', 'nosniff')
    res.setHeader('Referrer-Policy', 'no-referrer')
    next()
  },
  express.static(directory, { setHeaders: (res) => void res.setHeader('Cache-Control', 'no-cache') })
]
