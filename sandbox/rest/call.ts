import type { Limits } from '../state/shapes'
import { MarketoError } from '../state/errors'
import type { HttpCall } from './message'
import type { Route } from './routes'

export type InputRecord = Record<string, unknown>

/** A REST call as its handler sees it. */
export interface Call {
  params: URLSearchParams
  /** The part of the path that varies: a lead's id, an activity type's API name. */
  pathArgument: string
  /** Body and records; empty for a call that takes no records. */
  body: Record<string, unknown>
  input: InputRecord[]
}

/** Reads a call for the route that takes it, or refuses it as a whole. */
export function readCall(http: HttpCall, { path, row, method }: Route, limits: Limits): Call {
  const [, pathArgument = ''] = path.exec(http.path) ?? []
  const type = http.headers['content-type'] ?? ''
  // A GET whose query string is too long for a URI comes as a POST with that string as its form body.
  const isForm = method === 'GET' && http.method === 'POST'
  if (isForm && !type.startsWith('application/x-www-form-urlencoded')) throw new MarketoError('612')
  const params = isForm
    ? new URLSearchParams([...http.params, ...new URLSearchParams(http.body.toString())])
    : http.params
  if (row.takes !== 'records') return { params, pathArgument, body: {}, input: [] }

  if (!type.startsWith('application/json')) throw new MarketoError('612')
  const body = parse(http.body.toString())
  return { params, pathArgument, body, input: records(body.input, limits) }
}

function parse(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    if (isObject(body)) return body
  } catch {
    // Answered below, as is a body that is no object.
  }
  throw new MarketoError('609')
}

function records(input: unknown, { recordsPerCall }: Limits): InputRecord[] {
  if (input === undefined) throw new MarketoError('1002', 'input')
  if (!Array.isArray(input) || !input.every(isObject)) throw new MarketoError('1001', input, 'list of records')
  if (input.length === 0) throw new MarketoError('1003', 'input must not be empty')
  if (input.length > recordsPerCall) throw new MarketoError('1003', `input exceeds ${recordsPerCall} records`)
  return input
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
