import { ApiError, reason } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall, InputRecord } from '../call'
import { skipped } from '../skipped'

/** Sync Program Member Status: one status for all leads of a call. Leads that are not members yet become members. */
export function setProgramStatus({ leads, programs }: Marketo, { pathArgument, body, input }: ReceivedCall) {
  const program = programs.get(Number(pathArgument))
  if (body.statusName === undefined) throw new ApiError('1002', 'statusName')
  const status = programs.statusesOf(program).find(({ name }) => name === body.statusName)
  if (!status) throw new ApiError('1025')
  const resultOf = (record: InputRecord, seq: number) => {
    const why = refusal(record)
    if (why) return skipped('withSeq', [why], record, seq)
    const leadId = Number(record.leadId)
    if (!leads.get(leadId)) return skipped('withSeq', [reason('1004')], record, seq)
    const done = programs.setStatus(program, leadId, status)
    return done ? { seq, status: done, leadId } : skipped('withSeq', [reason('1037')], record, seq)
  }
  return { result: input.map(resultOf) }
}

/** Delete Program Members */
export function deleteProgramMembers({ programs }: Marketo, { pathArgument, input }: ReceivedCall) {
  const program = programs.get(Number(pathArgument))
  const resultOf = (record: InputRecord, seq: number) => {
    const why = refusal(record)
    if (why) return skipped('withSeq', [why], record, seq)
    const leadId = Number(record.leadId)
    if (programs.remove(program, leadId)) return { seq, status: 'deleted', leadId }
    return skipped('withSeq', [{ code: '1037', message: 'Lead not in program' }], record, seq)
  }
  return { result: input.map(resultOf) }
}

function refusal({ leadId }: InputRecord) {
  if (leadId === undefined || leadId === null) return reason('1002', 'leadId')
  return Number.isInteger(leadId) ? undefined : reason('1001', leadId, 'Integer')
}
