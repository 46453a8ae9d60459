import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  filterFn_includesString,
  tableFeatures,
  useTable,
  type ColumnDef
} from '@tanstack/react-table'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { Fragment, useMemo, useRef, useState } from 'react'
import { useGridKeys } from './use-grid-keys'

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic }
})

/** A column: its value for search and sorting, and how it is drawn. */
export interface Column<Row> {
  id: string
  title: string
  /** The value for search and sorting. */
  value: (row: Row) => string | number
  /** What is drawn; the value by default. */
  draw?: (row: Row) => React.ReactNode
  /** A class of the cells, which has the width. */
  className?: string
}

interface Props<Row> {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  keyOf: (row: Row) => string
  chosen?: string
  /** If absent, the rows are read-only. */
  onChoose?: (row: Row) => void
  isMarked?: (row: Row) => boolean
  search?: string
  /** The text for a table without rows. */
  empty: string
}

const ROW_PX = 26

/**
 * A table of any length: only the rows in sight are drawn. It is one stop of the Tab key; arrow keys go from row to row,
 * and from the first one to the headings, which sort.
 */
export function DataTable<Row extends object>(props: Props<Row>) {
  const { label, columns, rows, keyOf, chosen, onChoose, isMarked, search = '', empty } = props
  const scroller = useRef<HTMLDivElement>(null)
  const definitions = useMemo(
    () =>
      columns.map(
        ({ id, value }): ColumnDef<typeof features, Row> => ({ id, accessorFn: value, sortFn: 'alphanumeric' })
      ),
    [columns]
  )
  const table = useTable({
    features,
    data: rows,
    columns: definitions,
    getRowId: keyOf,
    state: { globalFilter: search },
    globalFilterFn: 'includesString'
  })
  const shown = table.getRowModel().rows
  // The row that the Tab key goes to: the chosen one, or the one that the arrow keys reached.
  const [visited, setVisited] = useState(0)
  const chosenAt = shown.findIndex(({ id }) => id === chosen)
  const at = Math.min(chosenAt < 0 ? visited : chosenAt, shown.length - 1)
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    // A row that is hidden has no height.
    measureElement: (row) => row.getBoundingClientRect().height || ROW_PX,
    overscan: 12,
    scrollPaddingStart: ROW_PX,
    // That row is drawn even if it is out of sight. Without it, the Tab key would not find the table.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), at])].sort((a, b) => a - b)
  })
  const keys = useGridKeys(scroller, {
    count: shown.length,
    at,
    goTo: (index) => {
      virtual.scrollToIndex(index)
      setVisited(index)
      onChoose?.(shown[index].original)
    }
  })
  const items = virtual.getVirtualItems()
  const below = virtual.getTotalSize() - (items[items.length - 1]?.end ?? 0)
  return (
    <div className="scroll table-scroll" ref={scroller} onKeyDown={keys}>
      <table role="grid" aria-label={label} aria-rowcount={shown.length + 1} className="fixed">
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map(({ id, column }, index) => (
                <th
                  key={id}
                  scope="col"
                  className={columns[index].className}
                  aria-sort={SORTED[String(column.getIsSorted())]}
                >
                  <button type="button" tabIndex={-1} className="sorter" onClick={() => column.toggleSorting()}>
                    {columns[index].title}
                  </button>
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {items.map(({ index, start }, place) => {
            const { id, original } = shown[index]
            return (
              <Fragment key={id}>
                <Gap height={start - (items[place - 1]?.end ?? 0)} />
                <tr
                  ref={virtual.measureElement}
                  aria-rowindex={index + 2}
                  aria-selected={onChoose ? id === chosen : undefined}
                  data-index={index}
                  data-marked={isMarked?.(original) || undefined}
                  tabIndex={index === at ? 0 : -1}
                  onClick={() => onChoose?.(original)}
                >
                  {columns.map(({ id: column, value, draw, className }) => (
                    <td key={column} className={className} title={draw ? undefined : String(value(original))}>
                      {draw ? draw(original) : value(original)}
                    </td>
                  ))}
                </tr>
              </Fragment>
            )
          })}
          <Gap height={below} />
        </tbody>
      </table>
      {shown.length === 0 && <p className="empty">{empty}</p>}
    </div>
  )
}

/** Stands in for rows that are not drawn. */
const Gap = ({ height }: { height: number }) => (height > 0 ? <tr aria-hidden="true" style={{ height }} /> : null)

const SORTED: Record<string, 'ascending' | 'descending' | undefined> = { asc: 'ascending', desc: 'descending' }
