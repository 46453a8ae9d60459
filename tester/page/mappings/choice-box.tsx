import { Combobox, ComboboxButton, ComboboxInput, ComboboxOption, ComboboxOptions } from '@headlessui/react'
import { useContext, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { Choice } from '../shared/manifest'
import { matchingPaths, Paths, shortOf } from './paths'
import { matching, type Choices } from './use-choices'

interface Props {
  id?: string
  label?: string
  describedBy?: string
  invalid?: boolean
  readOnly?: boolean
  autoFocus?: boolean
  placeholder?: string
  text: string
  onText: (text: string) => void
  onBlur?: () => void
  /** What the instance offers. Absent: paths only. */
  choices?: Choices
  /** A key has no path. */
  withoutPaths?: boolean
  onOpen?: () => void
}

/**
 * A text input that offers choices and the paths of the current event, and searches them as you type. You can also
 * enter other text: your text is the first choice, so that Enter and Tab keep it.
 */
export function ChoiceBox(props: Props) {
  const { id, label, describedBy, invalid, readOnly, autoFocus, placeholder } = props
  const { text, onText, onBlur, choices, withoutPaths, onOpen } = props
  // The search uses only text typed since the list opened, not the field's earlier value.
  const [query, setQuery] = useState('')
  const all = useContext(Paths)
  const paths = withoutPaths ? [] : matchingPaths(all, query)
  const found = choices?.state === 'ready' ? matching(choices.choices, query) : []
  const chosen = choices?.state === 'ready' ? choices.choices.find(({ value }) => String(value) === text) : undefined
  // Tab takes the choice that the arrow keys moved to, but not one that is only the first in an open list.
  const hasGone = useRef(false)
  const isPassing = useRef(false)
  const noteKey = ({ key }: KeyboardEvent) => {
    if (/^(Arrow|Page|Home|End)/.test(key)) hasGone.current = true
    isPassing.current = key === 'Tab' && !hasGone.current
  }
  const offers: Choice[] = [
    ...found,
    ...paths.map(({ path, value }) => ({ label: path, value: path, description: shortOf(value) || 'no value' }))
  ]
  const box = useRef<HTMLDivElement>(null)
  const gap = GAP_PX + useRoomForDoubt(box, text)
  // A list that offers only what is already entered would hide what is below it.
  const isEntered = query !== '' && offers.length === 1 && offers[0].value === text
  return (
    <Combobox
      immediate={choices !== undefined}
      value={text}
      onChange={(value: string | null) => value !== null && value !== text && !isPassing.current && onText(value)}
      onClose={() => {
        setQuery('')
        hasGone.current = false
      }}
    >
      <div ref={box} className="choice-box" onKeyDownCapture={noteKey}>
        <ComboboxInput
          id={id}
          aria-label={label}
          aria-describedby={describedBy}
          aria-invalid={invalid || undefined}
          autoComplete="off"
          spellCheck={false}
          readOnly={readOnly}
          autoFocus={autoFocus}
          placeholder={placeholder}
          title={text.length > 20 ? text : undefined}
          displayValue={(value: string) => value}
          onFocus={() => {
            isPassing.current = false
            onOpen?.()
          }}
          onBlur={onBlur}
          onChange={({ target }) => {
            setQuery(target.value)
            onText(target.value)
          }}
        />
        {chosen && chosen.label !== text && <span className="chosen-label">{chosen.label}</span>}
        {(choices || !withoutPaths) && !readOnly && (
          <ComboboxButton className="open-choices" aria-label={`Show choices for ${label ?? 'it'}`}>
            ▾
          </ComboboxButton>
        )}
      </div>
      {!isEntered && (
        <ComboboxOptions modal={false} anchor={{ to: 'bottom start', gap, padding: 8 }} className="choices">
          {choices?.state === 'failed' && <p className="choices-note problem">{choices.problem}</p>}
          {choices?.state === 'loading' && <p className="choices-note">Asking Marketo…</p>}
          {query && <Option label={query} value={query} description="as typed" />}
          {!query && !offers.length && choices?.state === 'ready' && <p className="choices-note">No choices.</p>}
          {offers.map((offer) => (
            <Option key={offer.value} {...offer} />
          ))}
        </ComboboxOptions>
      )}
    </Combobox>
  )
}

const GAP_PX = 4

/** @returns how far below the input a question about its text reaches: an open list must not cover the answer */
function useRoomForDoubt(box: React.RefObject<HTMLDivElement | null>, text: string): number {
  const [room, setRoom] = useState(0)
  useLayoutEffect(() => {
    const doubt = box.current?.closest('.key-value, .field')?.querySelector('.doubt')
    const below = doubt && box.current ? bottomOf(doubt) - bottomOf(box.current) : 0
    setRoom(Math.max(0, Math.round(below)))
  }, [box, text])
  return room
}

const bottomOf = (element: Element): number => element.getBoundingClientRect().bottom

const Option = ({ label, value, description }: Choice) => (
  <ComboboxOption value={String(value)} className="choice">
    <span>{label}</span>
    <small>{description ?? value}</small>
  </ComboboxOption>
)
