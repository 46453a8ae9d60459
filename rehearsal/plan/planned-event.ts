import type { Outcome } from '../delivery/send'
import { isObject } from '../input/json'
import type { Picture } from '../picture/picture'
import type { PlannedEvent } from './contract'
import type { LeadNames } from './make-plan'

type Row = Record<string, unknown>
const rowIn = (value: unknown): Row => (isObject(value) ? value : {})

/** Where an outcome names the lead: in Marketo's answer, or in the record that was sent. */
const leadIn = (sent: Row, body: Row): unknown => body.leadId ?? sent.leadId ?? sent.id ?? body.id

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
  const id = action === 'syncCustomObject' ? ownerOf(picture, sent, body) : Number(leadIn(sent, body))
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
