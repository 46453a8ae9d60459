import { MARKETO_REST_API_VERSION } from '../versioning-info'

/** A call of Marketo's REST API: what messages call it, the permission it needs, and how long to wait for it. */
export interface Call {
  name: string
  path: string
  /** The permission as it is named in Marketo's Admin > Users & Roles > Roles > Access API. */
  permission: string
  timeoutMs: number
  /** The answer says no more than that it was done. For all other calls an answer without `result` is out of shape. */
  withoutResult?: boolean
}

type CallKey =
  | 'syncLeads'
  | 'getLeads'
  | 'describeLeads'
  | 'deleteLeads'
  | 'associateLead'
  | 'addActivities'
  | 'activityTypes'
  | 'activityType'

const REST = `/rest/${MARKETO_REST_API_VERSION}`

/**
 * Marketo's own time limits (90, 60 and 30 seconds) plus five seconds: giving up on a call that Marketo still executes
 * would send its records a second time, and activities cannot be deduplicated.
 * Source: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/endpoint-reference ("Timeouts")
 */
const LONG = 95_000
const MEDIUM = 65_000
const SHORT = 35_000

export const CALLS: Record<CallKey, Call> = {
  syncLeads: { name: 'Sync Leads', path: `${REST}/leads.json`, permission: 'Read-Write Lead', timeoutMs: LONG },
  getLeads: { name: 'Get Leads', path: `${REST}/leads.json`, permission: 'Read-Only Lead', timeoutMs: MEDIUM },
  describeLeads: {
    name: 'Describe Lead',
    path: `${REST}/leads/describe2.json`,
    permission: 'Read-Only Lead',
    timeoutMs: SHORT
  },
  deleteLeads: {
    name: 'Delete Leads',
    path: `${REST}/leads/delete.json`,
    permission: 'Read-Write Lead',
    timeoutMs: SHORT
  },
  associateLead: {
    name: 'Associate Lead',
    path: `${REST}/leads`,
    permission: 'Read-Write Lead',
    timeoutMs: MEDIUM,
    withoutResult: true
  },
  addActivities: {
    name: 'Add Custom Activities',
    path: `${REST}/activities/external.json`,
    permission: 'Read-Write Activity',
    timeoutMs: LONG
  },
  activityTypes: {
    name: 'Get Custom Activity Types',
    path: `${REST}/activities/external/types.json`,
    permission: 'Read-Only Activity Metadata',
    timeoutMs: SHORT
  },
  activityType: {
    name: 'Describe Custom Activity Type',
    path: `${REST}/activities/external/type`,
    permission: 'Read-Only Activity Metadata',
    timeoutMs: SHORT
  }
}

/** Calls that need no permission and do not count against the API limits. */
export const IDENTITY_TIMEOUT_MS = SHORT
export const BEACON_TIMEOUT_MS = SHORT
