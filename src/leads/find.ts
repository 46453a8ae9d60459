import type { MarketoClient } from '../marketo/client'
import { LEAD_NOT_FOUND } from '../marketo/errors'
import { getLeads, syncLeads } from '../marketo/leads'
import type { LeadRow } from '../marketo/leads'
import { isFailure } from '../marketo/outcome'
import type { Failure } from '../marketo/outcome'
import { grouped } from './grouped'
import { sameKey } from './identity'
import type { LeadKey } from './identity'

/** The leads that have a value, the most recently updated first; or why that could not be told. */
export type Found = LeadRow[] | Failure

/** Leads, each with the value that it was found by; and for values that could not be asked for, why. */
interface Answer {
  rows: [value: string, row: LeadRow][]
  failures: [value: string, failure: Failure][]
}

type Search = (client: MarketoClient, key: LeadKey, values: string[], fields: string[]) => Promise<Answer>

/**
 * Finds leads by one of their keys, 300 values a call.
 * @param values emails in lower case
 * @returns an entry for each of the values that a lead has, or that could not be asked for
 */
export async function findLeads(client: MarketoClient, key: LeadKey, values: string[]): Promise<Map<string, Found>> {
  const fields = [...new Set(['id', 'email', 'userId', key, 'updatedAt'])]
  const filtered = await byFilter(
    client,
    key,
    values.filter((value) => !value.includes(',')),
    fields
  )
  const updated = await byUpdate(
    client,
    key,
    values.filter((value) => value.includes(',')),
    fields
  )
  const found = new Map<string, Found>([...filtered.failures, ...updated.failures])
  for (const [value, pairs] of grouped([...filtered.rows, ...updated.rows], ([key]) => key)) {
    found.set(value, pairs.map(([, row]) => row).sort(newestFirst))
  }
  return found
}

const byFilter: Search = async (client, key, values, fields) => {
  const { rows, failures } = await getLeads(client, key, values, fields)
  return { rows: rows.map((row) => [sameKey(key, `${row[key] ?? ''}`), row]), failures: [...failures] }
}

/**
 * A filter takes its values separated by commas, and knows no escape for one inside a value. Sync Leads tells the ID of
 * the lead with such a value, if it is one: an update that changes nothing.
 */
const byUpdate: Search = async (client, key, values, fields) => {
  const target = { action: 'updateOnly', lookupField: key } as const
  const outcomes = await syncLeads(
    client,
    target,
    values.map((value) => ({ [key]: value }))
  )
  const ids: [id: string, value: string][] = []
  const failures: Answer['failures'] = []
  outcomes.forEach((outcome, i) => {
    if (!isFailure(outcome)) ids.push([`${outcome.body.id as number}`, values[i]])
    else if (outcome.code !== LEAD_NOT_FOUND) failures.push([values[i], outcome])
  })
  const byId = await getLeads(
    client,
    'id',
    ids.map(([id]) => id),
    fields
  )
  const rowOf = new Map(byId.rows.map((row) => [`${row.id}`, row]))
  const rows: Answer['rows'] = []
  for (const [id, value] of ids) {
    const row = rowOf.get(id)
    const failure = byId.failures.get(id)
    if (row) rows.push([value, row])
    if (failure) failures.push([value, failure])
  }
  return { rows, failures }
}

function newestFirst(a: LeadRow, b: LeadRow): number {
  return Date.parse(b.updatedAt ?? '') - Date.parse(a.updatedAt ?? '') || b.id - a.id
}
