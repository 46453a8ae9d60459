import { useEffect, useMemo, useState } from 'react'
import { keptRun } from '../run/history'
import type { RunRecord, RunSummary } from '../run/run-record'
import { useTester } from '../store/tester'

/** A timeline leaves out larger runs, except the one that is shown. */
const MOST_RESULTS = 2_000

/** The runs that the browser keeps, and the one that is shown. A rehearsal did nothing to a lead. */
export function useKeptRuns(): RunRecord[] {
  const shown = useTester((tester) => tester.run)
  const summaries = useTester((tester) => tester.runs)
  const [kept, setKept] = useState<RunRecord[]>([])
  useEffect(() => {
    let isLatest = true
    const small = summaries.filter((summary) => !summary.isRehearsal && sizeOf(summary) <= MOST_RESULTS)
    void Promise.all(small.map(({ id }) => keptRun(id))).then(
      (runs) => isLatest && setKept(runs.filter((run) => run !== undefined)),
      () => {}
    )
    return () => {
      isLatest = false
    }
  }, [summaries])
  return useMemo(
    () => (shown && !shown.isRehearsal ? [shown, ...kept.filter(({ id }) => id !== shown.id)] : kept),
    [shown, kept]
  )
}

const sizeOf = ({ tally }: RunSummary): number => tally.good + tally.wait + tally.bad
