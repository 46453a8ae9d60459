import { useEffect, useState } from 'react'
import { keptRun } from './history'
import type { RunRecord } from './run-record'

/** @returns a run that the browser keeps, once it is read */
export function useRun(id: string): RunRecord | undefined {
  const [run, setRun] = useState<RunRecord>()
  useEffect(() => {
    let isLatest = true
    if (id) void keptRun(id).then((found) => isLatest && setRun(found))
    return () => {
      isLatest = false
    }
  }, [id])
  return run?.id === id ? run : undefined
}
