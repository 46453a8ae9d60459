import { useState } from 'react'
import type { Limits } from '../../../sandbox/contract'
import { plural } from '../run/words'
import { getUsage, type CountedCalls, type Marketo } from '../shared/server'
import { useSettings, useTester, useWork } from '../store/tester'
import { changeMapping, type MappingEntry } from '../store/work'
import { CALLS_A_DAY, callsADay, type Load } from './calls'
import { loadOf } from './load'

/** The REST calls of a day, by mapping, against the quota. */
export function CostPanel({ marketo, limits }: { marketo?: Marketo; limits?: Limits }) {
  const { mappings, settings } = useWork()
  const quota = marketo?.kind === 'sandbox' && limits ? limits.callsPerDay : CALLS_A_DAY
  const rows = mappings
    .filter(({ enabled }) => enabled)
    .map((entry) => {
      const load = loadOf(entry, settings)
      return { entry, load, calls: callsADay(entry.action, load) }
    })
  const total = rows.reduce((sum, { calls = 0 }) => sum + calls, 0)
  return (
    <div className="panel cost">
      <h2>Cost</h2>
      <p role="status">
        <strong>{plural(total, 'REST call')} a day</strong> of {quota.toLocaleString('en')}, which all integrations of
        the instance share: {percent(total / quota)}.
      </p>
      <meter aria-label="Share of the quota" min={0} max={quota} high={quota * 0.8} value={total} />
      <p className="about">
        The figures are what the sandbox counts (docs/performance.md): the calls of a batch, and more if it has new
        people. In each process, a web visit with a User ID waits about a minute to be looked up with others. A visit
        with a Munchkin cookie or an Anonymous ID is looked up with its batch. Each new web visitor costs one more call.
      </p>
      {rows.map(({ entry, load, calls }) => (
        <MappingCost key={entry.id} entry={entry} load={load} calls={calls} share={total ? (calls ?? 0) / total : 0} />
      ))}
      {rows.length === 0 && <p className="empty">No mapping is on.</p>}
      <Counted />
    </div>
  )
}

const percent = (share: number): string => `${(share * 100).toLocaleString('en', { maximumFractionDigits: 1 })} %`

interface MappingCostProps {
  entry: MappingEntry
  load: Load
  calls?: number
  /** Of all calls, from 0 to 1. */
  share: number
}

function MappingCost({ entry, load, calls, share }: MappingCostProps) {
  const edit = useTester((tester) => tester.edit)
  const change = (what: Partial<Load>) =>
    edit(`${entry.id} load`, (work) => changeMapping(work, entry.id, { load: { ...entry.load, ...what } }))
  return (
    <fieldset className="mapping-cost">
      <legend>{entry.name}</legend>
      <Amount label="Events a day" value={load.eventsADay} onChange={(eventsADay) => change({ eventsADay })} />
      <Amount
        label="Events in a batch"
        least={1}
        most={300}
        value={load.inABatch}
        onChange={(inABatch) => change({ inABatch })}
      />
      <Amount
        label="New people, %"
        most={100}
        value={load.newShare * 100}
        onChange={(newPeople) => change({ newShare: newPeople / 100 })}
      />
      {entry.action === 'visitWebPage' && (
        <>
          <Amount
            label="With a cookie or an Anonymous ID, %"
            most={100}
            value={load.browserShare * 100}
            onChange={(browsers) => change({ browserShare: browsers / 100 })}
          />
          <Amount
            label="Segment’s processes"
            least={1}
            value={load.processes}
            onChange={(processes) => change({ processes })}
          />
        </>
      )}
      <span className="numbers">
        {calls === undefined ? (
          'This action is not measured yet.'
        ) : (
          <>
            <b>{plural(calls, 'call')}</b> a day, {percent(share)} of all
          </>
        )}
      </span>
    </fieldset>
  )
}

interface AmountProps {
  label: string
  value: number
  least?: number
  most?: number
  onChange: (value: number) => void
}

function Amount({ label, value, least = 0, most, onChange }: AmountProps) {
  return (
    <label className="inline">
      {label}
      <input
        type="number"
        min={least}
        max={most}
        value={value}
        onChange={({ target }) => {
          const given = target.valueAsNumber
          if (given >= least && given <= (most ?? Infinity)) onChange(given)
        }}
      />
    </label>
  )
}

/** Marketo's own counts. Asking takes two calls, so the page asks only on request. */
function Counted() {
  const settings = useSettings()
  const [counted, setCounted] = useState<CountedCalls>()
  const ask = async () =>
    setCounted(await getUsage(settings).catch(({ message }: Error): CountedCalls => ({ error: message })))
  const { today, days = [], error } = counted ?? {}
  return (
    <section aria-label="Marketo's own counts" className="counted">
      <button type="button" onClick={() => void ask()}>
        Ask Marketo what was used
      </button>
      {error && <p className="problem">{error}</p>}
      {counted && !error && (
        <p>
          Today {plural(today?.total ?? 0, 'call')}; in the last seven days{' '}
          {plural(
            days.reduce((sum, { total }) => sum + total, 0),
            'call'
          )}
          .
        </p>
      )}
    </section>
  )
}
