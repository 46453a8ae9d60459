import type { MarketoClient } from '../marketo/client'
import { LEAD_NOT_FOUND } from '../marketo/errors'
import { getLeads, syncLeads } from '../marketo/leads'
import type { LeadRow } from '../marketo/leads'
import { isFailure } from '../marketo/outcome'
import type { Failure } from '../marketo/outcome'
import { sameKey } from './identity'
import type { LeadKey } from './identity'

/** The leads that have a value, the most recently updated first; or why that could not be told. */
export type Found = LeadRow[] | Failure

/**
 * Finds leads by one of their keys, 300 values a call.
 * @returns an entry for each of the values (emails in lower case)
 */
export async function findLeads(client: MarketoClient, key: LeadKey, values: string[]): Promise<Map<string, Found>> {
  const found = new Map<string, Found>(values.map((value) => [value, []]))
  const fields = [...new Set(['id', 'email', 'userId', key, 'updatedAt'])]
  function collect(filter: { rows: LeadRow[]; failures: Map<string, Failure> }, valueOf: (row: LeadRow) => string) {
    for (const row of filter.rows) {
      const leads = found.get(valueOf(row))
      if (Array.isArray(leads)) leads.push(row)
    }
  }

  const askable = values.filter((value) => !value.includes(','))
  if (askable.length > 0) {
    const filter = await getLeads(client, key, askable, fields)
    collect(filter, (row) => sameKey(key, `${row[key] ?? ''}`))
    for (const [value, failure] of filter.failures) found.set(value, failure)
  }

  // A filter takes its values separated by commas, and knows no escape for one inside a value. Sync Leads tells the ID
  // of the lead with such a value, if it is one: an update that changes nothing.
  const unaskable = values.filter((value) => value.includes(','))
  if (unaskable.length > 0) {
    const target = { action: 'updateOnly', lookupField: key } as const
    const outcomes = await syncLeads(
      client,
      target,
      unaskable.map((value) => ({ [key]: value }))
    )
    const valueOfId = new Map<string, string>()
    outcomes.forEach((outcome, i) => {
      if (!isFailure(outcome)) valueOfId.set(`${outcome.body.id as number}`, unaskable[i])
      else if (outcome.code !== LEAD_NOT_FOUND) found.set(unaskable[i], outcome)
    })
    const filter = await getLeads(client, 'id', [...valueOfId.keys()], fields)
    collect(filter, (row) => valueOfId.get(String(row.id)) ?? '')
    for (const [id, failure] of filter.failures) found.set(valueOfId.get(id) ?? '', failure)
  }

  for (const leads of found.values()) if (Array.isArray(leads)) leads.sort(newestFirst)
  return found
}

function newestFirst(a: LeadRow, b: LeadRow): number {
  return Date.parse(b.updatedAt ?? '') - Date.parse(a.updatedAt ?? '') || b.id - a.id
}
