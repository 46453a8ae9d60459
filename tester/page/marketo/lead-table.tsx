import { DataTable, type Column } from '../shared/data-table'
import { leadName, timeOf, VISITORS, type LeadEntry } from './lead-rows'

interface Props {
  rows: LeadEntry[]
  chosen?: number
  touched: Set<number>
  search: string
  onChoose: (id: number) => void
}

const fieldOf = (name: string) => (row: LeadEntry) => String(row.lead?.fields[name] ?? '')

const COLUMNS: Column<LeadEntry>[] = [
  { id: 'id', title: 'ID', className: 'id', value: ({ id }) => (id === VISITORS ? 'Unknown visitors' : String(id)) },
  { id: 'email', title: 'Email', className: 'email', value: fieldOf('email') },
  { id: 'name', title: 'Name', value: leadName },
  { id: 'userId', title: 'User ID', className: 'minor', value: fieldOf('userId') },
  { id: 'anonymousId', title: 'Anonymous ID', className: 'minor', value: fieldOf('anonymousId') },
  {
    id: 'activities',
    title: 'Activities',
    className: 'number minor',
    value: ({ activities }) => activities.length || ''
  },
  { id: 'visits', title: 'Visits', className: 'number minor', value: ({ visits }) => visits.length || '' },
  {
    id: 'updated',
    title: 'Updated',
    className: 'time minor',
    value: ({ lead }) => lead?.updatedAt ?? '',
    draw: ({ lead }) => <span className="faint">{lead && timeOf(lead.updatedAt)}</span>
  }
]

export function LeadTable({ rows, chosen, touched, search, onChoose }: Props) {
  return (
    <div className="leads">
      <DataTable
        label="Leads"
        columns={COLUMNS}
        rows={rows}
        keyOf={({ id }) => String(id)}
        chosen={chosen === undefined ? undefined : String(chosen)}
        onChoose={({ id }) => onChoose(id)}
        isMarked={({ id }) => touched.has(id)}
        search={search}
        empty={search ? 'No lead matches.' : 'No leads.'}
      />
    </div>
  )
}
