import { MARKETO_REST_API_VERSION } from '../versioning-info'

/** A call of Marketo's REST API: what messages call it, the permission it needs, and how long to wait for it. */
export interface Call {
  name: string
  /** `{id}` stands for what the call is about: see {@link pathOf}. */
  path: string
  /** The permission as it is named in Marketo's Admin > Users & Roles > Roles > Access API. */
  permission: string
  timeoutMs: number
  /**
   * The answer may have no `result`: it says no more than that the call was done, or that nothing was found. For all
   * other calls such an answer is out of shape.
   */
  withoutResult?: boolean
  /** What the customer can do about an error of this call, by its code; errors.ts has what holds for all calls. */
  advice?: Record<string, string>
}

/** A call that takes records. Only records.ts reads what this adds. */
export interface RecordCall extends Call {
  method: 'POST' | 'DELETE'
  /** Records in one call. */
  size: number
  /**
   * Where the records stand: in the list `input` of the body; in `input.leads`, beside what they share; or, by their IDs
   * alone, in the query.
   */
  shape: 'input' | 'input.leads' | 'query'
  /** Codes with which Marketo refuses a whole call for one of its records: with fewer records the others are taken. */
  oneRecordCodes: readonly string[]
  /** There is one result for all records: `success` alone says that they are done. */
  oneResult?: boolean
  /**
   * A record that is sent twice is there twice. So what has a result counts as done even where there are not as many results
   * as records; for all other calls no one could tell whose they are, and all records are sent again.
   */
  cannotRepeat?: boolean
  /** Codes of a record that is already as it should be. */
  alreadySo?: readonly string[]
}

export const REST = `/rest/${MARKETO_REST_API_VERSION}`
export const ASSET = `/rest/asset/${MARKETO_REST_API_VERSION}`

/**
 * Marketo's own time limits (120, 90, 60 and 30 seconds) plus five seconds: giving up on a call that Marketo still executes
 * would send its records a second time, and activities cannot be deduplicated. For what has no limit of its own, Marketo
 * says 30 seconds. Asset calls may take 300 seconds, but what they tell is waited for by a person: they get as much as the
 * rest.
 * Sources, under "Timeouts": https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/leads,
 * https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/activities
 * and https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/lead-database/custom-objects
 */
export const TIMEOUT_MS = { veryLong: 125_000, long: 95_000, medium: 65_000, short: 35_000, merge: 185_000 }

/** @returns the call's path for one thing, such as a list, with a query */
export function pathOf({ path }: Call, id: string | number, query: Record<string, string> = {}): string {
  const search = new URLSearchParams(query).toString()
  return `${path.replace('{id}', encodeURIComponent(id))}${search && `?${search}`}`
}
