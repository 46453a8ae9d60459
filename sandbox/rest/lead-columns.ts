import { ApiError } from '../state/errors'
import type { Field } from '../state/fields'
import type { Marketo } from '../state/marketo'
import type { Lead } from '../state/shapes'

const DEFAULT_FIELDS = 'id,email,updatedAt,createdAt,firstName,lastName'

/** The fields that a call asks for, separated by commas. */
export function wantedFields(fields: ReadonlyMap<string, Field>, text: string | null): string[] {
  const wanted = (text ?? DEFAULT_FIELDS).split(',')
  const unknown = wanted.find((name) => !fields.has(name))
  if (unknown !== undefined) throw new ApiError('1006', unknown)
  return wanted
}

/** Fields without a value are absent. The ID is always present. */
export function pick({ partitions }: Marketo, lead: Lead, names: string[]): Record<string, unknown> {
  const { id, createdAt, updatedAt, fields } = lead
  const leadPartitionId = partitions.indexOf(lead.partition) + 1
  const all: Record<string, unknown> = { ...fields, id, createdAt, updatedAt, leadPartitionId }
  if (lead.cookies.length > 0) all.cookies = lead.cookies.join(',')
  return Object.fromEntries(['id', ...names].filter((name) => name in all).map((name) => [name, all[name]]))
}
