import { useEffect, useRef, type RefObject } from 'react'

interface Props {
  /** Receives the element, which keeps the text itself: with megabytes, drawing it again at each change takes seconds. */
  area: RefObject<HTMLTextAreaElement | null>
  placeholder: string
  /** Called in a pause after changes. */
  onText: (text: string) => void
  /** Called at each change. */
  onChange: () => void
}

/** Text that people type comes in single letters. */
const LONG = 1_000
const PAUSE_MS = 150

/** A text area for texts of any length. */
export function TextArea({ area, placeholder, onText, onChange }: Props) {
  const pause = useRef<ReturnType<typeof setTimeout>>(undefined)
  const told = useRef({ onText, onChange })
  useEffect(() => {
    told.current = { onText, onChange }
  })
  const noteChange = () => {
    told.current.onChange()
    clearTimeout(pause.current)
    pause.current = setTimeout(() => told.current.onText(area.current?.value ?? ''), PAUSE_MS)
  }
  // Chromium enters a long text from an input method, a remote desktop or a script line by line, and lays out the page for
  // each line: a thousand lines take seconds. A paste has no such problem.
  const insert = (input: InputEvent) => {
    const { inputType, data, target } = input
    if (inputType !== 'insertText' || data === null || data.length < LONG) return
    input.preventDefault()
    const place = target as HTMLTextAreaElement
    place.setRangeText(data, place.selectionStart, place.selectionEnd, 'end')
    noteChange()
  }
  useEffect(() => {
    const place = area.current
    place?.addEventListener('beforeinput', insert)
    return () => place?.removeEventListener('beforeinput', insert)
  })
  useEffect(() => () => clearTimeout(pause.current), [])
  return (
    <textarea
      ref={area}
      aria-label="What to import"
      rows={10}
      wrap="off"
      spellCheck={false}
      autoComplete="off"
      placeholder={placeholder}
      onChange={noteChange}
    />
  )
}
