/** What the sandbox shows and takes: the shapes of its state, its limits and its faults, over HTTP and in process. */

/**
 * The calls that a fault can be set for. `munchkin` is the tracking endpoint, `*` is any of Marketo's API; what a browser
 * loads from Marketo and Segment is named one by one.
 */
export type Endpoint =
  | 'identity'
  | 'syncLeads'
  | 'getLeads'
  | 'describeLeads'
  | 'deleteLeads'
  | 'associateLead'
  | 'activityTypes'
  | 'activityType'
  | 'addActivities'
  | 'usage'
  | 'munchkin'
  | BrowserEndpoint

/** Scripts and form calls of Marketo's, and Segment's CDN and tracking API. */
export type BrowserEndpoint =
  | 'munchkinScript'
  | 'formScript'
  | 'getForm'
  | 'xdFrame'
  | 'save2'
  | 'segmentCdn'
  | 'segmentApi'

/** Marketo's limits as enforced here. Each can be lowered, so that a test reaches it quickly. */
export interface Limits {
  recordsPerCall: number
  bodyBytes: number
  uriBytes: number
  callsPerWindow: number
  windowMs: number
  concurrentCalls: number
  callsPerDay: number
  filterMatches: number
  tokenLifeSeconds: number
}

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
   * Unless given, `executed` is true for `delay` and false for the others. `error` and `short` cannot happen to
   * `identity` and `munchkin`, `record` only to calls that take records; faults of endpoint `*` pass others by.
   */
  kind: 'error' | 'record' | 'status' | 'delay' | 'cut' | 'broken' | 'short'
  code?: string
  message?: string
  status?: number
  ms?: number
  executed?: boolean
}

/** A lead as the sandbox keeps it: `id`, `createdAt`, `updatedAt` (ISO 8601) and whatever fields are set. */
export interface Lead {
  id: number
  createdAt: string
  updatedAt: string
  /** Name of the lead's partition. */
  partition: string
  fields: Record<string, string | number | boolean>
  /** Munchkin tokens tied to this lead. */
  cookies: string[]
}

export interface Activity {
  id: number
  leadId: number
  activityDate: string
  activityTypeId: number
  activityTypeName: string
  primaryAttributeValue: string
  attributes: { apiName: string; value: unknown }[]
}

/** A page visit. `leadId` is null while the visitor is anonymous. */
export interface Visit {
  leadId: number | null
  token: string
  url: string
  /** Raw query parameters of the beacon, decoded once. */
  params: Record<string, string>
  userAgent: string
  visitedAt: string
}

/** A click on a link, as Munchkin reports it. */
export interface Click {
  token: string
  url: string
}

export interface Usage {
  /** REST calls counted against the quota since the last reset of the sandbox. */
  total: number
  byEndpoint: Partial<Record<Endpoint, number>>
  /** Not counted by Marketo: identity calls and beacons. */
  uncounted: { identity: number; munchkin: number }
}

/** `GET /sandbox/state` */
export interface State {
  instance: string
  leads: Lead[]
  activities: Activity[]
  visits: Visit[]
  clicks: Click[]
  usage: Usage
  limits: Limits
  faults: Fault[]
}
