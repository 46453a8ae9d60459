import { LEADS_PER_CAMPAIGN_CALL } from '../../../src/marketo/limits'
import { callsOfVisits } from './visits'

/** REST calls of one batch. */
interface Figures {
  /** When Marketo knows everybody by email. */
  known: number
  /** When somebody in the batch is new. */
  withNew: number
  /** How many events the last of these calls takes; absent: the whole batch. */
  eventsPerCall?: number
}

/**
 * What one batch of up to 300 events costs with the default mapping, about one list, campaign, program or custom object. Tests
 * compare these figures with docs/performance.md and with what the sandbox counts.
 */
export const FIGURES: Record<string, Figures> = {
  upsertLead: { known: 2, withNew: 3 },
  sendCustomActivity: { known: 2, withNew: 4 },
  syncList: { known: 2, withNew: 4 },
  requestCampaign: { known: 2, withNew: 4, eventsPerCall: LEADS_PER_CAMPAIGN_CALL },
  setProgramStatus: { known: 2, withNew: 4 },
  syncCustomObject: { known: 2, withNew: 4 },
  submitForm: { known: 1, withNew: 1, eventsPerCall: 1 }
}

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
  const figures = FIGURES[action]
  if (!figures) return undefined
  const { eventsADay, inABatch, newShare } = load
  const size = Math.max(1, inABatch)
  const { known, withNew, eventsPerCall = size } = figures
  // A batch with one new person costs as much as one with many.
  const more = (withNew - known) * (1 - (1 - newShare) ** size) + Math.ceil(size / eventsPerCall) - 1
  return Math.round(Math.ceil(eventsADay / size) * (known + more))
}
