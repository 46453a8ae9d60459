import { isRequired, type Field, type Mapping, type Value } from '../shared/manifest'
import { Markdown } from '../shared/markdown'
import { KeyValueEditor } from './key-value-editor'
import type { Asking } from './use-choices'
import { ValueInput } from './value-input'

interface Props {
  /** Keeps ids unique if the page has several forms. */
  form: string
  name: string
  field: Field
  values: Mapping
  problem?: string
  onChange: (value: Value | undefined) => void
  /** If absent, the field's choices are not requested. */
  asking?: Asking
}

export function FieldRow({ form, name, field, values, problem, onChange, asking }: Props) {
  const id = `${form}-${name}`
  const dynamic = field.dynamic && asking ? { name, asking } : undefined
  const input = { id, label: field.label, field, value: values[name], onChange, dynamic }
  // An object has a group of inputs with their own labels.
  const Label = field.type === 'object' ? 'span' : 'label'
  const described = { describedBy: `${id}-about`, invalid: Boolean(problem) }
  return (
    <div className="field" data-field={name} data-problem={problem ? '' : undefined}>
      <Label {...(Label === 'label' && { htmlFor: id })}>
        {field.label}
        {isRequired(field, values) && (
          <span className="required" title="Required">
            {' '}
            *<span className="unseen"> required</span>
          </span>
        )}
      </Label>
      <div className="field-value">
        {field.type === 'object' ? <KeyValueEditor {...input} /> : <ValueInput {...input} {...described} />}
        <div id={`${id}-about`}>
          {problem && <p className="problem">{problem}</p>}
          {field.description && (
            <div className="field-about">
              <p className="about">
                <Markdown text={field.description} />
              </p>
            </div>
          )}
        </div>
      </div>
    </div>
  )
}
