import { PayloadValidationError } from '@segment/actions-core'
import { isLeadMode } from '../leads/who/event'
import type { LeadMode } from '../leads/who/event'
import type { PlainValue } from '../marketo/values/convert'
import type { Answerable, Context } from '../segment/perform'
import { plainValues } from '../segment/values'
import type { LeaveOut } from '../segment/values'
import type { Payload } from './generated-types'

/** Segment's sync modes: whether records are created, updated or deleted. */
type ObjectMode = LeadMode | 'delete'

const isObjectMode = (mode: string): mode is ObjectMode => mode === 'delete' || isLeadMode(mode)

/** Values of a record by API name; null clears a field. */
export type Values = ReadonlyMap<string, PlainValue | null>

/** An event, as far as it can be read without knowing its custom object. */
export interface ObjectDraft extends Answerable {
  readonly objectName: string
  readonly values: Values
  readonly mode: ObjectMode
  readonly payload: Payload
  readonly leaveOut: LeaveOut
}

/** @throws PayloadValidationError for a payload that suits no custom object */
export function readDraft(payload: Payload, { syncMode = 'upsert' }: Context, leaveOut: LeaveOut): ObjectDraft {
  const objectName = payload.objectName.trim()
  if (objectName === '') throw new PayloadValidationError('Custom Object is empty. Choose one, or map its API name.')
  if (!isObjectMode(syncMode)) {
    throw new PayloadValidationError(
      `How to sync objects is "${syncMode}", but must be upsert, add, update or delete. Choose one of these.`
    )
  }
  const values = plainValues(payload.fields ?? {}, 'Fields')
  return { objectName, values, mode: syncMode, payload, leaveOut }
}
