import type { EventOutcome } from '../../shared/outcome'
import { nameOf, text } from '../events/events'
import type { RunRecord } from './run-record'

/** The outcomes of one event with one mapping in two runs. */
export interface Pair {
  key: string
  event: number
  name: string
  mapping: string
  first?: EventOutcome
  second?: EventOutcome
  /** What differs; empty if nothing does. */
  differs: string
}

/** @returns the outcomes of two runs side by side: events by their position, mappings by their name */
export function pairsOf(first: RunRecord, second: RunRecord): Pair[] {
  const pairs = new Map<string, Pair>()
  const put = (run: RunRecord, side: 'first' | 'second') => {
    const names = new Map(run.mappings.map(({ id, name }) => [id, name]))
    for (const { event, mapping: id, outcome } of run.results) {
      const mapping = names.get(id) ?? ''
      const key = `${event} ${mapping}`
      const { type } = run.events[event]
      const pair = pairs.get(key) ?? { key, event, name: nameOf(run.events[event]) || text(type), mapping, differs: '' }
      pairs.set(key, { ...pair, [side]: outcome })
    }
  }
  put(first, 'first')
  put(second, 'second')
  const isSentKnown = !first.isRehearsal && !second.isRehearsal
  return [...pairs.values()]
    .map((pair) => ({ ...pair, differs: differenceIn(pair, isSentKnown) }))
    .sort((a, b) => a.event - b.event)
}

/**
 * Answers have IDs and times that always differ, so this compares only how the event ended and what was sent, which a rehearsal
 * doesn't know.
 */
function differenceIn({ first, second }: Pair, isSentKnown: boolean): string {
  if (!first || !second) return first ? 'only in the first' : 'only in the second'
  if (first.status !== second.status) return 'status'
  if (first.errormessage !== second.errormessage) return 'message'
  if (!isSentKnown) return ''
  const [before, after] = [valuesOf(first), valuesOf(second)]
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return changed.length ? `sent: ${changed.join(', ')}` : ''
}

/** A beacon's timestamp differs each time, and does not matter here. */
function valuesOf({ sent }: EventOutcome): Record<string, unknown> {
  const { _mchNc: _, ...values } = (sent ?? {}) as Record<string, unknown>
  return values
}
