import { literalKey } from '../run/jobs'
import type { Settings } from '../shared/server'
import type { MappingEntry } from '../store/work'
import type { Load } from './calls'

const EVENTS_A_DAY = 10_000
const NEW_SHARE = 0.05
/** Segment's batches are rarely full. */
const FILLED = 0.5

/** @returns what was entered for a mapping, with defaults for the rest */
export function loadOf({ load, ...entry }: MappingEntry, { trackAnonymousActivity }: Settings): Load {
  const size = literalKey(entry) ? Number(entry.mapping.batch_size ?? 300) || 300 : 1
  return {
    eventsADay: EVENTS_A_DAY,
    inABatch: Math.max(1, Math.round(size * FILLED)),
    newShare: NEW_SHARE,
    browserShare: trackAnonymousActivity === true ? 1 : 0,
    processes: 1,
    ...load
  }
}
