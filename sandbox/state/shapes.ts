import type { ActivityType } from './activity-types'

/** The data of an instance, as the control API shows it. */

/** Marketo's limits in the sandbox. A test can lower each, to reach it quickly. */
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
  /** The largest `maxReturn` of an asset call. */
  assetsPerPage: number
  /** In one Request Campaign call. */
  campaignLeads: number
  campaignTokens: number
  /** In an instance. */
  activityTypes: number
  /** Of one custom activity type. */
  activityAttributes: number
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

/** How a write changed a lead's fields. */
export interface Change {
  leadId: number
  at: string
  /** The write created the lead. */
  isNew: boolean
  /** By field. `null` means that there was no value before, or is none now. */
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

/** A static list, and who is on it. */
export interface ListState {
  id: number
  name: string
  description?: string
  folder: { id: number; type: 'Folder' | 'Program' }
  leadIds: number[]
}

/** A lead was put on a static list, or taken off it. */
export interface ListChange {
  listId: number
  listName: string
  leadId: number
  isAdded: boolean
  /** ISO 8601 */
  at: string
}

/** A campaign that was requested for a lead. */
export interface CampaignRun {
  campaignId: number
  campaignName: string
  leadId: number
  /** By name, such as `{{my.message}}`. */
  tokens: Record<string, string>
  requestedAt: string
}

/** A record of a custom object. */
export interface ObjectRecord {
  /** API name of the object. */
  objectName: string
  marketoGUID: string
  /** The lead that its link field names; null without one. */
  leadId: number | null
  createdAt: string
  updatedAt: string
  fields: Record<string, string | number | boolean>
}

/** A lead in a program, and how far it has come. */
export interface ProgramMember {
  programId: number
  programName: string
  leadId: number
  statusName: string
  updatedAt: string
  /** Custom fields of program members. */
  fields: Record<string, string | number | boolean>
}

/** A form that was submitted, by API or in a page. */
export interface FormSubmission {
  formId: number
  formName: string
  leadId: number
  programId?: number
  /** REST names by API, and the form's names in a page. */
  fields: Record<string, unknown>
  visitorData: Record<string, unknown>
  cookie?: string
  submittedAt: string
}

/** A lead that was merged into another, as it was. */
export interface Merge {
  winnerId: number
  loserId: number
  loserFields: Record<string, string | number | boolean>
  mergedAt: string
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

/** Everything in an instance. */
export interface InstanceState {
  instance: string
  leads: Lead[]
  changes: Change[]
  activities: Activity[]
  activityTypes: ActivityType[]
  visits: Visit[]
  clicks: Click[]
  lists: ListState[]
  listChanges: ListChange[]
  campaignRuns: CampaignRun[]
  objects: ObjectRecord[]
  programMembers: ProgramMember[]
  formSubmissions: FormSubmission[]
  merges: Merge[]
  usage: UsageOf<string>
  limits: Limits
}
