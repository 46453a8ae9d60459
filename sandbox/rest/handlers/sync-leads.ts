import type { Lead } from '../../state/shapes'
import { refusal } from '../../state/field-values'
import type { FieldValues } from '../../state/leads'
import { ApiError, reason, type Reason } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall, InputRecord } from '../call'

const ACTIONS = ['createOrUpdate', 'createOnly', 'updateOnly', 'createDuplicate']

interface Sync {
  action: string
  lookupField: string
  /** Only if the call names it: a lead in another partition may not be updated. */
  partitionName?: string
}

/** Sync Leads. Records are applied in order: the second record with a new key updates the lead that the first one created. */
export function syncLeads(marketo: Marketo, { body, input }: ReceivedCall) {
  const sync: Sync = { action: 'createOrUpdate', lookupField: 'email', ...body }
  checkCall(marketo, sync)
  return {
    result: input.map((record) => {
      const done = syncLead(marketo, sync, record)
      return Array.isArray(done) ? { status: 'skipped', reasons: done } : done
    })
  }
}

function checkCall({ fields, partitions }: Marketo, { action, lookupField, partitionName }: Sync): void {
  if (!ACTIONS.includes(action)) throw new ApiError('1001', action, ACTIONS.join(', '))
  const lookup = fields.get(lookupField)
  if (!lookup) throw new ApiError('1006', lookupField)
  if (!lookup.searchable || lookupField === 'cookies') throw new ApiError('1011', lookupField)
  if (partitionName === undefined) return
  if (!partitions.includes(partitionName)) throw new ApiError('1008', partitionName)
  if (action !== 'createOrUpdate' && action !== 'createOnly') {
    throw new ApiError('1003', `partitionName cannot be used with ${action}`)
  }
}

function syncLead(
  { fields, leads, partitions }: Marketo,
  { action, lookupField, partitionName }: Sync,
  record: InputRecord
) {
  const byId = action === 'updateOnly' && lookupField === 'id'
  const { id, ...values } = record as FieldValues
  const refused: Reason[] = []
  if (id !== undefined && !byId) refused.push(reason('1003', `Field 'id' is only allowed to look up in updateOnly`))
  for (const [name, value] of Object.entries(values)) {
    const field = fields.get(name)
    if (!field) refused.push(reason('1006', name))
    else if (!field.updateable) refused.push(reason('1003', `Field '${name}' is not updateable`))
    else if (value !== null) refused.push(...asList(refusal(name, field.dataType, value, field.length)))
  }
  if (byId && id !== undefined) refused.push(...asList(refusal('id', 'integer', id)))
  if (refused.length > 0) return refused

  let found: Lead[] = []
  if (action !== 'createDuplicate') {
    const key = record[lookupField]
    if (key === undefined || key === null || key === '') return [reason('1002', lookupField)]
    found = leads.find(lookupField, key)
    if (found.length > 0 && action === 'createOnly') return [reason('1005')]
    if (found.length === 0 && action === 'updateOnly') return [reason('1004')]
    if (found.length > 1) return [reason('1007')]
  }
  const [lead] = found
  if (!lead) return { id: leads.create(values, partitionName ?? partitions[0]).id, status: 'created' }
  if (partitionName !== undefined && lead.partition !== partitionName) return [reason('1010')]
  leads.update(lead, values)
  return { id: lead.id, status: 'updated' }
}

const asList = (why: Reason | undefined) => (why ? [why] : [])
