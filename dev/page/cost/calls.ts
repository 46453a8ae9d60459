/** REST calls a batch, whoever its people are. */
interface Figures {
  /** Where Marketo knows everybody. */
  known: number
  /** Where somebody in the batch is new. */
  withNew: number
  /** More for each new person: Associate Lead takes one visitor a call. */
  perNewPerson: number
  /** For an action of which a call takes so many events, and fewer than a batch: its calls come on top. */
  eventsPerCall?: number
}

/**
 * What `npm run bench` measures (bench/calls.ts and bench/further-calls.ts, in docs/performance.md under "REST calls"), for
 * one batch of up to 300 events with the default mapping. Whoever changes what an action costs changes its row here. A test holds these figures to what the sandbox counts.
 */
export const FIGURES: Record<string, Figures> = {
  upsertLead: { known: 2, withNew: 3, perNewPerson: 0 },
  sendCustomActivity: { known: 2, withNew: 4, perNewPerson: 0 },
  visitWebPage: { known: 1, withNew: 2, perNewPerson: 1 },
  syncList: { known: 2, withNew: 4, perNewPerson: 0 },
  requestCampaign: { known: 1, withNew: 3, perNewPerson: 0, eventsPerCall: 100 },
  setProgramStatus: { known: 2, withNew: 4, perNewPerson: 0 },
  syncCustomObject: { known: 2, withNew: 4, perNewPerson: 0 },
  submitForm: { known: 0, withNew: 0, perNewPerson: 0, eventsPerCall: 1 }
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
  const { known, withNew, perNewPerson, eventsPerCall } = figures
  const own = eventsPerCall === undefined ? 0 : callsOf(eventsADay, size, eventsPerCall)
  return Math.round(batches * known + batchesWithNew * (withNew - known) + eventsADay * newShare * perNewPerson + own)
}

/** Events of two batches never share a call. */
function callsOf(events: number, size: number, perCall: number): number {
  const fullBatches = Math.floor(events / size)
  return fullBatches * Math.ceil(size / perCall) + Math.ceil((events % size) / perCall)
}
