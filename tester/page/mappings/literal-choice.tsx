import { choicesOf, type Field } from '../shared/manifest'
import type { ValueProps } from './value-input'

/** Whether the field takes literals only. */
export const isLiteral = ({ disabledInputMethods = [] }: ValueProps['field']): boolean =>
  disabledInputMethods.includes('variable')

/** An input for one of the few choices in the definition. */
export function LiteralChoice({ id, label, describedBy, invalid, field, value, onChange }: ValueProps) {
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
