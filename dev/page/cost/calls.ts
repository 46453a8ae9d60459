/** REST calls a batch, whoever its people are. */
interface Figures {
  /** Where Marketo knows everybody. */
  known: number
  /** Where somebody in the batch is new. */
  withNew: number
  /** More for each new person: Associate Lead takes one visitor a call. */
  perNewPerson: number
}

/**
 * What `npm run bench` measures (bench/calls.ts, in docs/performance.md under "REST calls"), for one batch of up to 300
 * events with the default mapping. A test holds these figures to what the sandbox counts.
 */
export const FIGURES: Record<string, Figures> = {
  upsertLead: { known: 2, withNew: 3, perNewPerson: 0 },
  sendCustomActivity: { known: 2, withNew: 4, perNewPerson: 0 },
  visitWebPage: { known: 1, withNew: 2, perNewPerson: 1 }
}

/** What a mapping has to do in a day. */
export interface Load {
  eventsADay: number
  /** Events in a batch, on average. */
  inABatch: number
  /** The share of events whose person Marketo does not know yet, from 0 to 1. */
  newShare: number
}

/** Marketo's own quota: https://experienceleague.adobe.com/en/docs/marketo-developer/marketo/rest/rest-api */
export const CALLS_A_DAY = 50_000

/** @returns the REST calls of a mapping in a day; undefined for an action that is not measured */
export function callsADay(action: string, { eventsADay, inABatch, newShare }: Load): number | undefined {
  const figures = FIGURES[action]
  if (!figures) return undefined
  const size = Math.max(1, inABatch)
  const batches = Math.ceil(eventsADay / size)
  // A batch with one new person costs as much as one with many.
  const batchesWithNew = batches * (1 - (1 - newShare) ** size)
  const { known, withNew, perNewPerson } = figures
  return Math.round(batches * known + batchesWithNew * (withNew - known) + eventsADay * newShare * perNewPerson)
}
