/**
 * A Munchkin Account ID becomes part of a host name, so only its exact form is accepted.
 * @param text in any case, with or without spaces around it
 * @returns the ID in upper case, as in `123-ABC-456`; undefined if it has another form
 */
export function parseMunchkinId(text: unknown): string | undefined {
  const id = typeof text === 'string' ? text.trim().toUpperCase() : ''
  return /^\d{3}-[A-Z]{3}-\d{3}$/.test(id) ? id : undefined
}
