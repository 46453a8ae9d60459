/** @returns the ID of a static list, given as a number or as text; undefined for anything else */
export function parseListId(value: unknown): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  const id = Number(value)
  return Number.isSafeInteger(id) && id > 0 ? id : undefined
}

/** Why a value cannot be the ID of a static list. */
export const problemWithListId = (value: unknown): string =>
  `Static List ID must be a positive whole number, but it is ${JSON.stringify(
    value
  )}. It is the number after #ST in the list's URL in Marketo.`
