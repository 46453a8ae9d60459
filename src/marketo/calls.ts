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
  /**
   * A record that is sent twice is there twice. So what has a result counts as done even where there are not as many results
   * as records; for all other calls no one could tell whose they are, and all records are sent again.
   */
  cannotRepeat?: boolean
  /** What the customer can do about an error of this call, by its code; errors.ts has what holds for all calls. */
  advice?: Record<string, string>
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
 * Sources, under "Timeouts": https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/leads
 * and https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/activities
 */
const LONG = 95_000
const MEDIUM = 65_000
const SHORT = 35_000

const LEAD_FIELD = 'Admin > Field Management > Export Field Names (column REST API Name)'
const ACTIVITY_FIELD = 'Admin > Marketo Custom Activities > Fields'

export const CALLS: Record<CallKey, Call> = {
  syncLeads: {
    name: 'Sync Leads',
    path: `${REST}/leads.json`,
    permission: 'Read-Write Lead',
    timeoutMs: LONG,
    advice: {
      '1001': "Send a value of the field's type, as shown in Admin > Field Management.",
      '1004': 'Correct Marketo Lead ID, or choose a way to sync leads that creates them.',
      '1005': 'Choose a way to sync leads that updates them.',
      '1006': `Compare the name with ${LEAD_FIELD}.`,
      '1007': 'Merge the duplicate leads in Marketo, or set Lookup Field to Automatic.',
      '1010': 'The lead is in another partition: leave Partition Name empty, or map that one.',
      '1011': 'Choose a Lookup Field that is searchable (string, email or integer).'
    }
  },
  getLeads: {
    name: 'Get Leads',
    path: `${REST}/leads.json`,
    permission: 'Read-Only Lead',
    timeoutMs: MEDIUM,
    advice: {
      '1003': 'If more than 1,000 leads match a value, merge them in Marketo.',
      '1006': 'Create the custom field that the message names: New Custom Field in Admin > Field Management.'
    }
  },
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
    timeoutMs: LONG,
    cannotRepeat: true,
    advice: {
      '1001': `Send a value of the attribute's type, as shown in ${ACTIVITY_FIELD}.`,
      '1003': 'Correct the value that the message names, for example the Activity Type ID: the type must be approved.',
      '1004': 'The lead is gone from Marketo: correct Marketo Lead ID, if you map it.',
      '1006': `Compare the name with ${ACTIVITY_FIELD}.`
    }
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
