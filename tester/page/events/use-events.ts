import { useMemo } from 'react'
import { useTester, useWork } from '../store/tester'
import type { Event } from '../shared/server'
import { eventsIn } from './current-events'
import type { Read } from './events'

/** The current events, and the one that is shown. */
export function useEvents(): { read: Read; events: Event[]; position: number; event?: Event } {
  const read = eventsIn(useWork())
  const chosen = useTester((tester) => tester.chosen.event)
  return useMemo(() => {
    const events = 'error' in read ? NONE : read.events
    const position = Math.max(0, Math.min(chosen, events.length - 1))
    return { read, events, position, event: events[position] }
  }, [read, chosen])
}

const NONE: Event[] = []
