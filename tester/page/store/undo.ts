/** A value with its earlier states and the states that were undone. */
export interface Undoable<T> {
  past: T[]
  present: T
  future: T[]
  /** What was edited last, and when: continued typing in one field is one step. */
  last?: { part: string; at: number }
}

const STEPS = 100
const PAUSE_MS = 1_000

export const beginning = <T>(present: T): Undoable<T> => ({ past: [], present, future: [] })

/**
 * @param part what is edited: edits of the same part in quick succession are undone together
 * @param now in milliseconds
 */
export function changed<T>(history: Undoable<T>, next: T, part: string, now: number): Undoable<T> {
  const { past, present, last } = history
  if (next === present) return history
  const goesOn = last?.part === part && now - last.at < PAUSE_MS
  return {
    past: goesOn ? past : [...past, present].slice(-STEPS),
    present: next,
    future: [],
    last: { part, at: now }
  }
}

export function undone<T>(history: Undoable<T>): Undoable<T> {
  const { past, present, future } = history
  if (!past.length) return history
  return { past: past.slice(0, -1), present: past[past.length - 1], future: [present, ...future] }
}

export function redone<T>(history: Undoable<T>): Undoable<T> {
  const { past, present, future } = history
  if (!future.length) return history
  return { past: [...past, present], present: future[0], future: future.slice(1) }
}
