import { useMemo } from 'react'
import type { Plan } from '../../../rehearsal/plan/contract'
import { inWords, plural } from '../run/words'
import { effectsOf } from './effects'

/** What a rehearsal foresees, in counts. */
export function PlanSummary({ plan }: { plan: Plan }) {
  const { leads, merges, unknown, calls } = plan
  const further = useMemo(() => furtherIn(plan), [plan])
  const created = leads.filter((lead) => 'new' in lead).length
  const refused = plan.events.filter(({ status }) => status >= 400).length
  const undecided = new Set(unknown.map(({ event }) => event)).size
  return (
    <div className="plan-summary" role="note" aria-label="What a run would do">
      <p>
        <b>Nothing was written.</b> The rehearsal made {plural(calls.read, 'REST call')}, all of them reads. A run would
        make about {inWords(calls.read + calls.withheld)}: {plural(calls.read, 'read')} and{' '}
        {plural(calls.withheld, 'write')}.
      </p>
      <dl>
        <Count what="Leads created" count={created} />
        <Count what="Leads updated" count={leads.length - created} />
        <Count what="Leads merged" count={merges.length} />
        <Count what="Refused" count={refused} />
        {further.map(([what, count]) => (
          <Count key={what} what={what} count={count} />
        ))}
      </dl>
      {undecided > 0 && (
        <p className="problem">Only Marketo can decide about {plural(undecided, 'event')}: see their outcomes.</p>
      )}
    </div>
  )
}

const Count = ({ what, count }: { what: string; count: number }) => (
  <div>
    <dt>{what}</dt>
    <dd>{inWords(count)}</dd>
  </div>
)

/** Merges have a count of their own. */
function furtherIn(plan: Plan): [what: string, count: number][] {
  const counts = new Map<string, number>()
  for (const { what } of effectsOf({ ...plan, merges: [] })) counts.set(what, (counts.get(what) ?? 0) + 1)
  return [...counts]
}
