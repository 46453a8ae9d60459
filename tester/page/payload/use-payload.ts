import { useEffect, useState } from 'react'
import { mapEvent, type Event, type Mapped, type Marketo, type Settings } from '../shared/server'
import type { MappingEntry } from '../store/work'

export interface Live {
  mapped?: Mapped
  marketo?: Marketo
  /** Waiting for an answer. */
  pending: boolean
  /** Why the shown payload does not match the editors. */
  problem?: string
}

const PAUSE_MS = 120

/** The payload for the current text in the editors. Answers for earlier text are dropped. */
export function usePayload(entry: MappingEntry | undefined, event: Event | undefined, settings: Settings): Live {
  const [live, setLive] = useState<Live>({ pending: false })
  const { action, mapping } = entry ?? {}
  useEffect(() => {
    if (!event || action === undefined || mapping === undefined) {
      const problem = event
        ? 'Add a mapping to see a payload.'
        : 'The event is not valid JSON. Correct it to see its payload.'
      setLive((last) => ({ ...last, pending: false, problem }))
      return
    }
    const abort = new AbortController()
    const timer = setTimeout(() => {
      setLive((last) => ({ ...last, pending: true }))
      mapEvent(action, { event, mapping, settings }, abort.signal).then(
        (answer) => abort.signal.aborted || setLive({ ...answer, pending: false }),
        (error: Error) =>
          abort.signal.aborted || setLive((last) => ({ ...last, pending: false, problem: error.message }))
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [action, event, mapping, settings])
  return live
}
