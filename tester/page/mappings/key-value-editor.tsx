import { useState } from 'react'
import { isDirective } from '../../../migration/directive'
import { isObject, type Field, type Value } from '../shared/manifest'
import { ChoiceBox } from './choice-box'
import { MappedValue } from './mapped'
import { useChoices, type Asking, type Choices } from './use-choices'
import { ValueInput } from './value-input'
import { Warning } from './warning'

interface Props {
  id: string
  /** The field's name in the payload. */
  name: string
  label: string
  field: Field
  value: Value | undefined
  onChange: (value: Value | undefined) => void
  dynamic?: { name: string; asking: Asking }
}

type Row = [key: string, value: Value | undefined]

const rowsOf = (value: Value | undefined): Row[] => (isObject(value) ? Object.entries(value) : [])
const objectOf = (rows: Row[]): Value | undefined => {
  const filled = rows.filter((row): row is [string, Value] => row[0] !== '' && row[1] !== undefined)
  return filled.length ? Object.fromEntries(filled) : undefined
}

/** An object, edited key by key, or mapped as a whole with a directive. */
export function KeyValueEditor(props: Props) {
  const { id, name, label, field, value, onChange } = props
  const [whole, setWhole] = useState(isDirective(value))
  if (whole || isDirective(value) || (value !== undefined && !isObject(value))) {
    return (
      <>
        <div className="key-values whole">
          <ValueInput
            id={id}
            label={label}
            field={{ type: 'object', placeholder: '$.traits' }}
            value={value}
            onChange={onChange}
          />
          <button
            type="button"
            className="quiet"
            onClick={() => {
              setWhole(false)
              onChange(undefined)
            }}
          >
            Map key by key
          </button>
          <Warning value={value} onChange={onChange} />
        </div>
        <MappedValue path={[name]} />
      </>
    )
  }
  const mapWhole = () => {
    setWhole(true)
    onChange(undefined)
  }
  return <Rows {...props} field={field} onWhole={mapWhole} />
}

function Rows({ id, name, label, field, value, onChange, dynamic, onWhole }: Props & { onWhole: () => void }) {
  // A row without a key or value is not in the object yet. The draft is for one object: an undo, for example, brings another.
  const [draft, setDraft] = useState({ object: value, rows: rowsOf(value) })
  const rows = draft.object === value ? draft.rows : rowsOf(value)
  const change = (next: Row[]) => {
    const object = objectOf(next)
    setDraft({ object, rows: next })
    onChange(object)
  }
  // The cursor goes into a new row.
  const [added, setAdded] = useState<number>()
  const add = () => {
    setAdded(rows.length)
    setDraft({ object: value, rows: [...rows, ['', undefined]] })
  }
  const put = (index: number, row: Row) => change(rows.map((old, at) => (at === index ? row : old)))
  return (
    <div className="key-values" id={id} role="group" aria-label={label}>
      {rows.map(([key, member], index) => (
        <div className="key-value" key={index}>
          <KeyInput
            label={`${label}, key ${index + 1}`}
            field={field}
            text={key}
            autoFocus={index === added}
            onText={(text) => put(index, [text, member])}
            dynamic={dynamic}
          />
          <span aria-hidden="true" className="colon">
            :
          </span>
          <ValueInput
            label={`${label}, value ${index + 1}`}
            field={{ type: 'string', placeholder: '$.properties.…' }}
            value={member}
            onChange={(next) => put(index, [key, next])}
          />
          <MappedValue path={[name, key]} />
          <button
            type="button"
            className="quiet remove"
            aria-label={`Remove ${key || `key ${index + 1}`}`}
            onClick={() => change(rows.filter((_, at) => at !== index))}
          >
            ×
          </button>
          <Warning value={member} onChange={(next) => put(index, [key, next])} />
        </div>
      ))}
      <div className="row">
        <button type="button" className="quiet" onClick={add}>
          + Add {rows.length ? 'another' : 'one'}
        </button>
        {!rows.length && (
          <button type="button" className="quiet" onClick={onWhole}>
            Map a whole object
          </button>
        )}
      </div>
    </div>
  )
}

interface KeyProps {
  label: string
  field: Field
  text: string
  autoFocus: boolean
  onText: (text: string) => void
  dynamic?: Props['dynamic']
}

function KeyInput({ field, dynamic, ...rest }: KeyProps) {
  const [asked, ask] = useChoices(dynamic?.asking, `${dynamic?.name}.__keys__`)
  const known = Object.keys(field.properties ?? {}).map((name) => ({ label: name, value: name }))
  const choices: Choices = dynamic ? asked : { state: 'ready', choices: known }
  return <ChoiceBox {...rest} withoutPaths placeholder="Key" choices={choices} onOpen={() => void ask()} />
}
