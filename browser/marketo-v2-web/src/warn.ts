const told = new Set<string>()

/** Tells the developers of the page what is missing: each text once a page load, so that it does not drown the others. */
export function warn(text: string): void {
  if (told.has(text)) return
  told.add(text)
  console.warn(`Marketo V2 Web (Actions): ${text}`)
}

/** After this long, what has not come back is told. */
export const PATIENCE_MS = 15_000

export const BLOCKED = 'is blocked, by an ad blocker or a Content Security Policy.'
