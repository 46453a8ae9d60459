import type { MappingEntry, Work } from '../store/work'
import { takenOf } from '../run/jobs'
import { readEvents, type Read } from './events'

let last: { eventText: string; imported: Work['imported']; read: Read } | undefined

/** @returns the current events: the imported ones, or those in the editor. The text is read once, not in each part of the page */
export function eventsIn({ eventText, imported }: Pick<Work, 'eventText' | 'imported'>): Read {
  if (last?.eventText !== eventText || last.imported !== imported) {
    last = {
      ...{ eventText, imported },
      read: imported ? { events: imported.events, isList: true } : readEvents(eventText)
    }
  }
  return last.read
}

/** @returns the positions of the events that a mapping would take if it were on */
export const matchingIn = (work: Work, entry: MappingEntry): number[] => {
  const read = eventsIn(work)
  return 'error' in read ? [] : takenOf({ ...entry, enabled: true }, read.events)
}

/** @returns the event to judge a mapping by: the current one if the mapping takes it, else the first that it takes, if there is one */
export function fittingEvent(work: Work, entry: MappingEntry | undefined, current: number): number {
  if (!entry) return current
  const positions = matchingIn(work, entry)
  return positions.includes(current) ? current : positions[0] ?? current
}
