import type { Reason } from './reasons'
import { inWords, type Kind } from './words'

interface Props {
  reasons: Reason[]
  /** Kinds of outcomes in words. */
  words: Record<Kind, string>
  chosen: string
  onChoose: (reason: string) => void
}

/** Why events failed, each reason once with its count. A click shows only the events with that reason. */
export function ReasonList({ reasons, words, chosen, onChoose }: Props) {
  if (!reasons.length) return null
  return (
    <section aria-label="Reasons" className="reasons">
      <h3>Reasons</h3>
      <ul>
        {reasons.map(({ key, tone, status, message, count }) => (
          <li key={key}>
            <button type="button" aria-pressed={chosen === key} onClick={() => onChoose(chosen === key ? '' : key)}>
              <b className="numbers">{inWords(count)} ×</b>
              <span className={`badge ${tone}`}>
                {status} {words[tone]}
              </span>
              <span>{message || 'without a message'}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
