import { useMemo } from 'react'
import { DataTable, type Column } from '../shared/data-table'
import { momentOf, VISITORS, type LeadEntry } from './lead-rows'
import { timelineOf } from './timeline'
import type { Moment } from './traces'
import { useKeptRuns } from './use-kept-runs'

export function LeadDetail({ row }: { row: LeadEntry }) {
  const { id, lead } = row
  const runs = useKeptRuns()
  const rows = useMemo(
    () => timelineOf(row, runs).map((moment, index) => ({ ...moment, key: String(index) })),
    [row, runs]
  )
  const title = id === VISITORS ? 'Unknown visitors' : `Lead ${id}`
  return (
    <section className="lead" aria-label={title}>
      <h3>{title}</h3>
      {lead && (
        <dl tabIndex={0}>
          {identityFirst(Object.entries(lead.fields)).map(([name, value]) => (
            <Fact key={name} name={name} value={String(value)} />
          ))}
          <Fact name="partition" value={lead.partition} />
          {row.lists.map((list) => (
            <Fact key={list} name="list" value={list} />
          ))}
          {row.programMembers.map(({ programId, programName, statusName }) => (
            <Fact key={programId} name={programName} value={statusName} />
          ))}
          {lead.cookies.map((cookie) => (
            <Fact key={cookie} name="cookie" value={cookie} />
          ))}
        </dl>
      )}
      <h4>Timeline ({rows.length})</h4>
      <DataTable
        label="Timeline"
        columns={COLUMNS}
        rows={rows}
        keyOf={({ key }) => key}
        empty="Nothing has happened yet."
      />
    </section>
  )
}

const COLUMNS: Column<Moment & { key: string }>[] = [
  { id: 'at', title: 'When (UTC)', className: 'moment', value: ({ at }) => momentOf(at) },
  { id: 'what', title: 'What', className: 'what', value: ({ what }) => what },
  { id: 'details', title: 'Details', value: ({ details }) => details },
  { id: 'event', title: 'By event', className: 'by', value: ({ event = '' }) => event }
]

const Fact = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
)

const IDENTITY = ['email', 'userId', 'anonymousId']

function identityFirst<T>(fields: [string, T][]): [string, T][] {
  const rank = ([name]: [string, T]) => (IDENTITY.includes(name) ? IDENTITY.indexOf(name) : IDENTITY.length)
  return [...fields].sort((a, b) => rank(a) - rank(b))
}
