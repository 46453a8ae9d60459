import { useMemo, useState } from 'react'
import { leadsIn } from '../run/run-record'
import type { Marketo } from '../shared/server'
import { useTester } from '../store/tester'
import { withReset } from '../store/work'
import { FaultSwitches } from './fault-switches'
import { LeadDetail } from './lead-detail'
import { LeadTable } from './lead-table'
import { rowsOf, VISITORS } from './lead-rows'
import { UsageMeters } from './usage-meters'
import type { SandboxView } from './use-sandbox'

interface Props {
  marketo?: Marketo
  sandbox: SandboxView
}

/** The data in Marketo. */
export function MarketoView({ marketo, sandbox }: Props) {
  const { state, problem, refresh, steer } = sandbox
  const edit = useTester((tester) => tester.edit)
  const [search, setSearch] = useState('')
  const chosen = useTester((tester) => tester.lead)
  const show = useTester((tester) => tester.show)
  const rows = useMemo(() => (state ? rowsOf(state) : []), [state])
  const run = useTester((tester) => tester.run)
  const touched = useMemo(() => new Set(run && run.state !== 'running' ? leadsIn(run.results) : []), [run])
  const row = rows.find(({ id }) => id === chosen) ?? rows.find(({ id }) => id !== VISITORS)
  if (marketo && marketo.kind !== 'sandbox') return <Elsewhere marketo={marketo} />
  return (
    <div className="panel marketo">
      <div className="panel-head">
        <h2>Marketo</h2>
        <input
          type="search"
          aria-label="Search leads"
          placeholder="Search leads"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
        {state && (
          <span className="faint">
            sandbox {state.instance}: {state.leads.length.toLocaleString('en')} leads,{' '}
            {state.activities.length.toLocaleString('en')} activities, {state.visits.length.toLocaleString('en')} visits
          </span>
        )}
        {problem && <span className="problem">{problem}</span>}
        <span className="row end">
          <button type="button" className="quiet" onClick={refresh}>
            Refresh
          </button>
          <button type="button" onClick={() => edit(`reset Marketo ${Date.now()}`, withReset)}>
            Reset Marketo
          </button>
        </span>
      </div>
      {state && (
        <div className="marketo-body">
          <LeadTable
            rows={rows}
            chosen={row?.id}
            touched={touched}
            search={search}
            onChoose={(lead) => show({ lead })}
          />
          {row && <LeadDetail row={row} />}
          <div className="steering">
            <UsageMeters usage={state.usage} limits={state.limits} />
            <FaultSwitches faults={state.faults} steer={steer} />
          </div>
        </div>
      )}
    </div>
  )
}

/** Shown if the settings do not lead to the sandbox. */
function Elsewhere({ marketo: { kind, label } }: { marketo: Marketo }) {
  if (kind === 'none') {
    return (
      <p className="panel empty">
        The Munchkin Account ID in the settings is not valid, so nothing is sent to any Marketo. It must look like
        123-ABC-456.
      </p>
    )
  }
  return (
    <p className="panel empty">
      The settings lead to <strong>{label}</strong>. To see the data of a real Marketo, go to Marketo itself. This view
      shows only the leads, activities and visits of the sandbox. What your events would change is in the <b>Run</b>{' '}
      view, when you rehearse them.
    </p>
  )
}
