import destination from '../../src'
import type { Event } from '../input/json'
import type { Mapping } from '../input/mapping'
import { takenBy } from '../input/trigger'

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

/** The jobs of a mapping in a slice: in batches of the mapping's size, or singly if it takes no batches. */
export function jobsOf(mapping: Mapping, slice: Placed[]): Job[] {
  const isTaken = takenBy(mapping.subscribe)
  const taken = slice.filter(({ event }) => isTaken(event))
  const size = sizeOf(mapping)
  const jobs: Job[] = []
  for (let i = 0; i < taken.length; i += size) jobs.push({ mapping, events: taken.slice(i, i + size) })
  return jobs
}

function sizeOf({ action, mapping: { batch_size: size, enable_batching: isBatched } }: Mapping): number {
  const isSingle = !destination.actions[action].performBatch || isBatched === false || isBatched === 'false'
  if (isSingle) return 1
  const given = Number(size)
  return Number.isInteger(given) && given > 0 ? given : SLICE
}
