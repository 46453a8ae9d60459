const KEY = 'marketo_v2_web'

/** What is known of the visitor from one page to the next. */
interface Known {
  /** The last User ID. */
  user?: string
  /** A hash of what the form was last filled with, and for whom. */
  submitted?: string
}

/** Where the browser keeps nothing, for as long as the page lives. */
let known: Known = {}

export function recall(): Known {
  try {
    known = (JSON.parse(window.localStorage.getItem(KEY) ?? 'null') as Known | null) ?? known
  } catch {
    // Storage is blocked, or not ours.
  }
  return known
}

/** @param what is added to what is known; absent: everything is forgotten */
export function remember(what?: Known): void {
  known = what ? { ...recall(), ...what } : {}
  try {
    window.localStorage.setItem(KEY, JSON.stringify(known))
  } catch {
    // As above.
  }
}

/** Enough to see a change, and tells nothing of the values (FNV-1a, 32 bits). */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return `${text.length}.${hash >>> 0}`
}
