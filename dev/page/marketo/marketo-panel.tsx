import { useMemo, useState } from 'react'
import type { Marketo } from '../shared/server'
import { useStored } from '../shared/stored'
import { FaultSwitches } from './fault-switches'
import { LeadDetail } from './lead-detail'
import { LeadTable } from './lead-table'
import { rowsOf, VISITORS } from './lead-rows'
import { UsageMeters } from './usage-meters'
import type { SandboxView } from './use-sandbox'

interface Props {
  marketo?: Marketo
  sandbox: SandboxView
  /** The leads that the last run touched. */
  touched: number[]
}

export function MarketoPanel({ marketo, sandbox, touched }: Props) {
  const { state, problem, refresh, steer } = sandbox
  const [chosen, setChosen] = useState<number>()
  const [folded, setFolded] = useStored('marketo-folded', false)
  const [seenTouched, setSeenTouched] = useState(touched)
  if (seenTouched !== touched) {
    setSeenTouched(touched)
    if (touched.length) setChosen(touched[0])
  }
  const rows = useMemo(() => (state ? rowsOf(state) : []), [state])
  const row = rows.find(({ id }) => id === chosen) ?? rows.find(({ id }) => id !== VISITORS)

  if (marketo && !marketo.isSandbox) {
    return (
      <section className="panel dock" aria-labelledby="marketo-title">
        <header className="panel-head">
          <h2 id="marketo-title">Marketo</h2>
        </header>
        {marketo.label.startsWith('none') ? (
          <p className="empty">
            The Munchkin Account ID in the settings is not valid, so nothing is sent to any Marketo. It must look like
            123-ABC-456.
          </p>
        ) : (
          <p className="empty">
            The settings lead to <strong>{marketo.label}</strong>. What stands in a real Marketo is looked at in Marketo
            itself; only the leads, activities and visits of the sandbox are shown here.
          </p>
        )}
      </section>
    )
  }
  return (
    <section className="panel dock" data-folded={folded || undefined} aria-labelledby="marketo-title">
      <header className="panel-head">
        <h2 id="marketo-title">Marketo</h2>
        {state && (
          <span className="faint">
            sandbox {state.instance}: {state.leads.length} leads, {state.activities.length} activities,{' '}
            {state.visits.length} visits
          </span>
        )}
        {problem && <span className="problem">{problem}</span>}
        <span className="row end">
          <button type="button" className="quiet" onClick={refresh}>
            Refresh
          </button>
          <button type="button" onClick={() => void steer('POST', 'reset')}>
            Reset
          </button>
          <button type="button" className="quiet" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
            {folded ? 'Unfold' : 'Fold'}
          </button>
        </span>
      </header>
      {state && !folded && (
        <div className="dock-body">
          <LeadTable rows={rows} chosen={row?.id} touched={touched} onChoose={setChosen} />
          {row && <LeadDetail row={row} />}
          <div className="steering">
            <UsageMeters usage={state.usage} limits={state.limits} />
            <FaultSwitches faults={state.faults} steer={steer} />
          </div>
        </div>
      )}
    </section>
  )
}
