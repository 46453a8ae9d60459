import { useState } from 'react'
import { kindOf, parsed, summaryOf, textOf, valueOf, type Kind } from '../shared/directive'
import { choicesOf, type Field, type Value } from '../shared/manifest'
import { ChoiceBox } from './choice-box'
import { useChoices, type Asking } from './use-choices'

export interface ValueProps {
  id?: string
  label?: string
  describedBy?: string
  invalid?: boolean
  field: Pick<Field, 'type' | 'choices' | 'placeholder' | 'readOnly' | 'disabledInputMethods'>
  value: Value | undefined
  onChange: (value: Value | undefined) => void
  /** Set for a field whose choices the instance knows: its name on the server. */
  dynamic?: { name: string; asking: Asking }
}

const KIND_WORDS: Record<Kind, string> = { path: 'path', template: 'template', json: 'JSON', text: '', empty: '' }

/** One value, literal or directive, in the way that suits it best. */
export function ValueInput(props: ValueProps) {
  const { field, value } = props
  const kind = kindOf(value)
  const [asText, setAsText] = useState(false)
  const offersChoices = field.type === 'boolean' || field.choices !== undefined
  if (kind === 'json') return <DirectiveInput {...props} />
  if (offersChoices && !asText && kind !== 'path' && kind !== 'template') {
    return (
      <div className="value">
        <LiteralChoice {...props} />
        {!isLiteral(field) && (
          <button
            type="button"
            className="quiet kind"
            title="Map it from the event instead"
            aria-label={`Map ${props.label} from the event`}
            onClick={() => setAsText(true)}
          >
            $.
          </button>
        )}
      </div>
    )
  }
  const words = KIND_WORDS[kind]
  return (
    <div className="value" data-kind={kind}>
      {props.dynamic ? <DynamicInput {...props} dynamic={props.dynamic} /> : <TextInput {...props} />}
      {words && !props.dynamic && <span className="kind">{words}</span>}
    </div>
  )
}

/** Whether the field takes literals only. */
const isLiteral = ({ disabledInputMethods = [] }: ValueProps['field']) => disabledInputMethods.includes('variable')
const isNumeric = ({ type }: Pick<Field, 'type'>) => type === 'number' || type === 'integer'

function TextInput({ id, label, describedBy, invalid, field, value, onChange }: ValueProps) {
  // What is being typed, as typed: "1." is no number yet.
  const [draft, setDraft] = useState<string>()
  return (
    <input
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      type={field.type === 'password' ? 'password' : 'text'}
      autoComplete="off"
      spellCheck={false}
      readOnly={field.readOnly}
      placeholder={field.placeholder}
      value={draft ?? textOf(value)}
      onBlur={() => setDraft(undefined)}
      onChange={({ target }) => {
        setDraft(target.value)
        onChange(isLiteral(field) ? target.value || undefined : valueOf(target.value, isNumeric(field)))
      }}
    />
  )
}

function DynamicInput({
  dynamic,
  field,
  value,
  onChange,
  ...rest
}: ValueProps & Required<Pick<ValueProps, 'dynamic'>>) {
  const [choices, ask] = useChoices(dynamic.asking, dynamic.name)
  return (
    <ChoiceBox
      {...rest}
      placeholder="Choose, or enter a value"
      text={textOf(value)}
      onText={(text) => onChange(valueOf(text, isNumeric(field)))}
      choices={choices}
      onOpen={() => void ask()}
    />
  )
}

function LiteralChoice({ id, label, describedBy, invalid, field, value, onChange }: ValueProps) {
  const choices =
    field.type === 'boolean'
      ? [
          { label: 'Yes', value: true },
          { label: 'No', value: false }
        ]
      : choicesOf(field as Field)
  const current = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const chosen = choices.findIndex((choice) => String(choice.value) === current)
  return (
    <select
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      value={chosen}
      onChange={({ target }) => onChange(choices[Number(target.value)]?.value)}
    >
      <option value={-1}>{chosen < 0 && value !== undefined ? current : '—'}</option>
      {choices.map((choice, index) => (
        <option key={index} value={index}>
          {choice.label}
        </option>
      ))}
    </select>
  )
}

/** A directive beyond a path or template: a line that says what it does, and its JSON to be edited. */
function DirectiveInput({ id, label, describedBy, invalid, value, onChange }: ValueProps) {
  const [draft, setDraft] = useState<string>()
  if (draft === undefined) {
    return (
      <div className="value" data-kind="json">
        <button
          type="button"
          id={id}
          className="summary"
          aria-describedby={describedBy}
          aria-label={label && `${label}: ${summaryOf(value)}. Edit as JSON`}
          onClick={() => setDraft(textOf(value))}
        >
          {summaryOf(value)}
        </button>
        <span className="kind">JSON</span>
      </div>
    )
  }
  const broken = draft.trim() !== '' && parsed(draft) === undefined
  return (
    <div className="value tall">
      <textarea
        id={id}
        autoFocus
        aria-label={label && `${label} as JSON`}
        aria-invalid={broken || invalid || undefined}
        spellCheck={false}
        rows={Math.min(16, draft.split('\n').length)}
        value={draft}
        onBlur={() => broken || setDraft(undefined)}
        onChange={({ target }) => {
          setDraft(target.value)
          if (target.value.trim() === '') onChange(undefined)
          const json = parsed(target.value)
          if (json !== undefined) onChange(json)
        }}
      />
      {broken && <p className="problem">Not JSON yet: the last value that was is used.</p>}
    </div>
  )
}
