import type { EventOutcome } from '../../shared/outcome'
import type { Result, RunRecord } from './run-record'
import { toneOf, type Tone } from './words'

/** Failures for the same reason. */
export interface Reason {
  key: string
  tone: Tone
  status: number
  /** The message of the first failure, as an example. */
  message: string
  count: number
}

/** @returns why events failed or are to be retried: the most frequent reason first */
export function reasonsIn({ results }: RunRecord): Reason[] {
  const reasons = new Map<string, Reason>()
  for (const { outcome } of results) {
    const tone = toneOf(outcome.status)
    if (tone === 'good') continue
    const key = reasonKey(outcome)
    const known = reasons.get(key)
    if (known) known.count++
    else reasons.set(key, { key, tone, status: outcome.status, message: outcome.errormessage ?? '', count: 1 })
  }
  return [...reasons.values()].sort((a, b) => b.count - a.count)
}

/** @returns the same text for outcomes with the same reason: messages differ in the values that they quote */
const reasonKey = ({ status, errormessage = '' }: EventOutcome): string =>
  `${status} ${errormessage
    .replace(/"[^"]*"|“[^”]*”|`[^`]*`/g, '"…"')
    .replace(/\S+@\S+/g, '…')
    .replace(/\d[\d.,:TZ-]*/g, '…')}`

export const hasReason = ({ outcome }: Result, reason: string): boolean => reasonKey(outcome) === reason
