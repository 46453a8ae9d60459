import { literalKey } from '../run/jobs'
import type { MappingEntry } from '../store/work'
import type { Load } from './calls'

const EVENTS_A_DAY = 10_000
const NEW_SHARE = 0.05
/** Segment's batches are seldom full. */
const FILLED = 0.5

/** @returns what was entered for a mapping, or something to begin with */
export function loadOf(entry: MappingEntry): Load {
  const { load, mapping } = entry
  const size = literalKey(entry) ? Number(mapping.batch_size ?? 300) || 300 : 1
  return load ?? { eventsADay: EVENTS_A_DAY, inABatch: Math.max(1, Math.round(size * FILLED)), newShare: NEW_SHARE }
}
