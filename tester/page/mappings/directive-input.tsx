import { useState } from 'react'
import { chainOf, parsed, summaryOf, textOf } from '../../../migration/directive'
import type { ValueProps } from './value-input'

/** A directive beyond a path or template: a line that says what it does, and its JSON for editing. */
export function DirectiveInput({ id, label, describedBy, invalid, value, onChange }: ValueProps) {
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
        <span className="kind">{chainOf(value) ? 'paths' : 'JSON'}</span>
        <button
          type="button"
          className="quiet kind"
          title="Map one path instead"
          aria-label={`Map ${label} from one path`}
          onClick={() => onChange(undefined)}
        >
          $.
        </button>
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
      {broken && <p className="problem">This is not valid JSON yet. The last valid value is used.</p>}
    </div>
  )
}
