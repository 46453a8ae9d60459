import { useEffect, useState } from 'react'
import { mapEvent, type Event, type Mapped, type Marketo, type Settings } from '../shared/server'
import type { MappingEntry } from '../store/work'

export interface Live {
  mapped?: Mapped
  marketo?: Marketo
  /** An answer is awaited. */
  pending: boolean
  /** Why the payload shown is not the one of what stands in the editors. */
  problem?: string
}

const PAUSE_MS = 120

/** The payload of what is being typed. Answers to what has been changed since are dropped. */
export function usePayload(entry: MappingEntry | undefined, event: Event | undefined, settings: Settings): Live {
  const [live, setLive] = useState<Live>({ pending: false })
  const { action, mapping } = entry ?? {}
  useEffect(() => {
    if (!event || action === undefined || mapping === undefined) {
      const problem = event
        ? 'There is no mapping: add one to see a payload.'
        : 'The event is no valid JSON: correct it to see its payload.'
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
