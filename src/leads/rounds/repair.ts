import type { JSONLikeObject } from '@segment/actions-core'
import type { MarketoClient } from '../../marketo/transport/client'
import { converted, isPlain } from '../../marketo/values/convert'
import {
  COMPANY_REFUSED,
  fieldNamedIn,
  FIELD_MISSING,
  FIELD_REFUSED,
  reasonsIn,
  VALUE_REFUSED
} from '../../marketo/transport/errors'
import type { MarketoReason } from '../../marketo/transport/errors'
import { leadFieldTypes, refusedFields, rememberRefused } from '../../marketo/areas/instance-fields'
import { failureOf, isFailure, isRetried } from '../../marketo/transport/outcome'
import type { Failure, Success } from '../../marketo/transport/outcome'
import type { LeadEvent, Repaired } from '../who/event'

/**
 * Repairs the records of events that Marketo refused together, if that may help: without a default field that this instance lacks
 * or does not let us write, or with values in the types of their fields.
 * @returns whether a record changed; a failure if the types of the fields could not be looked up, but may be later
 */
export async function repairLeads(
  client: MarketoClient,
  events: readonly LeadEvent[],
  failure: Failure
): Promise<boolean | Failure> {
  const reasons = reasonsIn(failure)
  const leftOut = new Map<string, string>()
  for (const reason of reasons) {
    if (FIELD_REFUSED.includes(reason.code))
      leftOut.set(fieldOf(reason), `${refusedWith(reason.code)}${reason.message}`)
  }
  const isLeftOut = events.map((event) => leaveOut(event, leftOut)).includes(true)
  const isOfValue = reasons.some(({ code }) => VALUE_REFUSED.includes(code))
  if (!isOfValue || events.every(({ repaired }) => repaired?.isConverted)) return isLeftOut
  const types = await leadFieldTypes(client).catch(failureOf)
  if (isFailure(types)) return isRetried(types) ? types : isLeftOut
  const isConverted = events.map((event) => convert(event, types)).includes(true)
  return isLeftOut || isConverted
}

/** Leaves out the optional fields that the instance lacks, as it has said within the last hour. */
export function leaveOutRefused(client: MarketoClient, events: readonly LeadEvent[]): void {
  const refused = refusedFields(client)
  if (refused) for (const event of events) leaveOut(event, refused)
}

/** Remembers which fields the instance lacks, once it has accepted a record without them. */
export function rememberLeftOut(client: MarketoClient, { leftOut }: Repaired): void {
  for (const [field, reason] of leftOut) {
    // Another refusal may be about this one lead.
    if (reason.startsWith(refusedWith(FIELD_MISSING))) rememberRefused(client, field, reason)
  }
}

/** The success of an event, with what was left out of its record. */
export function withLeftOut(outcome: Success, { repaired }: LeadEvent, others: readonly string[] = []): Success {
  const leftOut = [...others, ...[...(repaired?.leftOut ?? [])].map(([field, reason]) => `${field}: ${reason}`)]
  return leftOut.length > 0 ? { ...outcome, body: { ...outcome.body, leftOut } } : outcome
}

const refusedWith = (code: string): string => `Marketo error ${code}, `

/** The field that a refusal is about. For a company field, Marketo may name none. */
const fieldOf = (reason: MarketoReason): string =>
  fieldNamedIn(reason) ?? (reason.code === COMPANY_REFUSED ? 'company' : '')

const repairedOf = ({ repaired, record = {} }: LeadEvent): Repaired =>
  repaired ?? { record, leftOut: new Map(), isConverted: false }

const holds = (event: LeadEvent, field: string): boolean =>
  event.optional?.has(field) === true && Object.keys(repairedOf(event).record).includes(field)

/** @returns whether the record has one of these fields, and can do without it */
function leaveOut(event: LeadEvent, reasons: ReadonlyMap<string, string>): boolean {
  const out = [...reasons].filter(([field]) => holds(event, field))
  if (out.length === 0) return false
  const { record, leftOut, isConverted } = repairedOf(event)
  const kept = Object.entries(record).filter(([name]) => !out.some(([field]) => field === name))
  event.repaired = { record: Object.fromEntries(kept), leftOut: new Map([...leftOut, ...out]), isConverted }
  return true
}

/** @returns whether a value changed */
function convert(event: LeadEvent, types: ReadonlyMap<string, string>): boolean {
  const { record, leftOut } = repairedOf(event)
  const entries = Object.entries(record).map(([name, value]) => {
    return [name, isPlain(value) ? converted(value, types.get(name)) ?? value : value] as const
  })
  const isChanged = entries.some(([name, value]) => value !== record[name])
  const inTypes: JSONLikeObject = Object.fromEntries(entries)
  event.repaired = { record: isChanged ? inTypes : record, leftOut, isConverted: true }
  return isChanged
}
