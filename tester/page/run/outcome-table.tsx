import { useMemo, useState } from 'react'
import { nameOf, text, whoOf } from '../events/events'
import { DataTable, type Column } from '../shared/data-table'
import { Json } from '../shared/json'
import { leadOf, type Result, type RunRecord } from './run-record'
import { TONE_WORDS, toneOf, type Tone } from './words'

interface Row {
  key: string
  result: Result
  name: string
  who: string
  mapping: string
}

const COLUMNS: Column<Row>[] = [
  { id: 'event', title: 'Event', className: 'count', value: ({ result }) => result.event + 1 },
  { id: 'name', title: 'Name', className: 'name', value: ({ name }) => name },
  { id: 'mapping', title: 'Mapping', className: 'mapping', value: ({ mapping }) => mapping },
  {
    id: 'outcome',
    title: 'Outcome',
    className: 'outcome',
    value: ({ result }) => `${result.outcome.status} ${TONE_WORDS[toneOf(result.outcome.status)]}`,
    draw: ({ result: { outcome } }) => <OutcomeBadge status={outcome.status} />
  },
  { id: 'why', title: 'Why', className: 'why', value: ({ result }) => wordsOf(result) }
]

/** The outcome of each event with each mapping that took it. */
export function OutcomeTable({ run }: { run: RunRecord }) {
  const [filter, setFilter] = useState<'all' | Tone>('all')
  const [mapping, setMapping] = useState('')
  const [chosen, setChosen] = useState<string>()
  const rows = useMemo(() => rowsOf(run), [run])
  const shown = useMemo(
    () =>
      rows.filter(
        ({ result }) =>
          (filter === 'all' || toneOf(result.outcome.status) === filter) && (!mapping || result.mapping === mapping)
      ),
    [rows, filter, mapping]
  )
  const row = shown.find(({ key }) => key === chosen) ?? shown[0]
  return (
    <section aria-label="Outcomes" className="outcomes">
      <div className="row">
        <h3>Outcomes</h3>
        <select aria-label="Which outcomes" value={filter} onChange={({ target }) => setFilter(target.value as Tone)}>
          <option value="all">all</option>
          {Object.entries(TONE_WORDS).map(([tone, words]) => (
            <option key={tone} value={tone}>
              {words}
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
      <DataTable
        label="Outcomes"
        columns={COLUMNS}
        rows={shown}
        keyOf={({ key }) => key}
        chosen={row?.key}
        onChoose={({ key }) => setChosen(key)}
        empty={rows.length ? 'No outcome matches.' : 'No mapping that is on takes any of these events.'}
      />
      {row && <Details row={row} />}
    </section>
  )
}

function rowsOf({ results, events, mappings }: RunRecord): Row[] {
  const names = new Map(mappings.map(({ id, name }) => [id, name]))
  return results.map((result) => ({
    key: `${result.event} ${result.mapping}`,
    result,
    name: nameOf(events[result.event]) || text(events[result.event].type),
    who: whoOf(events[result.event]),
    mapping: names.get(result.mapping) ?? ''
  }))
}

function OutcomeBadge({ status }: { status: number }) {
  const tone = toneOf(status)
  return (
    <span className={`badge ${tone}`}>
      {status} {TONE_WORDS[tone]}
    </span>
  )
}

/** @returns an outcome in a line */
function wordsOf({ outcome }: Result): string {
  const { errormessage, body } = outcome
  const lead = leadOf(outcome)
  return errormessage ?? (lead === undefined ? JSON.stringify(body ?? '') : `lead ${lead} ${JSON.stringify(body)}`)
}

function Details({ row: { result, mapping, who } }: { row: Row }) {
  const { status, errormessage, errortype, fields, sent, body } = result.outcome
  return (
    <section aria-label={`Outcome of event ${result.event + 1}`} className="line-body">
      <p>
        <OutcomeBadge status={status} /> event {result.event + 1}
        {who && ` (${who})`} by {mapping}
      </p>
      {errormessage && <p className="problem">{errormessage}</p>}
      {errortype && <Json title="Error type" value={errortype} />}
      {fields && <Json title="Fields" value={fields} />}
      <Json title="Sent" value={sent} />
      <Json title="Marketo’s answer" value={body} />
    </section>
  )
}
