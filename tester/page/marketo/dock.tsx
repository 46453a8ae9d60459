import { useMemo, useState } from 'react'
import { CostPanel } from '../cost/cost-panel'
import { HistoryPanel } from '../run/history-panel'
import { leadsIn } from '../run/run-record'
import type { Marketo } from '../shared/server'
import { useStored } from '../shared/stored'
import { useTester } from '../store/tester'
import { MarketoPanel } from './marketo-panel'
import type { SandboxView } from './use-sandbox'

const TABS = ['Marketo', 'History', 'Cost'] as const

/** The lower panel: Marketo, the history of runs, and the cost. */
export function Dock({ marketo, sandbox }: { marketo?: Marketo; sandbox: SandboxView }) {
  const [tab, setTab] = useState<(typeof TABS)[number]>('Marketo')
  const [folded, setFolded] = useStored('marketo-folded', false)
  const run = useTester((tester) => tester.run)
  const touched = useMemo(() => (run && run.state !== 'running' ? leadsIn(run.results) : []), [run])
  return (
    <section className="panel dock" data-folded={folded || undefined} aria-label={tab}>
      <header className="panel-head">
        <div className="tabs">
          {TABS.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={tab === name}
              onClick={() => {
                setTab(name)
                setFolded(false)
              }}
            >
              {name}
            </button>
          ))}
        </div>
        <button type="button" className="quiet end" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
          {folded ? 'Unfold' : 'Fold'}
        </button>
      </header>
      {!folded && tab === 'Marketo' && <MarketoPanel marketo={marketo} sandbox={sandbox} touched={touched} />}
      {!folded && tab === 'History' && <HistoryPanel onEnd={sandbox.refresh} />}
      {!folded && tab === 'Cost' && <CostPanel marketo={marketo} limits={sandbox.state?.limits} />}
    </section>
  )
}
