import type { MarketoClient } from '../../marketo/transport/client'
import { LATER, LEAD_NOT_FOUND } from '../../marketo/transport/errors'
import { getLeads, leadIdIn, syncTarget } from '../../marketo/areas/leads'
import type { LeadRow } from '../../marketo/areas/leads'
import { isFailure } from '../../marketo/transport/outcome'
import type { Failure } from '../../marketo/transport/outcome'
import { isPlain } from '../../marketo/values/convert'
import { sendRecords } from '../../marketo/calls/records'
import { LEAD_KEYS } from '../who/keys'
import type { Keys } from '../who/keys'

/** A field by which leads are looked up: a key, `id` or a lookup field of the customer. */
export type SearchKey = string

/** The leads that were found, in no particular order, and why some values could not be looked up. */
export interface Answer {
  rows: LeadRow[]
  failures: Map<string, Failure>
}

/**
 * Finds leads by one of their keys, 300 values a call.
 * @param values folded, each once
 * @param fields the requested fields, besides the ID
 */
export async function searchLeads(
  client: MarketoClient,
  key: SearchKey,
  values: string[],
  fields: string[]
): Promise<Answer> {
  const withComma = values.filter((value) => value.includes(','))
  if (withComma.length === 0) return getLeads(client, key, values, fields)
  const plain = values.filter((value) => !value.includes(','))
  // One after the other, so that the answer has the time of the last update before this one.
  const filtered = await getLeads(client, key, plain, fields)
  const updated = await byUpdate(client, key, withComma, fields)
  return {
    rows: [...filtered.rows, ...updated.rows],
    failures: new Map([...filtered.failures, ...updated.failures])
  }
}

/**
 * A filter separates values with commas, and cannot escape a comma inside a value. For such a value, Sync Leads finds
 * the lead, if there is only one: with an update that changes nothing except the case of the value.
 */
async function byUpdate(client: MarketoClient, key: SearchKey, values: string[], fields: string[]): Promise<Answer> {
  const records = values.map((value) => ({ record: { [key]: value }, value }))
  const outcomes = await sendRecords(client, syncTarget({ action: 'updateOnly', lookupField: key }), records)
  const valueOf = new Map<string, string>()
  const failures = new Map<string, Failure>()
  for (const [{ value }, outcome] of outcomes) {
    if (isFailure(outcome)) {
      if (outcome.code !== LEAD_NOT_FOUND) failures.set(value, outcome)
      continue
    }
    const id = leadIdIn(outcome.body.id)
    if (id === undefined) failures.set(value, WITHOUT_ID)
    else valueOf.set(String(id), value)
  }
  const byId = await getLeads(client, 'id', [...valueOf.keys()], fields)
  for (const [id, value] of valueOf) {
    const failure = byId.failures.get(id)
    if (failure) failures.set(value, failure)
  }
  return { rows: byId.rows, failures }
}

const WITHOUT_ID: Failure = {
  status: 500,
  message: `Sync Leads: Marketo found the lead, but its answer has no ID. ${LATER}`
}

/** A lead's value of a key as text. Undefined if it has none. */
export function valueIn(row: LeadRow, key: SearchKey): string | undefined {
  const value = row[key]
  return isPlain(value) && value !== '' ? String(value) : undefined
}

/** The keys that a lead has. */
export function keysOfRow(row: LeadRow): Keys {
  const keys: Keys = {}
  for (const key of LEAD_KEYS) {
    const value = valueIn(row, key)
    if (value !== undefined) keys[key] = value
  }
  return keys
}
