import type { Operator } from '@segment/destination-subscriptions'
import {
  aboutAnother,
  comparedBy,
  EVENT_TYPES,
  hasName,
  OPERATORS,
  operatorsOf,
  SUBJECTS,
  takesValue,
  withValue,
  type Leaf
} from './trigger-tree'

interface Props {
  leaf: Leaf
  label: string
  onChange: (leaf: Leaf) => void
}

/** One condition: what it is about, how it is compared, and with what. */
export function TriggerCondition({ leaf, label, onChange }: Props) {
  const { type, operator, value = '' } = leaf
  return (
    <span className="condition">
      <select
        aria-label={`${label} is about`}
        value={type}
        onChange={({ target }) => onChange(aboutAnother(leaf, target.value as Leaf['type']))}
      >
        {Object.entries(SUBJECTS).map(([subject, title]) => (
          <option key={subject} value={subject}>
            {title}
          </option>
        ))}
      </select>
      {hasName(leaf) && (
        <input
          type="text"
          aria-label={`${label}, its name`}
          autoComplete="off"
          spellCheck={false}
          value={leaf.name}
          onChange={({ target }) => target.value !== '' && onChange({ ...leaf, name: target.value })}
        />
      )}
      <select
        aria-label={`${label} compares`}
        value={operator}
        onChange={({ target }) => onChange(comparedBy(leaf, target.value as Operator))}
      >
        {operatorsOf(type).map((one) => (
          <option key={one} value={one}>
            {OPERATORS[one]}
          </option>
        ))}
      </select>
      {type === 'event-type' ? (
        <select
          aria-label={`${label}, its value`}
          value={String(value)}
          onChange={({ target }) => onChange(withValue(leaf, target.value))}
        >
          {[...new Set([...EVENT_TYPES, String(value)])].map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      ) : (
        takesValue(operator) && (
          <input
            type="text"
            aria-label={`${label}, its value`}
            autoComplete="off"
            spellCheck={false}
            value={String(value)}
            onChange={({ target }) => onChange(withValue(leaf, target.value))}
          />
        )
      )}
    </span>
  )
}
