import type { BrowserEndpoint } from './browser/endpoints'
import type { RestEndpoint } from './rest/endpoints'
import type { InstanceState, UsageOf } from './state/shapes'

/** What the sandbox shows and accepts: the shapes of its state, its limits and its faults, over HTTP and in process. */
export * from './state/shapes'

/** The calls that a fault can hit, besides `*` for all of Marketo's API. `munchkin` is the tracking endpoint. */
export type Endpoint = RestEndpoint | 'identity' | 'munchkin' | BrowserEndpoint

export type Usage = UsageOf<Endpoint>

/** What goes wrong with the next `times` calls of an endpoint. */
export interface Fault {
  endpoint: Endpoint | '*'
  /** How many calls are hit. Default 1. */
  times?: number
  /** How many calls of the endpoint pass untouched first. Default 0. */
  after?: number
  /**
   * - `error`: a response-level Marketo error with `code`; nothing is executed
   * - `record`: every record of the call is skipped with `code`; nothing is executed
   * - `status`: HTTP `status` with an HTML body; nothing is executed
   * - `delay`: answers after `ms`; the work is done (at once). With `executed: false` it is not done, and after `ms`
   *   the connection is reset
   * - `cut`: the connection is reset; `executed` says whether the work was done before
   * - `broken`: HTTP 200 with a body that is not a Marketo envelope; `executed` as above
   * - `short`: `result` lacks its last entry; `executed` says whether that record's work was done; the others' was done
   *
   * By default, `executed` is true for `delay` and false for the others. `error` can hit only REST calls, `short` only calls
   * with a `result`, and `record` only calls with a result for each record. Faults of endpoint `*` skip other calls.
   */
  kind: 'error' | 'record' | 'status' | 'delay' | 'cut' | 'broken' | 'short'
  code?: string
  message?: string
  status?: number
  ms?: number
  executed?: boolean
}

/** `GET /sandbox/state` */
export interface State extends InstanceState {
  usage: Usage
  faults: Fault[]
}
