import { MARKETO_REST_API_VERSION } from '../../versioning-info'

/** A call of Marketo's REST API: what messages call it, the permission it needs, and how long to wait for it. */
export interface Call {
  name: string
  /** `{id}` stands for the thing that the call is about: see {@link pathOf}. */
  path: string
  /** The permission as it is named in Marketo's Admin > Users & Roles > Roles > Access API. */
  permission: string
  timeoutMs: number
  /** It takes so long that few at once must leave room for others. */
  isSlow?: boolean
  /**
   * The answer may have no `result`. It then only says that the call succeeded, or that nothing was found. For all other
   * calls, such an answer is malformed.
   */
  withoutResult?: boolean
  /** The answer has a `nextPageToken`, even if it is the last page. Then an empty `result` may be left out. */
  alwaysHasToken?: boolean
  /** What the customer can do about an error of this call, by its code. errors.ts has the advice for all calls. */
  advice?: Record<string, string>
}

/** A call that takes records. Only records.ts reads what this adds. */
export interface RecordCall extends Call {
  method: 'POST' | 'DELETE'
  /** Records in one call. */
  size: number
  /**
   * Where the records go: in the list `input` of the body; in `input.leads`, beside what they share; or, by their IDs
   * alone, in the query.
   */
  shape: 'input' | 'input.leads' | 'query'
  /** Codes with which Marketo refuses a whole call because of one record. Then records.ts sends it in halves. */
  oneRecordCodes: readonly string[]
  /** All records share one result: `success` alone says that they are done. */
  oneResult?: boolean
  /**
   * A record that is sent twice exists twice. So a record with a result counts as done, even if the number of results
   * differs from the number of records. For all other calls, the results could not be matched to their records, so all
   * records are sent again.
   */
  cannotRepeat?: boolean
  /** Codes that say that a record is already as it should be. */
  alreadySo?: readonly string[]
}

export const REST = `/rest/${MARKETO_REST_API_VERSION}`
export const ASSET = `/rest/asset/${MARKETO_REST_API_VERSION}`

/**
 * Marketo's own time limits (120, 90, 60 and 30 seconds) plus five seconds: if we gave up on a call that Marketo still
 * executes, its records would be sent twice, and Marketo cannot deduplicate activities. Without another limit, Marketo
 * says 30 seconds. Asset calls may take 300 seconds, but a person is waiting for their answers, so they get the same
 * time as other calls.
 * Sources, under "Timeouts": https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/leads,
 * https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/activities
 * and https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/custom-objects
 */
export const TIMEOUT_MS = { veryLong: 125_000, long: 95_000, medium: 65_000, short: 35_000, merge: 185_000 }

/** Calls that need no permission and do not count against the API limits. */
export const IDENTITY_TIMEOUT_MS = TIMEOUT_MS.short
export const BEACON_TIMEOUT_MS = TIMEOUT_MS.short

/** @returns the call's path for one thing, such as a list, with a query */
export function pathOf({ path }: Call, id: string | number, query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString()
  return `${path.replace('{id}', encodeURIComponent(id))}${search && `?${search}`}`
}
