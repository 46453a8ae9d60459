import { pathOf } from '../transport/call'
import { CALLS } from '../calls/all-calls'
import { itemsIn } from '../transport/client'
import type { Envelope, MarketoClient } from '../transport/client'
import { LATER } from '../transport/errors'
import { MarketoError } from '../transport/outcome'
import { isoTime } from '../values/dates'
import { leadIdIn } from './leads'

/** An activity in a lead's log. */
export interface LoggedActivity {
  leadId: number
  activityTypeId: number
  primaryAttributeValue: string
  /** UTC, to the second, as {@link isoTime} writes it. */
  activityDate: string
}

/** A row as Marketo gives it. */
type LogRow = { [member in keyof LoggedActivity]?: unknown }

/**
 * @param since ISO 8601 with a zone
 * @returns the token of the log's first page, from that time on
 * @throws MarketoError
 */
export async function logSince(client: MarketoClient, since: string): Promise<string> {
  const call = CALLS.pagingToken
  const { nextPageToken } = await client.send(call, { method: 'GET' }, pathOf(call, '', { sinceDatetime: since }))
  if (nextPageToken) return nextPageToken
  throw new MarketoError({ status: 502, message: `${call.name}: Marketo's answer has no token. ${LATER}` })
}

/**
 * Reads all pages of the log.
 * @param token of the first page
 * @param leadIds at most {@link LEADS_PER_LOG_CALL}
 * @returns the activities of one type on these leads
 * @throws MarketoError also for an answer that cannot be understood: what is in the log must be certain
 */
export async function leadActivities(
  client: MarketoClient,
  token: string,
  leadIds: readonly number[],
  activityTypeId: number
): Promise<LoggedActivity[]> {
  const call = CALLS.leadActivities
  const filter = { activityTypeIds: String(activityTypeId), leadIds: leadIds.join(',') }
  const activities: LoggedActivity[] = []
  const seen = new Set<string>()
  let nextPageToken: string | undefined = token
  while (nextPageToken) {
    seen.add(nextPageToken)
    const path = pathOf(call, '', { nextPageToken, ...filter })
    const page: Envelope<LogRow> = await client.send<LogRow>(call, { method: 'GET' }, path)
    if (itemsIn(page.result).length < page.result.length) throw unreadable('is not a list of activities')
    for (const row of page.result) activities.push(activityIn(row))
    // Marketo also gives a token with the last page, for activities that come later. A page can be empty and not be the last one.
    nextPageToken = page.moreResult ? page.nextPageToken : undefined
    if (page.moreResult && (!nextPageToken || seen.has(nextPageToken))) throw unreadable('has no next page')
  }
  return activities
}

function activityIn({ leadId, activityTypeId, primaryAttributeValue, activityDate }: LogRow): LoggedActivity {
  const lead = leadIdIn(leadId)
  if (lead === undefined) throw unreadable('has an activity without a lead')
  const date = isoTime(String(activityDate))
  if (date === undefined) throw unreadable('has an activity without a date')
  return {
    leadId: lead,
    activityTypeId: Number(activityTypeId),
    primaryAttributeValue: String(primaryAttributeValue),
    activityDate: date
  }
}

const unreadable = (what: string): MarketoError =>
  new MarketoError({ status: 502, message: `${CALLS.leadActivities.name}: Marketo's answer ${what}. ${LATER}` })
