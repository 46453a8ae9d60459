import { useMemo } from 'react'
import type { Plan } from '../../../rehearsal/plan/contract'
import { DataTable, type Column } from '../shared/data-table'
import { changed, shown } from './effects'
import { plannedLeads, type PlannedRow } from './planned-leads'

const COLUMNS: Column<PlannedRow>[] = [
  { id: 'lead', title: 'Lead', className: 'planned-lead', value: ({ title }) => title },
  {
    id: 'end',
    title: 'Would be',
    className: 'planned-end',
    value: ({ end }) => end,
    draw: ({ end }) => <span className={`badge ${end === 'same values' ? 'none' : 'good'}`}>{end}</span>
  },
  { id: 'changes', title: 'Changes', value: changesOf }
]

function changesOf({ fields, effects }: PlannedRow): string {
  return [...changed(fields), ...effects.map(({ what, details }) => `${what}: ${details}`)].join(', ')
}

interface Props {
  plan: Plan
  chosen?: string
  onChoose: (key: string) => void
}

/** The leads that a rehearsal foresees changes for, and one of them with its old and new values side by side. */
export function LeadChanges({ plan, chosen, onChoose }: Props) {
  const rows = useMemo(() => plannedLeads(plan), [plan])
  const row = rows.find(({ key }) => key === chosen) ?? rows[0]
  return (
    <section aria-label="Planned leads" className="outcomes">
      <h3>Leads, as they would be</h3>
      <div className="outcome-split">
        <DataTable
          label="Planned leads"
          columns={COLUMNS}
          rows={rows}
          keyOf={({ key }) => key}
          chosen={row?.key}
          onChoose={({ key }) => onChoose(key)}
          empty="No lead would change."
        />
        {row && <LeadChange row={row} />}
      </div>
    </section>
  )
}

function LeadChange({ row: { title, end, fields, effects } }: { row: PlannedRow }) {
  const changes = Object.entries(fields)
  return (
    <section aria-label={title} className="outcome-details" tabIndex={0}>
      <p className="row">
        <b>{title}</b>
        <span className="faint">{END_WORDS[end]}</span>
      </p>
      {changes.length > 0 && (
        <table className="changes" aria-label={`Values of ${title}`}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Old</th>
              <th scope="col">New</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(([name, [before, after]]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className={before === null ? 'faint' : 'old'}>{shown(before)}</td>
                <td className={after === null ? 'faint' : 'new'}>{shown(after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {effects.length > 0 && (
        <ul className="effects">
          {effects.map(({ what, details }, index) => (
            <li key={index}>
              <b>{what}</b> {details}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const END_WORDS: Record<PlannedRow['end'], string> = {
  created: 'A run would create it.',
  updated: 'A run would change it.',
  'same values': 'Its values would stay as they are.'
}
