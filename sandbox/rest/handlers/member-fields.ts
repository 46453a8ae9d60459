import { LENGTHS, refusal } from '../../state/field-values'
import { ApiError, reason, type Reason } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { InputRecord, ReceivedCall } from '../call'
import { required, tokenPage } from '../pages'
import { skipped } from '../skipped'

const MADE = '2024-01-15T09:30:00Z'

/** Marketo keeps these itself. */
const SYSTEM_FIELDS = [
  { name: 'leadId', displayName: 'Lead Id', dataType: 'integer' },
  { name: 'programId', displayName: 'Program Id', dataType: 'integer' },
  { name: 'statusName', displayName: 'Program Status', dataType: 'string', length: 255 },
  { name: 'membershipDate', displayName: 'Membership Date', dataType: 'datetime' },
  { name: 'reachedSuccess', displayName: 'Reached Success', dataType: 'boolean' }
]

/** Describe Program Member */
export function describeProgramMembers({ programs }: Marketo) {
  const own = programs.memberFields.map(({ name, displayName, dataType }) => ({
    name,
    displayName,
    dataType,
    ...(dataType in LENGTHS && { length: LENGTHS[dataType] }),
    updateable: true,
    crmManaged: false
  }))
  const fields = [...SYSTEM_FIELDS.map((field) => ({ ...field, updateable: false, crmManaged: false })), ...own]
  return {
    result: [
      {
        name: 'API Program Membership',
        description: 'API Program Member Map',
        createdAt: MADE,
        updatedAt: MADE,
        dedupeFields: ['leadId', 'programId'],
        searchableFields: [['leadId'], ['statusName']],
        fields
      }
    ]
  }
}

/** Query Program Members: by `leadId` or `statusName`. */
export function getProgramMembers({ limits, programs }: Marketo, { params, pathArgument }: ReceivedCall) {
  const program = programs.get(Number(pathArgument))
  const filter = required(params, 'filterType')
  if (filter !== 'leadId' && filter !== 'statusName') throw new ApiError('1011', filter)
  const values = required(params, 'filterValues').split(',')
  if (values.length > limits.recordsPerCall) {
    throw new ApiError('1003', `The number of filterValues exceeds ${limits.recordsPerCall}`)
  }
  const wanted = (params.get('fields') ?? '').split(',')
  const members = programs.state().filter((member) => member.programId === program.id)
  const matching = members
    .filter((member) => values.includes(String(member[filter])))
    .map((member) => ({ ...member, id: member.leadId }))
    .sort((one, other) => one.id - other.id)
  const { result, nextPageToken } = tokenPage(matching, params, limits.recordsPerCall)
  const shown = result.map(({ leadId, programId, statusName, fields, updatedAt }, seq) => {
    const all: Record<string, unknown> = { ...fields, statusName }
    const { success = false } = programs.statusesOf(program).find(({ name }) => name === statusName) ?? {}
    return {
      ...{ seq, leadId, programId, reachedSuccess: success, acquiredBy: false, membershipDate: updatedAt },
      ...Object.fromEntries(wanted.filter((name) => name in all).map((name) => [name, all[name]]))
    }
  })
  return nextPageToken === undefined ? { result: shown } : { result: shown, nextPageToken, moreResult: true }
}

/** Sync Program Member Data: writes custom fields of members. A lead that is not in the program is skipped. */
export function syncProgramMembers({ leads, programs }: Marketo, { pathArgument, input }: ReceivedCall) {
  const program = programs.get(Number(pathArgument))
  const resultOf = (record: InputRecord, seq: number) => {
    const { leadId, ...values } = record
    const reasons = refusals(programs.memberFields, leadId, values)
    if (reasons.length > 0) return skipped('withSeq', reasons, record, seq)
    if (!leads.get(leadId)) return skipped('withSeq', [reason('1004')], record, seq)
    const isMember = programs.setFields(program, Number(leadId), values as Record<string, string>)
    return isMember ? { seq, status: 'updated', leadId } : skipped('withSeq', [reason('1013')], record, seq)
  }
  return { result: input.map(resultOf) }
}

function refusals(
  fields: Marketo['programs']['memberFields'],
  leadId: unknown,
  values: Record<string, unknown>
): Reason[] {
  if (leadId === undefined || leadId === null) return [reason('1002', 'leadId')]
  if (!Number.isInteger(leadId)) return [reason('1001', leadId, 'Integer')]
  return Object.entries(values).flatMap(([name, value]) => {
    if (SYSTEM_FIELDS.some((field) => field.name === name)) return [reason('1003', `Field '${name}' is not updateable`)]
    const field = fields.find((candidate) => candidate.name === name)
    if (!field) return [reason('1006', name)]
    return value === null ? [] : refusal(name, field.dataType, value) ?? []
  })
}
