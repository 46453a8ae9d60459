import { useMemo, useState } from 'react'
import type { LeadName } from '../../../rehearsal/plan/contract'
import { DataTable, type Column } from '../shared/data-table'
import { OutcomeDetails } from './outcome-details'
import { rowsOf, type Row } from './outcome-rows'
import { ReasonList } from './reason-list'
import { hasReason, reasonsIn } from './reasons'
import type { RunRecord } from './run-record'
import { KINDS, wordsFor, type Kind } from './words'

const COLUMNS: Column<Row>[] = [
  { id: 'event', title: 'Event', className: 'count', value: ({ event }) => event + 1 },
  { id: 'name', title: 'Name', className: 'name', value: ({ name }) => name },
  { id: 'mapping', title: 'Mapping', className: 'mapping', value: ({ mappingName }) => mappingName },
  {
    id: 'outcome',
    title: 'Outcome',
    className: 'outcome',
    value: ({ outcome }) => outcome,
    draw: ({ kind, outcome }) => <span className={`badge ${kind}`}>{outcome}</span>
  },
  { id: 'why', title: 'Why', className: 'why', value: ({ why }) => why }
]

interface Props {
  run: RunRecord
  onResend: (row: Row) => void
  /** Shows a lead that a rehearsal names. */
  onLead: (lead: LeadName) => void
}

/** The outcome of each event with each mapping that takes it, and of the events that none takes. */
export function OutcomeTable({ run, onResend, onLead }: Props) {
  const [filter, setFilter] = useState<'all' | Kind>('all')
  const [mapping, setMapping] = useState('')
  const [reason, setReason] = useState('')
  const [chosen, setChosen] = useState<string>()
  const words = wordsFor(run)
  const rows = useMemo(() => rowsOf(run), [run])
  const reasons = useMemo(() => reasonsIn(run), [run])
  const shown = useMemo(
    () =>
      rows.filter(
        ({ kind, mapping: own, result }) =>
          (filter === 'all' || kind === filter) &&
          (!mapping || own === mapping) &&
          (!reason || (result !== undefined && hasReason(result, reason)))
      ),
    [rows, filter, mapping, reason]
  )
  const row = shown.find(({ key }) => key === chosen) ?? shown[0]
  return (
    <section aria-label="Outcomes" className="outcomes">
      <ReasonList reasons={reasons} words={words} chosen={reason} onChoose={setReason} />
      <div className="row">
        <h3>Outcomes</h3>
        <select aria-label="Which outcomes" value={filter} onChange={({ target }) => setFilter(target.value as Kind)}>
          <option value="all">all</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {words[kind]}
            </option>
          ))}
        </select>
        <select aria-label="Which mapping" value={mapping} onChange={({ target }) => setMapping(target.value)}>
          <option value="">every mapping</option>
          {run.mappings.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="outcome-split">
        <DataTable
          label="Outcomes"
          columns={COLUMNS}
          rows={shown}
          keyOf={({ key }) => key}
          chosen={row?.key}
          onChoose={({ key }) => setChosen(key)}
          empty={rows.length ? 'No outcome matches.' : 'Nothing yet.'}
        />
        {row && <OutcomeDetails run={run} row={row} onResend={() => onResend(row)} onLead={onLead} />}
      </div>
    </section>
  )
}
