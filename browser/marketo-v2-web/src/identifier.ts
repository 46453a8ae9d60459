import { identifierIn } from './shared/artifacts'

/**
 * @param value a User ID or Anonymous ID, of any type, because nothing checks types in the page
 * @returns undefined if there is none. `undefined` and `null` become text here and count as artifacts
 */
export const identifierOf = (value: unknown): string | undefined => identifierIn(String(value))
