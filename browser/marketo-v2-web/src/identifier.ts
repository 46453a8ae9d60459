import { identifierIn } from './shared/artifacts'

/**
 * @param value a User ID or Anonymous ID, of any type, as nobody checks types in the page
 * @returns undefined where there is none; `undefined` and `null` become artifacts here, as in other people's code
 */
export const identifierOf = (value: unknown): string | undefined => identifierIn(String(value))
