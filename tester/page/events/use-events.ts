import { useMemo } from 'react'
import { useTester, useWork } from '../store/tester'
import type { Event } from '../shared/server'
import { readEvents, type Read } from './events'

/** The current events: the imported ones, or those in the editor. */
export function useEvents(): { read: Read; events: Event[]; position: number; event?: Event } {
  const { eventText, imported } = useWork()
  const chosen = useTester((tester) => tester.chosen.event)
  const read = useMemo<Read>(
    () => (imported ? { events: imported.events, isList: true } : readEvents(eventText)),
    [imported, eventText]
  )
  return useMemo(() => {
    const events = 'error' in read ? [] : read.events
    const position = Math.max(0, Math.min(chosen, events.length - 1))
    return { read, events, position, event: events[position] }
  }, [read, chosen])
}
