import { json, type Answer, type HttpCall } from '../../sandbox/rest/message'
import type { Asker, Row } from '../wire/asker'
import { envelopeIn } from '../wire/ask-marketo'
import type { Parts } from './parts'

const LOG = '/rest/v1/activities.json'

/** Whether a call reads the activity log of leads. */
export const isOfLog = ({ path }: HttpCall): boolean => path === LOG

/**
 * A page of the log: what Marketo has about the leads that it knows, and with the last page what was recorded here. The IDs of new
 * leads are not sent to Marketo.
 * @throws NoReply
 */
export async function pageOfLog({ marketo, leads }: Parts, { params }: HttpCall, ask: Asker): Promise<Answer> {
  const wanted = numbersIn(params.get('leadIds'))
  const types = numbersIn(params.get('activityTypeIds'))
  const owners = new Map(wanted.flatMap((leadId) => leads.inMarketo(leadId).map((id) => [id, leadId] as const)))
  const recorded = marketo.activities
    .all()
    .filter(({ leadId, activityTypeId }) => wanted.includes(leadId) && types.includes(activityTypeId))
  if (owners.size === 0) return json({ success: true, requestId: 'rehearsal', result: recorded, moreResult: false })
  const query = new URLSearchParams([...params].filter(([name]) => name !== 'leadIds'))
  query.set('leadIds', [...owners.keys()].join(','))
  const reply = await ask.afresh(`${LOG}?${query.toString()}`)
  const envelope = envelopeIn(reply.body)
  if (envelope?.success !== true) return reply
  const found = Array.isArray(envelope.result) ? (envelope.result as Row[]) : []
  const result = found.map((row) => ({ ...row, leadId: owners.get(Number(row.leadId)) ?? row.leadId }))
  return json({ ...envelope, result: envelope.moreResult === true ? result : [...result, ...recorded] })
}

const numbersIn = (text: string | null): number[] => (text ?? '').split(',').map(Number)
