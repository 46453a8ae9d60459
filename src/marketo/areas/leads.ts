import { inChunks } from '../calls/chunks'
import { pathOf } from '../transport/call'
import { CALLS } from '../calls/all-calls'
import { itemsIn } from '../transport/client'
import type { MarketoClient } from '../transport/client'
import { INVALID_COOKIE, LATER, TOO_MANY_RESULTS } from '../transport/errors'
import { LEADS_PER_FILTER, PAGES_PER_FILTER, RECORDS_PER_CALL, URI_BYTES } from '../transport/limits'
import { failureOf, MarketoError } from '../transport/outcome'
import type { Failure, Outcome } from '../transport/outcome'
import { sendAll } from '../calls/records'
import type { RecordTarget } from '../calls/records'

/** Whether Sync Leads creates leads, updates them, or both. */
type SyncAction = 'createOrUpdate' | 'createOnly' | 'updateOnly'

/** What all records of a Sync Leads call share. Only the two actions that create leads accept `partitionName`. */
export interface SyncTarget {
  action: SyncAction
  lookupField: string
  partitionName?: string
}

/** A lead as Get Leads by Filter Type returns it: only the requested fields that have a value. */
export interface LeadRow {
  id: number
  updatedAt?: string
  email?: string | null
  /** A number, if the field was created with type Integer. */
  userId?: string | number | null
  anonymousId?: string | number | null
  leadPartitionId?: number | null
  /** All Munchkin tokens associated with the lead, separated by commas. */
  cookies?: string | null
  [field: string]: unknown
}

/** A lead field as Describe Lead 2 shows it. */
export interface LeadField {
  name: string
  displayName: string
  dataType: string
  updateable: boolean
}

/** Where records for Sync Leads go. The body of a success has the lead's `id`. */
export const syncTarget = (target: SyncTarget): RecordTarget => ({ call: CALLS.syncLeads, head: { ...target } })

/** An existing lead is written by its ID, which is never ambiguous. */
export const TO_LEAD_ID = syncTarget({ action: 'updateOnly', lookupField: 'id' })

/** @returns the outcome for each lead ID, in order */
export function deleteLeads(client: MarketoClient, ids: number[]): Promise<Outcome[]> {
  return sendAll(
    client,
    { call: CALLS.deleteLeads },
    ids.map((id) => ({ id }))
  )
}

/**
 * Gets the leads whose `filterType` is one of `values`, 300 values a call.
 * @returns the leads, in no particular order, and why some values could not be looked up
 */
export async function getLeads(
  client: MarketoClient,
  filterType: string,
  values: string[],
  fields: string[]
): Promise<{ rows: LeadRow[]; failures: Map<string, Failure> }> {
  let rows: LeadRow[] = []
  const failures = new Map<string, Failure>()

  async function getCall(chunk: string[]): Promise<void> {
    try {
      const found = await getPages(client, { filterType, filterValues: chunk.join(','), fields: fields.join(',') })
      rows = rows.concat(found)
    } catch (error) {
      const failure = failureOf(error)
      if (fewerMayDo(failure) && chunk.length > 1) {
        const half = Math.ceil(chunk.length / 2)
        await getCall(chunk.slice(0, half))
        await getCall(chunk.slice(half))
      } else {
        for (const value of chunk) failures.set(value, failure)
      }
    }
  }

  await Promise.all(inChunks(values, RECORDS_PER_CALL).map(getCall))
  return { rows, failures }
}

/** Whether asking for fewer values helps: they are too long, too many leads match them, or one is unacceptable. */
function fewerMayDo(failure: Failure): boolean {
  return failure.status === 413 || failure.code === INVALID_COOKIE || hasTooManyMatches(failure)
}

/** Whether a look-up failed because more leads match than Marketo shows. */
export const hasTooManyMatches = ({ code, message }: Failure): boolean =>
  code === TOO_MANY_RESULTS && /too many results/i.test(message)

async function getPages(client: MarketoClient, filter: Record<string, string>): Promise<LeadRow[]> {
  let rows: LeadRow[] = []
  const tokens = new Set<string>()
  let nextPageToken: string | undefined
  do {
    const query = new URLSearchParams(nextPageToken ? { ...filter, nextPageToken } : filter).toString()
    const { path } = CALLS.getLeads
    const page =
      path.length + query.length < URI_BYTES
        ? await client.send<LeadRow>(CALLS.getLeads, { method: 'GET' }, `${path}?${query}`)
        : await client.send<LeadRow>(
            CALLS.getLeads,
            { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: query },
            `${path}?_method=GET`
          )
    if (!page.result.every((row) => Number.isInteger(row?.id))) {
      throw new MarketoError({
        status: 500,
        message: `${CALLS.getLeads.name}: Marketo's answer is not a list of leads. ${LATER}`
      })
    }
    rows = rows.concat(page.result)
    nextPageToken = page.nextPageToken
    if (
      nextPageToken &&
      (tokens.has(nextPageToken) || tokens.size === PAGES_PER_FILTER || rows.length > LEADS_PER_FILTER)
    ) {
      throw new MarketoError({ status: 502, message: `${CALLS.getLeads.name}: the pages do not end. ${LATER}` })
    }
    if (nextPageToken) tokens.add(nextPageToken)
  } while (nextPageToken)
  return rows
}

/** A lead's ID in an answer, as a number or as text. Undefined if it is neither. */
export function leadIdIn(id: unknown): number | undefined {
  const leadId = Number(id)
  return Number.isSafeInteger(leadId) && leadId > 0 ? leadId : undefined
}

/** @returns all lead fields, and the names of those that leads can be looked up by */
export async function describeLeads(client: MarketoClient): Promise<{ fields: LeadField[]; searchable: Set<string> }> {
  const { result } = await client.send<{ fields?: LeadField[]; searchableFields?: string[][] }>(CALLS.describeLeads, {
    method: 'GET'
  })
  const [description] = result
  return {
    fields: itemsIn(description?.fields).filter(({ name }) => typeof name === 'string'),
    searchable: new Set(Array.isArray(description?.searchableFields) ? description.searchableFields.flat() : [])
  }
}

/** Merges leads into another one, irreversibly. The values of the lead that stays win, unless they are empty. */
export async function mergeLeads(client: MarketoClient, winner: number, losers: number[]): Promise<void> {
  await client.send(
    CALLS.mergeLeads,
    { method: 'POST' },
    pathOf(CALLS.mergeLeads, winner, { leadIds: losers.join(',') })
  )
}

/** Associates a Munchkin token, and the anonymous activity under it, with a lead. */
export async function associateLead(client: MarketoClient, leadId: number, cookie: string): Promise<void> {
  await client.send(CALLS.associateLead, { method: 'POST' }, pathOf(CALLS.associateLead, leadId, { cookie }))
}
