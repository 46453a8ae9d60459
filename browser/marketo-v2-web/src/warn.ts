const told = new Set<string>()

/**
 * Tells the developers of the page what is missing. Each text appears once per page load, so that others stay visible.
 */
export function warn(text: string): void {
  if (told.has(text)) return
  told.add(text)
  console.warn(`Marketo V2 Web (Actions): ${text}`)
}

/** After this time, a warning says what has not come back. */
export const PATIENCE_MS = 15_000

export const BLOCKED = 'is blocked, by an ad blocker or a Content Security Policy.'
