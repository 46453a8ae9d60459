import { PayloadValidationError } from '@segment/actions-core'
import type { JSONLikeObject } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { identityOf } from '../segment/identity'
import type { Identity } from '../leads/who/keys'
import type { RecordEvent } from '../leads/records/plan-records'
import { converted } from '../marketo/values/convert'
import type { PlainValue } from '../marketo/values/convert'
import type { CustomObject } from '../marketo/areas/custom-objects'
import type { ObjectDraft, Values } from './draft'
import { fold } from '../leads/who/keys'

/** An event with its record, except for the link to a lead that must still be found. */
export interface ObjectEvent extends RecordEvent {
  readonly draft: ObjectDraft
  readonly object: CustomObject
  readonly values: Values
}

/** Whether the record needs a link to a lead that the event does not give. */
export function needsLead<T extends CustomObject>(
  { values, mode }: ObjectDraft,
  object: T
): object is T & Required<Pick<CustomObject, 'link'>> {
  const { link, dedupeFields } = object
  if (!link || (values.get(link.field) ?? null) !== null) return false
  return mode !== 'delete' || dedupeFields.includes(link.field)
}

/**
 * @param linkedBy the lead field that links the record, if it {@link needsLead}
 * @throws PayloadValidationError for an event that lacks a dedupe field, or does not say which lead the record belongs to
 */
export function eventOf(
  draft: ObjectDraft,
  object: CustomObject,
  linkedBy: string | undefined,
  settings: Settings
): ObjectEvent {
  const { payload, mode, leaveOut } = draft
  const filled = linkedBy === undefined ? undefined : object.link?.field
  for (const field of object.dedupeFields) {
    if (field !== filled && (draft.values.get(field) ?? null) === null) throw missing(field)
  }
  const isDelete = mode === 'delete'
  const kept = [...draft.values].filter(([field]) => !isDelete || object.dedupeFields.includes(field))
  const identity: Identity = linkedBy === undefined ? {} : identityOf(payload, settings, leaveOut, false)
  return {
    draft,
    object,
    values: new Map(kept.map(([field, value]) => [field, value === null ? null : inType(value, field, object)])),
    identity,
    linkedBy,
    needsNoLead: linkedBy === undefined,
    isRemoval: isDelete,
    mode: isDelete || payload.createLead === false ? 'update' : 'upsert',
    partitionName: payload.partitionName || undefined
  }
}

function missing(field: string): PayloadValidationError {
  return new PayloadValidationError(
    `Fields > ${field} is missing: it is a dedupe field, which identifies the record of the custom object. Map a value to it.`
  )
}

/** The value in its field's type. Text keeps its spaces, if nothing else would change. */
function inType(value: PlainValue, field: string, { types }: CustomObject): PlainValue {
  const safe = converted(value, types.get(field))
  return safe === undefined || (typeof value === 'string' && safe === value.trim()) ? value : safe
}

/** The record, once the event's lead is known. */
export function objectRecord({ values, linkValue, object }: ObjectEvent): JSONLikeObject {
  const { link } = object
  const isLinked = link !== undefined && linkValue !== undefined
  return Object.fromEntries([
    ...values,
    ...(isLinked ? [[link.field, inType(linkValue, link.field, object)] as const] : [])
  ])
}

/** Equal for events about the same record. */
function recordKey(event: ObjectEvent): string {
  const record = objectRecord(event)
  return JSON.stringify([event.draft.objectName, ...event.object.dedupeFields.map((field) => record[field])])
}

/**
 * Equal for events about the same record of the same lead. If a record moves to another lead, it is sent once for each: Marketo
 * may refuse one and accept the other.
 */
export function ownedKey(event: ObjectEvent): string {
  const { link } = event.object
  return JSON.stringify([recordKey(event), link && objectRecord(event)[link.field]])
}

/** Equal for events about records that Marketo may treat as the same: upper and lower case may or may not matter. */
export const foldedKey = (event: ObjectEvent): string => fold(recordKey(event))
