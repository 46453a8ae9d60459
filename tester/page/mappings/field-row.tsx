import { isRequired, type Field, type Mapping, type Value } from '../shared/manifest'
import { Markdown } from '../shared/markdown'
import { KeyValueEditor } from './key-value-editor'
import { MappedValue } from './mapped'
import type { Asking } from './use-choices'
import { ValueInput } from './value-input'
import { Warning } from './warning'

interface Props {
  /** Keeps ids unique if the page has several forms. */
  form: string
  name: string
  field: Field
  values: Mapping
  problem?: string
  onChange: (value: Value | undefined) => void
  /** If absent, the field's choices are not requested, and no event gives it a value: it is a setting. */
  asking?: Asking
}

/** A field: its name, its input, the value that it gets from the current event, and below them what may be wrong with it. */
export function FieldRow({ form, name, field, values, problem, onChange, asking }: Props) {
  const id = `${form}-${name}`
  const dynamic = field.dynamic && asking ? { name, asking } : undefined
  const value = values[name]
  const input = { id, label: field.label, field, value, onChange, dynamic }
  const isMapped = asking !== undefined && !asking.hook
  const isKeyed = field.type === 'object'
  // An object has a group of inputs with their own labels.
  const Label = isKeyed ? 'span' : 'label'
  const described = { describedBy: `${id}-about`, invalid: Boolean(problem) }
  return (
    <div className="field" data-field={name} data-problem={problem ? '' : undefined}>
      <Label className="field-label" {...(Label === 'label' && { htmlFor: id })}>
        {field.label}
        {isRequired(field, values) && (
          <span className="required" title="Required">
            {' '}
            *<span className="unseen"> required</span>
          </span>
        )}
      </Label>
      {isKeyed ? (
        <KeyValueEditor {...input} name={name} />
      ) : (
        <>
          <ValueInput {...input} {...described} />
          {isMapped && <MappedValue path={[name]} />}
        </>
      )}
      <div id={`${id}-about`} className="field-about">
        {problem && <p className="problem">{problem}</p>}
        {!isKeyed && isMapped && <Warning value={value} onChange={onChange} />}
        {field.description && (
          <p className="about">
            <Markdown text={field.description} />
          </p>
        )}
      </div>
    </div>
  )
}
