import { useMemo } from 'react'
import { DataTable, type Column } from '../shared/data-table'
import type { Event } from '../shared/server'
import { useTester } from '../store/tester'
import { nameOf, text, whoOf } from './events'

interface Row {
  position: number
  event: Event
}

interface Props {
  events: Event[]
  position: number
  search: string
}

const COLUMNS: Column<Row>[] = [
  { id: 'position', title: '#', value: ({ position }) => position + 1, className: 'count' },
  { id: 'type', title: 'Type', className: 'type', value: ({ event }) => text(event.type) },
  { id: 'name', title: 'Name', value: ({ event }) => nameOf(event) },
  { id: 'who', title: 'Who', className: 'who', value: ({ event }) => whoOf(event) }
]

/** The list of events. The chosen one is the current event. */
export function EventList({ events, position, search }: Props) {
  const choose = useTester((tester) => tester.choose)
  const rows = useMemo(() => events.map((event, at) => ({ event, position: at })), [events])
  return (
    <div className="event-list">
      <DataTable
        label="Events"
        columns={COLUMNS}
        rows={rows}
        keyOf={({ position: at }) => String(at)}
        chosen={String(position)}
        onChoose={({ position: at }) => choose({ event: at })}
        search={search}
        empty={search ? 'No event matches.' : 'No event.'}
      />
    </div>
  )
}
