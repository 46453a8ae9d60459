import { useState } from 'react'
import { kindOf, textOf, valueOf, type Kind } from '../../../migration/directive'
import type { Field, Value } from '../shared/manifest'
import { ChoiceBox } from './choice-box'
import { DirectiveInput } from './directive-input'
import { isLiteral, LiteralChoice } from './literal-choice'
import { useChoices, type Asking } from './use-choices'

export interface ValueProps {
  id?: string
  label?: string
  describedBy?: string
  invalid?: boolean
  autoFocus?: boolean
  field: Pick<Field, 'type' | 'choices' | 'placeholder' | 'readOnly' | 'disabledInputMethods'>
  value: Value | undefined
  onChange: (value: Value | undefined) => void
  /** Set for a field with choices from the instance: its name on the server. */
  dynamic?: { name: string; asking: Asking }
}

const KIND_WORDS: Record<Kind, string> = { path: 'path', template: 'template', json: 'JSON', text: '', empty: '' }

/** An input that suits the value, literal or directive. */
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
  const Input = isLiteral(field) ? TextInput : props.dynamic ? DynamicInput : PathInput
  return (
    <div className="value" data-kind={kind}>
      <Input {...props} />
      {words && <span className="kind">{words}</span>}
    </div>
  )
}

const isNumeric = ({ type }: Pick<Field, 'type'>) => type === 'number' || type === 'integer'

/** Plain text, for a setting. */
function TextInput({ id, label, describedBy, invalid, field, value, onChange }: ValueProps) {
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
      value={textOf(value)}
      onChange={({ target }) => onChange(target.value || undefined)}
    />
  )
}

function PathInput({ field, value, onChange, dynamic: _, ...rest }: ValueProps) {
  // The text as typed: "1." is not a number yet.
  const [draft, setDraft] = useState<string>()
  return (
    <ChoiceBox
      {...rest}
      readOnly={field.readOnly}
      placeholder={field.placeholder}
      text={draft ?? textOf(value)}
      onBlur={() => setDraft(undefined)}
      onText={(text) => {
        setDraft(text)
        onChange(valueOf(text, isNumeric(field)))
      }}
    />
  )
}

function DynamicInput({ dynamic, field, value, onChange, ...rest }: ValueProps) {
  const [choices, ask] = useChoices(dynamic?.asking, dynamic?.name ?? '')
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
