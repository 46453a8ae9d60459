const KEY = 'marketo_v2_web'
/** How many marks are kept of those that have ended. */
const MARKS_AT_MOST = 30

/** What the browser remembers about the visitor from one page to the next. */
interface Known {
  /** The last User ID. */
  user?: string
  /** A hash of what the form was last filled with, and for whom. */
  submitted?: string
  /** Hashes of the marks by which Marketo knows the visitor: see visitor.ts. */
  marks?: string[]
  /** Hashes of the marks of earlier visitors. They outlast these. */
  ended?: string[]
}

/** If the browser stores nothing, this lasts as long as the page. */
let known: Known = {}

export function recall(): Known {
  try {
    known = (JSON.parse(window.localStorage.getItem(KEY) ?? 'null') as Known | null) ?? known
  } catch {
    // Storage is blocked, or holds other data.
  }
  return known
}

/** @param what is added */
export function remember(what: Known): void {
  known = { ...recall(), ...what }
  try {
    window.localStorage.setItem(KEY, JSON.stringify(known))
  } catch {
    // As above.
  }
}

/** Another visitor comes. Only what has ended stays in memory. */
export function forgetVisitor(): void {
  const { marks = [], ended = [] } = recall()
  const all = [...new Set([...marks, ...ended])].slice(0, MARKS_AT_MOST)
  remember({ user: undefined, submitted: undefined, marks: undefined, ended: all.length > 0 ? all : undefined })
}

/** Detects a change, and reveals nothing about the values (FNV-1a, 32 bits). */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return `${text.length}.${hash >>> 0}`
}
