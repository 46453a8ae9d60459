import { STATUS_CODES, type IncomingHttpHeaders } from 'node:http'

/** A complete request. */
export interface HttpCall {
  method: string
  /** Path and query as sent. */
  url: string
  path: string
  params: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Answer {
  status: number
  type: string
  body: string
  headers?: Record<string, string>
}

export const json = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json;charset=UTF-8',
  body: JSON.stringify(value)
})

export const text = (body: string, status: number): Answer => ({ status, type: 'text/plain;charset=UTF-8', body })

/** What a gateway in front of Marketo answers. */
export const html = (status: number): Answer => ({
  status,
  type: 'text/html;charset=UTF-8',
  body: `<html><body><h1>${status} ${STATUS_CODES[status] ?? ''}</h1></body></html>`
})
