import { ApiError } from '../../state/errors'
import { isDatetime } from '../../state/field-values'
import type { Marketo } from '../../state/marketo'
import type { Activity } from '../../state/shapes'
import type { ReceivedCall } from '../call'
import { countIn, required } from '../pages'

const LEADS_PER_CALL = 30
const TYPES_PER_CALL = 10

/** Get Paging Token: where the log of activities begins, for those that took place at that time or later. */
export function pagingToken(_marketo: Marketo, { params }: ReceivedCall) {
  const since = required(params, 'sinceDatetime')
  if (!isDatetime(since, true)) throw new ApiError('1003', `Invalid sinceDatetime '${since}'`)
  return { nextPageToken: tokenOf({ since: Date.parse(since), from: 0 }) }
}

/**
 * Get Lead Activities. A page is what matches among the next 300 activities of these leads, so it can be short, or empty, and not
 * be the last one. Even the last page has a token, for activities that come later.
 */
export function leadActivities({ activities, limits }: Marketo, { params }: ReceivedCall) {
  const { since, from } = placeIn(required(params, 'nextPageToken'))
  const typeIds = idsIn(required(params, 'activityTypeIds'), 'activityTypeIds', TYPES_PER_CALL)
  const leadIds = params.has('leadIds') ? idsIn(params.get('leadIds') ?? '', 'leadIds', LEADS_PER_CALL) : undefined
  const size = countIn(params, 'batchSize', limits.recordsPerCall, limits.recordsPerCall)
  const ofLeads = activities
    .all()
    .filter(({ leadId, activityDate }) => (leadIds?.includes(leadId) ?? true) && secondOf(activityDate) >= since)
  const next = Math.min(from + size, ofLeads.length)
  return {
    result: ofLeads
      .slice(from, next)
      .filter(({ activityTypeId }) => typeIds.includes(activityTypeId))
      .map(loggedAs),
    nextPageToken: tokenOf({ since, from: next }),
    moreResult: next < ofLeads.length
  }
}

/** Marketo keeps dates to the second. */
const secondOf = (date: string): number => Math.floor(Date.parse(date) / 1_000) * 1_000

/** The log names the primary attribute's value, and the others by their display or API names. Its dates are in UTC. */
function loggedAs({ id, leadId, activityDate, activityTypeId, primaryAttributeValue, attributes }: Activity) {
  return {
    id,
    marketoGUID: String(id),
    leadId,
    activityDate: new Date(secondOf(activityDate)).toISOString().replace('.000Z', 'Z'),
    activityTypeId,
    primaryAttributeValue,
    attributes: attributes.map(({ apiName, value }) => ({ name: apiName, value }))
  }
}

function idsIn(text: string, name: string, most: number): number[] {
  const ids = text.split(',')
  const wrong = ids.find((id) => !/^\d+$/.test(id))
  if (wrong !== undefined) throw new ApiError('1001', wrong, 'integer')
  if (ids.length > most) throw new ApiError('1003', `${name} must not exceed ${most}`)
  return ids.map(Number)
}

/** Where a page begins: among the activities since a time, in milliseconds since 1970, after this many. */
interface Place {
  since: number
  from: number
}

const tokenOf = ({ since, from }: Place) => Buffer.from(`${since}+${from}`).toString('hex').toUpperCase()

function placeIn(token: string): Place {
  const [, since, from] = /^(-?\d+)\+(\d+)$/.exec(Buffer.from(token, 'hex').toString()) ?? []
  if (from === undefined) throw new ApiError('1003', 'Invalid nextPageToken')
  return { since: Number(since), from: Number(from) }
}
