import { useCallback, useEffect, useRef, useState } from 'react'
import type { State } from '../../../sandbox/contract'
import { getState, steerSandbox } from '../shared/server'
import { useWork } from '../store/tester'

export interface SandboxView {
  state?: State
  problem?: string
  refresh: () => void
  /** Changes the sandbox, and shows its new state. */
  steer: (...call: Parameters<typeof steerSandbox>) => Promise<void>
}

/** The last known state of the sandbox, read at the start, after each run, and on request. */
export function useSandbox(): SandboxView {
  const [state, setState] = useState<State>()
  const [problem, setProblem] = useState<string>()
  const latest = useRef(0)

  const look = useCallback(async () => {
    latest.current++
    const turn = latest.current
    try {
      const seen = await getState()
      if (turn === latest.current) setState(seen)
      setProblem(undefined)
    } catch (error) {
      setProblem((error as Error).message)
    }
  }, [])
  const refresh = useCallback(() => void look(), [look])
  useEffect(refresh, [refresh])

  const steer = useCallback<SandboxView['steer']>(
    async (...call) => {
      try {
        await steerSandbox(...call)
        await look()
      } catch (error) {
        setProblem((error as Error).message)
      }
    },
    [look]
  )
  useResets(steer)
  return { state, problem, refresh, steer }
}

/** The work counts the resets of Marketo, so undoing its last step may undo a reset. */
function useResets(steer: SandboxView['steer']): void {
  const { resets = 0 } = useWork()
  const seen = useRef(resets)
  useEffect(() => {
    const missed = resets - seen.current
    seen.current = resets
    if (missed > 0) void steer('POST', 'reset')
    if (missed < 0) void steer('POST', 'undo-reset')
  }, [resets, steer])
}
