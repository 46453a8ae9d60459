import { reason, type Reason } from '../../state/errors'
import type { Marketo } from '../../state/marketo'
import type { ReceivedCall, InputRecord } from '../call'
import { pick, wantedFields } from '../lead-columns'
import { tokenPage } from '../pages'
import { skipped } from '../skipped'

/** The result for one lead of a list: a status, or why the call skips it. */
type Work = (listId: number, leadId: number) => string | Reason

function forEachLead({ leads, lists }: Marketo, { pathArgument, input }: ReceivedCall, work: Work) {
  const { id: listId } = lists.get(Number(pathArgument))
  const resultOf = (record: InputRecord, seq: number) => {
    const { id } = record
    const done = leads.get(id) ? work(listId, Number(id)) : reason('1004')
    return typeof done === 'string' ? { id, status: done } : skipped('withId', [done], record, seq)
  }
  return { result: input.map(resultOf) }
}

/** Add to List: adding a lead that is already on the list changes nothing. */
export function addToList(marketo: Marketo, call: ReceivedCall) {
  return forEachLead(marketo, call, (listId, id) => {
    marketo.lists.add(listId, id)
    return 'added'
  })
}

/** Remove from List */
export function removeFromList(marketo: Marketo, call: ReceivedCall) {
  return forEachLead(marketo, call, (listId, id) => (marketo.lists.remove(listId, id) ? 'removed' : reason('1015')))
}

/** Member of List */
export function memberOfList(marketo: Marketo, call: ReceivedCall) {
  return forEachLead(marketo, call, (listId, id) =>
    marketo.lists.membersOf(listId).has(id) ? 'memberof' : 'notmemberof'
  )
}

/** Get Leads by List Id */
export function getListMembers(marketo: Marketo, { params, pathArgument }: ReceivedCall) {
  const { fields, leads, limits, lists } = marketo
  const wanted = wantedFields(fields, params.get('fields'))
  const members = [...lists.membersOf(Number(pathArgument)).keys()].sort((one, other) => one - other)
  const found = members.flatMap((id) => leads.get(id) ?? [])
  const { result, ...next } = tokenPage(found, params, limits.recordsPerCall)
  return { result: result.map((lead) => pick(marketo, lead, wanted)), ...next }
}
