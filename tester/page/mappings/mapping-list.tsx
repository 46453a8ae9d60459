import { useMemo } from 'react'
import { triggerProblem } from '../../../rehearsal/input/trigger'
import { takenOf } from '../run/jobs'
import { inWords } from '../run/words'
import { DataTable, type Column } from '../shared/data-table'
import type { Event } from '../shared/server'
import { useChosenMapping, useTester, useWork } from '../store/tester'
import { changeMapping, type MappingEntry } from '../store/work'
import { AddMapping } from './add-mapping'

interface Row {
  entry: MappingEntry
  title: string
  takes: number
}

/** The mappings as Segment's app lists them, and how many of the events each takes. */
export function MappingList({ events }: { events: Event[] }) {
  const { mappings } = useWork()
  const { actions } = useTester((tester) => tester.manifest)
  const edit = useTester((tester) => tester.edit)
  const choose = useTester((tester) => tester.choose)
  const chosen = useChosenMapping()
  const rows = useMemo(
    () =>
      mappings.map(
        (entry): Row => ({ entry, title: actions[entry.action].title, takes: takenOf(entry, events).length })
      ),
    [mappings, actions, events]
  )
  const columns = useMemo(
    (): Column<Row>[] => [
      {
        id: 'on',
        title: 'On',
        className: 'on',
        value: ({ entry }) => (entry.enabled ? 'on' : 'off'),
        draw: ({ entry: { id, name, enabled } }) => (
          <input
            type="checkbox"
            role="switch"
            tabIndex={-1}
            aria-label={`${name} is on`}
            checked={enabled}
            onClick={(click) => click.stopPropagation()}
            onChange={() => edit('switch', (work) => changeMapping(work, id, { enabled: !enabled }))}
          />
        )
      },
      { id: 'name', title: 'Name', value: ({ entry, title }) => `${entry.name} ${title}`, draw: nameCell },
      {
        id: 'takes',
        title: 'Takes',
        className: 'number',
        value: ({ takes }) => takes,
        draw: ({ takes }) => inWords(takes)
      }
    ],
    [edit]
  )
  return (
    <>
      <header className="panel-head">
        <h2 id="mapping-title">Mappings</h2>
        <AddMapping />
      </header>
      <div className="mapping-list">
        <DataTable
          label="Mappings"
          columns={columns}
          rows={rows}
          keyOf={({ entry }) => entry.id}
          chosen={chosen?.id}
          onChoose={({ entry }) => choose({ mapping: entry.id })}
          empty="No mappings, so nothing is sent. Add one."
        />
      </div>
    </>
  )
}

const nameCell = ({ title, entry: { name, subscribe, notes } }: Row) => (
  <>
    <span className="name">{name}</span>{' '}
    {notes?.length ? <span className="badge wait">{notes.length} to do</span> : null}
    {title !== name && <small>{title}</small>}
    {triggerProblem(subscribe) !== undefined && <small className="problem">Its trigger takes no event.</small>}
  </>
)
