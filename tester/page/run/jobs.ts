import { takenBy } from '../../../rehearsal/input/trigger'
import type { Event } from '../shared/server'
import type { MappingEntry } from '../store/work'

/** What one request sends to an action: a batch, or a few events that run one by one. */
export interface Job {
  mapping: string
  isBatch: boolean
  /** Positions in the list of events. */
  events: number[]
  /** The position at which it is sent: that of the event that fills the batch, or after all events. */
  sentAt: number
}

/** For mappings without a batch size. Segment's own limit is 1,000 or more. */
const MOST_IN_A_BATCH = 1_000
/** Events that run one by one share a request to the test server. Few do, so that Stop works soon. */
const MOST_ALONE = 20

/** @returns the positions of the events that a mapping takes */
export function takenOf({ enabled, subscribe }: MappingEntry, events: Event[]): number[] {
  if (!enabled) return []
  const isTaken = takenBy(subscribe)
  return events.flatMap((event, position) => (isTaken(event) ? [position] : []))
}

/** @returns whether an event's batch depends on the event's values */
export const needsKeys = ({ mapping }: MappingEntry): boolean =>
  typeof mapping.enable_batching === 'object' || (Array.isArray(mapping.batch_keys) && mapping.batch_keys.length > 0)

/** @returns the same key for all events, or none, if batches do not depend on their values */
export const literalKey = ({ mapping }: MappingEntry): string | null =>
  mapping.enable_batching === true || mapping.enable_batching === 'true' ? 'all' : null

/**
 * Forms batches as Segment does: by mapping, by batch keys, and no larger than the mapping says.
 * @param keys of each position: events with the same key share a batch, one with null is sent alone
 */
export function jobsOf({ id, mapping }: MappingEntry, positions: number[], keys: (string | null)[]): Job[] {
  const size = Number(mapping.batch_size ?? MOST_IN_A_BATCH) || MOST_IN_A_BATCH
  const jobs: Job[] = []
  const open = new Map<string | null, Job>()
  positions.forEach((position, index) => {
    const key = keys[index]
    const most = key === null ? MOST_ALONE : size
    let job = open.get(key)
    if (!job || job.events.length >= most) {
      job = { mapping: id, isBatch: key !== null, events: [], sentAt: AT_THE_END }
      jobs.push(job)
      open.set(key, job)
    }
    job.events.push(position)
    if (job.events.length >= most || key === null) job.sentAt = position
  })
  return jobs
}

/** A batch that is not full waits until no more events come. */
const AT_THE_END = Number.MAX_SAFE_INTEGER

export const inOrder = (jobs: Job[]): Job[] => [...jobs].sort((a, b) => a.sentAt - b.sentAt)
