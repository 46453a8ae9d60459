import type { JSONObject } from '@segment/actions-core'
import destination from '../../src'
import type { Event } from '../input/json'
import type { Mapping } from '../input/mapping'
import { takenBy } from '../input/trigger'
import { batchKeyOf } from './batch-key'

/** An event, and its place in the file. */
export interface Placed {
  index: number
  event: Event
}

/** What goes to an action at once. */
export interface Job {
  mapping: Mapping
  events: Placed[]
}

/** Events of a file that are sent before the next ones are. */
const SLICE = 300

export function slicesOf(events: Event[]): Placed[][] {
  const slices: Placed[][] = []
  events.forEach((event, index) => {
    if (index % SLICE === 0) slices.push([])
    slices[slices.length - 1].push({ index, event })
  })
  return slices
}

/** The jobs of a mapping in a slice: by batch keys, in batches of the mapping's size, or singly if it takes no batches. */
export function jobsOf(mapping: Mapping, slice: Placed[]): Job[] {
  const isTaken = takenBy(mapping.subscribe)
  const most = Number(mapping.mapping.batch_size ?? SLICE) || SLICE
  const jobs: Job[] = []
  const open = new Map<string, Job>()
  for (const placed of slice.filter(({ event }) => isTaken(event))) {
    const key = keyOf(mapping, placed.event)
    const known = key === null ? undefined : open.get(key)
    if (known && known.events.length < most) {
      known.events.push(placed)
      continue
    }
    const job = { mapping, events: [placed] }
    jobs.push(job)
    if (key !== null) open.set(key, job)
  }
  return jobs
}

/** A mapping that says nothing about batches has them. */
function keyOf({ action, mapping }: Mapping, event: Event): string | null {
  if (!destination.actions[action].performBatch) return null
  return batchKeyOf({ enable_batching: true, ...mapping }, event as JSONObject)
}
