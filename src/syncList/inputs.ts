/** Whether a person entered something. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null && textOf(value) !== ''

/** What a person entered as text, without spaces around it. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value.trim() : undefined)
