import type { BrowserEndpoint } from './browser/endpoints'
import type { RestEndpoint } from './rest/endpoints'
import type { Activity, Change, Click, Lead, Limits, UsageOf, Visit } from './state/shapes'

/** What the sandbox shows and takes: the shapes of its state, its limits and its faults, over HTTP and in process. */
export * from './state/shapes'

/** The calls that a fault can be set for, beside `*` for any of Marketo's API. `munchkin` is the tracking endpoint. */
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
   * - `broken`: HTTP 200 with a body that is no Marketo envelope; `executed` as above
   * - `short`: `result` lacks its last entry; `executed` says whether that record's work was done, the others' was
   *
   * Unless given, `executed` is true for `delay` and false for the others. `error` can happen to REST calls only,
   * `short` to those that have a `result`, `record` to those that have one for each record; faults of endpoint `*` pass
   * others by.
   */
  kind: 'error' | 'record' | 'status' | 'delay' | 'cut' | 'broken' | 'short'
  code?: string
  message?: string
  status?: number
  ms?: number
  executed?: boolean
}

/** `GET /sandbox/state` */
export interface State {
  instance: string
  leads: Lead[]
  changes: Change[]
  activities: Activity[]
  visits: Visit[]
  clicks: Click[]
  usage: Usage
  limits: Limits
  faults: Fault[]
}
