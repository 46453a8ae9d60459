import { ApiError } from '../../sandbox/state/errors'
import type { Parts } from './parts'

const DEFAULT_FIELDS = 'id,email,updatedAt,createdAt,firstName,lastName'

/** The fields that a look-up asks for. */
export const wantedOf = (params: URLSearchParams): string[] => (params.get('fields') ?? DEFAULT_FIELDS).split(',')

/** @returns the IDs of the leads that have one of these values here */
export function foundOf({ marketo: { leads, tracking } }: Parts, filter: string, values: readonly string[]): number[] {
  const valueOf = (text: string) => (filter === 'cookies' ? tokenIn(text) : text)
  return [...new Set(values.flatMap((text) => leads.find(filter, valueOf(text))))].map(({ id }) => id)

  function tokenIn(text: string): string {
    try {
      return tracking.tokenIn(text)
    } catch (error) {
      if (error instanceof ApiError) return text
      throw error
    }
  }
}
