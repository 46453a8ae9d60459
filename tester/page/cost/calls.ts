import { exampleOf } from '../../../examples/actions'
import { callsOfVisits } from './visits'

/** What a mapping has to do in a day. */
export interface Load {
  eventsADay: number
  /** Events in a batch, on average. */
  inABatch: number
  /** The share of events whose person Marketo does not know yet, from 0 to 1. */
  newShare: number
  /** The share of web visits with a Munchkin cookie or an Anonymous ID, from 0 to 1. */
  browserShare: number
  /** How many processes of Segment's share the web visits. */
  processes: number
}

/** Marketo's own quota: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/rest-api */
export const CALLS_A_DAY = 50_000

/** @returns the REST calls of a mapping in a day; undefined for an action that is not measured */
export function callsADay(action: string, load: Load): number | undefined {
  if (action === 'visitWebPage') return Math.round(callsOfVisits(load))
  const calls = exampleOf(action)?.calls
  if (!calls) return undefined
  const { eventsADay, inABatch, newShare } = load
  const size = Math.max(1, inABatch)
  const { known, withNew = known, eventsPerCall = size } = calls
  // A batch with one new person costs as much as one with many.
  const more = (withNew - known) * (1 - (1 - newShare) ** size) + Math.ceil(size / eventsPerCall) - 1
  return Math.round(Math.ceil(eventsADay / size) * (known + more))
}
