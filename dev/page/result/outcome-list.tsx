import { useState } from 'react'
import type { Outcome } from '../shared/server'
import { Json } from './json'
import { TONE_WORDS, toneOf } from './words'

const SHOWN = 6

/** What became of each event. */
export function OutcomeList({ outcomes }: { outcomes: Outcome[] }) {
  const [all, setAll] = useState(false)
  const numbered = outcomes.map((outcome, index) => ({ outcome, number: index + 1 }))
  const shown = all ? numbered : mostTelling(numbered)
  return (
    <section aria-label="Outcomes">
      <h3>Outcomes</h3>
      <ol className="lines">
        {shown.map((one) => (
          <OutcomeLine key={one.number} {...one} open={outcomes.length === 1} />
        ))}
      </ol>
      {shown.length < outcomes.length && (
        <button type="button" className="quiet" onClick={() => setAll(true)}>
          Show all {outcomes.length}
        </button>
      )}
    </section>
  )
}

interface Numbered {
  outcome: Outcome
  number: number
}

/** A few of many: what failed before what did not. */
function mostTelling(outcomes: Numbered[]): Numbered[] {
  const rank = ({ outcome }: Numbered) => (toneOf(outcome.status) === 'good' ? 1 : 0)
  const chosen = [...outcomes].sort((a, b) => rank(a) - rank(b)).slice(0, SHOWN)
  return chosen.sort((a, b) => a.number - b.number)
}

function OutcomeLine({ outcome, number, open }: Numbered & { open: boolean }) {
  const { status, errormessage, errortype, fields, sent, body } = outcome
  const tone = toneOf(status)
  return (
    <li>
      <Lazy
        open={open && tone === 'good' && (sent !== undefined || body !== undefined)}
        title={
          <>
            <span className="faint numbers">{number}</span>
            <span className={`badge ${tone}`}>
              {status} {TONE_WORDS[tone]}
            </span>
            <span className="line-text">{errormessage ?? inShort(body)}</span>
          </>
        }
      >
        {errortype && <Json title="Error type" value={errortype} />}
        {fields && <Json title="Fields" value={fields} />}
        <Json title="Sent" value={sent} />
        <Json title="Marketo’s answer" value={body} />
      </Lazy>
    </li>
  )
}

const inShort = (body: unknown) => (body === undefined ? '' : JSON.stringify(body))

interface LazyProps {
  title: React.ReactNode
  open?: boolean
  children: React.ReactNode
}

/** Details that are drawn only once they are opened: there may be hundreds. */
export function Lazy({ title, open: initially = false, children }: LazyProps) {
  const [open, setOpen] = useState(initially)
  return (
    <details open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{title}</summary>
      {open && <div className="line-body">{children}</div>}
    </details>
  )
}
