import { useRef, useState } from 'react'
import { variationsOf } from '../event/events'
import type { Mapping } from '../shared/manifest'
import { runAction, type Event, type Run, type Settings } from '../shared/server'
import type { Ran } from './result-panel'
import type { RunPlan } from './run-bar'
import { plural } from './words'

interface Work {
  events: Event[]
  action: string
  /** The action's name for people. */
  title: string
  mapping: Mapping
  settings: Settings
}

export interface Running {
  ran: Ran
  isRunning: boolean
  touched: number[]
  run: (plan: RunPlan, work: Work) => void
  stop: () => void
}

/** @param onEnd after each run, however it ended */
export function useRun(onEnd: () => void): Running {
  const [ran, setRan] = useState<Ran>({ state: 'none' })
  const [isRunning, setIsRunning] = useState(false)
  const [touched, setTouched] = useState<number[]>([])
  const count = useRef(0)
  const abort = useRef<AbortController>(undefined)

  const perform = async ({ batch, variations }: RunPlan, { events, action, title, mapping, settings }: Work) => {
    const sent = variations ? variationsOf(events[0], variations.count, variations.who) : events
    const { signal } = (abort.current = new AbortController())
    setIsRunning(true)
    const startedAt = performance.now()
    try {
      const run = await runAction(action, { events: sent, batch, mapping, settings }, signal)
      const ms = Math.round(performance.now() - startedAt)
      setRan({
        state: 'done',
        run,
        ms,
        number: ++count.current,
        title: `${title}: ${batch ? 'batch of ' : ''}${plural(sent.length, 'event')}`
      })
      setTouched(leadsIn(run))
    } catch (error) {
      const problem = signal.aborted
        ? 'No longer waiting. The server may still carry out the run: see below what Marketo holds.'
        : (error as Error).message
      setRan({ state: 'failed', problem })
    }
    setIsRunning(false)
    onEnd()
  }
  return {
    ran,
    isRunning,
    touched,
    run: (plan, work) => void perform(plan, work),
    stop: () => abort.current?.abort()
  }
}

/** The leads that Marketo's answers name. */
function leadsIn({ outcomes }: Run): number[] {
  const ids = outcomes.flatMap(({ body }) => {
    const { id, leadId } = (body ?? {}) as { id?: unknown; leadId?: unknown }
    return [leadId ?? id]
  })
  return [...new Set(ids.filter((id): id is number => typeof id === 'number'))]
}
