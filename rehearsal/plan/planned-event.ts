import type { Outcome } from '../delivery/send'
import { isObject } from '../input/json'
import type { Picture } from '../picture/picture'
import type { PlannedEvent } from './contract'
import type { LeadNames } from './make-plan'

/** Where an outcome of each action names the lead: in the record that was sent, or in Marketo's answer to it. */
const LEAD_AT: Record<string, (sent: Row, body: Row) => unknown> = {
  upsertLead: (_sent, body) => body.leadId ?? body.id,
  sendCustomActivity: (sent) => sent.leadId,
  visitWebPage: (_sent, body) => body.leadId,
  syncList: (sent, body) => body.leadId ?? body.id ?? sent.id,
  requestCampaign: (sent) => sent.id,
  setProgramStatus: (sent, body) => body.leadId ?? sent.leadId,
  submitForm: (_sent, body) => body.id
}

type Row = Record<string, unknown>
const rowIn = (value: unknown): Row => (isObject(value) ? value : {})

/** The outcome of one event of one mapping, before leads have names. */
export interface Told {
  index: number
  mapping: string
  action: string
  outcome: Outcome
}

export function plannedEvent(
  { index, mapping, action, outcome }: Told,
  picture: Picture,
  names: LeadNames
): PlannedEvent {
  const { status, message } = outcome
  const [sent, body] = [rowIn(outcome.sent), rowIn(outcome.body)]
  const id = action === 'syncCustomObject' ? ownerOf(picture, sent, body) : Number(LEAD_AT[action](sent, body))
  return {
    ...{ index, mapping, status },
    ...(message !== undefined && { message }),
    ...(id !== undefined && Number.isInteger(id) && id > 0 && { lead: names.of(id) }),
    ...(Array.isArray(body.leftOut) && { leftOut: body.leftOut.map(String) })
  }
}

/** A record of a custom object names its lead by the value of its link field. */
function ownerOf({ marketo }: Picture, sent: Row, { marketoGUID }: Row): number | undefined {
  for (const type of marketo.customObjects.types()) {
    const record = customObjectOf(type.name)
    const linked = type.link && record?.fields[type.link.field]
    if (type.link && linked !== undefined) return record?.leadId ?? undefined
  }
  return undefined

  function customObjectOf(name: string) {
    return marketo.customObjects.findByGuid(marketo.customObjects.type(name), marketoGUID ?? sent.marketoGUID)
  }
}
