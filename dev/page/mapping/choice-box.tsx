import { Combobox, ComboboxButton, ComboboxInput, ComboboxOption, ComboboxOptions } from '@headlessui/react'
import { useState } from 'react'
import { matching, type Choices } from './use-choices'

interface Props {
  id?: string
  label?: string
  describedBy?: string
  invalid?: boolean
  placeholder?: string
  text: string
  onText: (text: string) => void
  choices: Choices
  onOpen: () => void
}

/** A text input that offers choices, searched as one types; other text may be entered too. */
export function ChoiceBox({ id, label, describedBy, invalid, placeholder, text, onText, choices, onOpen }: Props) {
  // Only what was typed since the list opened is searched for, not what the field held before.
  const [query, setQuery] = useState('')
  const found = choices.state === 'ready' ? matching(choices.choices, query) : []
  const chosen = choices.state === 'ready' ? choices.choices.find(({ value }) => String(value) === text) : undefined
  return (
    <Combobox
      immediate
      value={text}
      onChange={(value: string | null) => value !== null && onText(value)}
      onClose={() => setQuery('')}
    >
      <div className="choice-box">
        <ComboboxInput
          id={id}
          aria-label={label}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          displayValue={(value: string) => value}
          onFocus={onOpen}
          onChange={({ target }) => {
            setQuery(target.value)
            onText(target.value)
          }}
        />
        {chosen && chosen.label !== text && <span className="chosen-label">{chosen.label}</span>}
        <ComboboxButton className="open-choices" aria-label="Show what is offered">
          ▾
        </ComboboxButton>
      </div>
      <ComboboxOptions modal={false} anchor={{ to: 'bottom start', gap: 4 }} className="choices">
        {choices.state === 'failed' && <p className="choices-note problem">{choices.problem}</p>}
        {choices.state === 'loading' && <p className="choices-note">Asking Marketo…</p>}
        {choices.state === 'ready' && !found.length && (
          <p className="choices-note">None matches. The text stays as it is.</p>
        )}
        {found.map(({ label: title, value, description }) => (
          <ComboboxOption key={value} value={String(value)} className="choice">
            <span>{title}</span>
            <small>{description ?? value}</small>
          </ComboboxOption>
        ))}
      </ComboboxOptions>
    </Combobox>
  )
}
