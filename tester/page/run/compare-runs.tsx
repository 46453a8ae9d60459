import { useMemo, useState } from 'react'
import { DataTable, type Column } from '../shared/data-table'
import { pairsOf, type Pair } from './compare'
import { summaryOf, type RunRecord } from './run-record'
import { plural, toneOf, wordsFor } from './words'
import type { EventOutcome } from '../../shared/outcome'

const columnsFor = (first: RunRecord, second: RunRecord): Column<Pair>[] => [
  { id: 'event', title: 'Event', className: 'count', value: ({ event }) => event + 1 },
  { id: 'name', title: 'Name', value: ({ name }) => name },
  { id: 'mapping', title: 'Mapping', value: ({ mapping }) => mapping },
  { id: 'first', title: 'First', value: (pair) => wordsOf(pair.first, first) },
  { id: 'second', title: 'Second', value: (pair) => wordsOf(pair.second, second) },
  { id: 'differs', title: 'Differs in', value: ({ differs }) => differs }
]

/** Two runs side by side. */
export function CompareRuns({ first, second }: { first: RunRecord; second: RunRecord }) {
  const [all, setAll] = useState(false)
  const pairs = useMemo(() => pairsOf(first, second), [first, second])
  const differing = useMemo(() => pairs.filter(({ differs }) => differs), [pairs])
  const columns = useMemo(() => columnsFor(first, second), [first, second])
  const [before, after] = [summaryOf(first), summaryOf(second)]
  return (
    <section aria-label="Comparison" className="comparison">
      <p role="status">
        {differing.length
          ? `${plural(differing.length, 'outcome')} of ${pairs.length.toLocaleString('en')} differ.`
          : 'All outcomes are the same.'}{' '}
        {plural(before.calls, 'call')} and {plural(after.calls, 'call')}, {before.ms} ms and {after.ms} ms.
      </p>
      <label className="inline">
        <input type="checkbox" checked={all} onChange={() => setAll(!all)} /> Also show what is the same
      </label>
      <DataTable
        label="Compared outcomes"
        columns={columns}
        rows={all ? pairs : differing}
        keyOf={({ key }) => key}
        empty="Nothing differs."
      />
    </section>
  )
}

function wordsOf(outcome: EventOutcome | undefined, run: RunRecord): string {
  if (!outcome) return '—'
  const { status, errormessage } = outcome
  return [`${status} ${wordsFor(run)[toneOf(status)]}`, ...(errormessage ? [errormessage] : [])].join(': ')
}
