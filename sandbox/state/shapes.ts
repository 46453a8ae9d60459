/** What an instance keeps, as the control API shows it. */

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

/** What a write made of a lead's fields. */
export interface Change {
  leadId: number
  at: string
  /** The write created the lead. */
  isNew: boolean
  /** By field, `null` where there was no value before, or is none any more. */
  values: Record<string, { from: FieldValue | null; to: FieldValue | null }>
}

type FieldValue = string | number | boolean

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

/** Calls since the last reset, by the name of the endpoint. */
export interface UsageOf<Endpoint extends string> {
  /** REST calls counted against the quota since the last reset of the sandbox. */
  total: number
  byEndpoint: Partial<Record<Endpoint, number>>
  /** Not counted by Marketo: identity calls and beacons. */
  uncounted: { identity: number; munchkin: number }
}
