import { PayloadValidationError } from '@segment/actions-core'
import type { JSONLikeObject } from '@segment/actions-core'
import type { Settings } from '../generated-types'
import { fold, identityOf } from '../leads/identity'
import type { Identity } from '../leads/identity'
import type { RecordEvent } from '../leads/send'
import { converted } from '../marketo/convert'
import type { PlainValue } from '../marketo/convert'
import type { CustomObject } from '../marketo/custom-objects'
import type { ObjectDraft, ObjectMode, Values } from './draft'

/** An event whose record is known, but for the link to a lead that is still to be found. */
export interface ObjectEvent extends RecordEvent {
  readonly draft: ObjectDraft
  readonly object: CustomObject
  readonly values: Values
}

/** Whether the record holds the link to a lead, and the event does not give it. */
export function needsLead({ values, mode }: ObjectDraft, { link, dedupeFields }: CustomObject): boolean {
  if (!link || (values.get(link.field) ?? null) !== null) return false
  return mode !== 'delete' || dedupeFields.includes(link.field)
}

/**
 * @param linkedBy the lead field that the record is linked by, where it {@link needsLead}
 * @throws PayloadValidationError for an event that cannot be used: it lacks a dedupe field, or says of no lead whose record it is
 */
export function eventOf(
  draft: ObjectDraft,
  object: CustomObject,
  linkedBy: string | undefined,
  { trackAnonymousActivity }: Settings
): ObjectEvent {
  const { payload, mode, leaveOut } = draft
  const filled = linkedBy === undefined ? undefined : object.link?.field
  for (const field of object.dedupeFields) {
    if (field !== filled && (draft.values.get(field) ?? null) === null) throw missing(field)
  }
  const isDelete = mode === 'delete'
  const values = valuesIn(draft, object, isDelete ? object.dedupeFields : [...draft.values.keys()])
  const identity: Identity = linkedBy === undefined ? {} : identityOf(payload, trackAnonymousActivity, leaveOut)
  return {
    draft,
    object,
    values,
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
    `Fields > ${field} is missing: it is a dedupe field, by which Marketo tells the records of the custom object apart. Map a value to it.`
  )
}

function valuesIn({ values }: ObjectDraft, object: CustomObject, fields: string[]): Values {
  return new Map(
    fields.flatMap((field) => {
      const value = values.get(field)
      return value === undefined ? [] : [[field, value === null ? null : inType(value, field, object)] as const]
    })
  )
}

/** Text that only would lose its spaces stays as it is. */
function inType(value: PlainValue, field: string, { types }: CustomObject): PlainValue {
  const safe = converted(value, types.get(field))
  return safe === undefined || (typeof value === 'string' && safe === value.trim()) ? value : safe
}

/** The record, once the event's lead is known. */
export function recordOf({ values, linkValue, object }: ObjectEvent): JSONLikeObject {
  const { link } = object
  const isLinked = link !== undefined && linkValue !== undefined
  // Unlike an assignment, this makes `__proto__` a field like any other.
  return Object.fromEntries([
    ...values,
    ...(isLinked ? [[link.field, inType(linkValue, link.field, object)] as const] : [])
  ])
}

/** Equal for events about the same record. */
function recordKey(event: ObjectEvent): string {
  const record = recordOf(event)
  return JSON.stringify([event.draft.objectName, ...event.object.dedupeFields.map((field) => record[field])])
}

/**
 * Equal for events about the same record of the same lead. A record that changes hands is sent once for each lead: Marketo
 * may refuse the one and take the other.
 */
export function ownedKey(event: ObjectEvent): string {
  const { link } = event.object
  return JSON.stringify([recordKey(event), link && recordOf(event)[link.field]])
}

/** Equal for events about records that Marketo may take for the same: it is not known whether it minds upper and lower case. */
export const foldedKey = (event: ObjectEvent): string => fold(recordKey(event))

export const ACTIONS: Record<Exclude<ObjectMode, 'delete'>, string> = {
  upsert: 'createOrUpdate',
  add: 'createOnly',
  update: 'updateOnly'
}
