import { ApiError } from '../state/errors'
import type { Limits } from '../state/shapes'
import type { HttpCall } from './message'
import type { Route } from './routes'

export type InputRecord = Record<string, unknown>

/** A REST call as its handler sees it. */
export interface ReceivedCall {
  /** The query; for a form, its members as well. */
  params: URLSearchParams
  /** The variable part of the path: a lead's id, an activity type's API name. */
  pathArgument: string
  /** Body and records. Empty if the call takes no records. */
  body: Record<string, unknown>
  input: InputRecord[]
}

/** Reads a call for its route, or refuses the whole call. */
export function readCall(http: HttpCall, { path, row, method }: Route, limits: Limits): ReceivedCall {
  const pathArgument = decodeURIComponent(path.exec(http.path)?.[1] ?? '')
  const most = row.most ?? limits.recordsPerCall
  // A GET whose query string is too long for a URI comes as a POST with that string as its form body.
  const isForm = row.takes === 'form' || (method === 'GET' && http.method === 'POST' && row.takes !== 'json')
  const params = isForm ? withForm(http) : http.params
  const call = { params, pathArgument, body: {}, input: [] }
  switch (row.takes) {
    case 'records': {
      const body = jsonIn(http)
      return { ...call, body, input: records(body.input, most) }
    }
    case 'json':
      return { ...call, body: jsonIn(http) }
    case 'leadIds':
      return { ...call, input: records(isForm ? idsIn(params) : idsIn(params) ?? jsonIn(http).input, most) }
    default:
      return call
  }
}

function withForm({ headers, params, body }: HttpCall): URLSearchParams {
  const type = headers['content-type'] ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded')) throw new ApiError('612')
  return new URLSearchParams([...params, ...new URLSearchParams(body.toString())])
}

/** `id=1&id=2` and `id=1,2`; undefined without any. */
function idsIn(params: URLSearchParams): InputRecord[] | undefined {
  const texts = params.getAll('id').flatMap((text) => text.split(','))
  return texts.length === 0 ? undefined : texts.map((text) => ({ id: /^\d+$/.test(text) ? Number(text) : text }))
}

function jsonIn({ headers, body }: HttpCall): Record<string, unknown> {
  if (!headers['content-type']?.startsWith('application/json')) throw new ApiError('612')
  try {
    const given: unknown = JSON.parse(body.toString())
    if (isObject(given)) return given
  } catch {
    // Answered below, like a body that is not an object.
  }
  throw new ApiError('609')
}

function records(input: unknown, most: number): InputRecord[] {
  if (input === undefined) throw new ApiError('1002', 'input')
  if (!Array.isArray(input) || !input.every(isObject)) throw new ApiError('1001', input, 'list of records')
  if (input.length === 0) throw new ApiError('1003', 'input must not be empty')
  if (input.length > most) throw new ApiError('1003', `input exceeds ${most} records`)
  return input
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
