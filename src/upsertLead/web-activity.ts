import { Associations } from '../leads/visitors/associations'
import type { Association } from '../leads/visitors/associations'
import { TokenOwners } from '../leads/visitors/token-owners'
import { VisitorTokens } from '../leads/visitors/visitor-tokens'
import { visitorToken } from '../leads/visitors/visitor-token'
import type { LeadEvent } from '../leads/who/event'
import type { MarketoClient } from '../marketo/transport/client'
import { isFailure } from '../marketo/transport/outcome'
import type { Success } from '../marketo/transport/outcome'

/** An event whose visitor may be associated with its lead. */
export interface VisitingEvent extends LeadEvent {
  cookieToken?: string
  /** The lead of which the event's lead has become part, if it was merged. */
  leadNow?: number
  /** Whether the visitor is associated with the lead. */
  associates: boolean
}

/** Looks up the owners of the tokens that are to be associated. */
export async function ownersOf(client: MarketoClient, events: VisitingEvent[]): Promise<TokenOwners> {
  const owners = new TokenOwners(client)
  for (const event of events) if (event.associates) owners.ownerOrMissing(visitorToken(client.munchkinId, event))
  await owners.load()
  return owners
}

/** Associates visitors with their leads, and says so in the outcomes. If that fails, the events still succeed. */
export async function associateVisitors(
  client: MarketoClient,
  events: VisitingEvent[],
  owners: TokenOwners
): Promise<void> {
  let planned = plan(client, events, owners)
  while (owners.hasMissing()) {
    await owners.load()
    planned = plan(client, events, owners)
  }
  await new Associations(client).make([...planned.values()])
  for (const [event, { webActivity, outcome }] of planned) {
    event.outcome = { ...outcome, body: { ...outcome.body, webActivity } }
  }
}

/** An association of an event's visitor, and the outcome that is to tell it. */
interface Planned extends Association {
  outcome: Success
}

/** Replays who is associated with which token, in order. Missing look-ups are recorded with the owners. */
function plan(client: MarketoClient, events: VisitingEvent[], owners: TokenOwners): Map<VisitingEvent, Planned> {
  const tokens = new VisitorTokens(client.munchkinId, owners)
  const planned = new Map<VisitingEvent, Planned>()
  for (const event of events) {
    const { identity, cookieToken, leadId, leadKeys, leadNow, outcome, associates } = event
    if (leadId === undefined || outcome === undefined || isFailure(outcome)) continue
    const lead = { leadId, keys: leadKeys }
    tokens.rename(lead)
    for (const loser of mergedBy(outcome)) tokens.merge(loser, leadId)
    if (!associates) continue
    // A cookie in the event is always associated, whoever owns it.
    const route =
      cookieToken !== undefined
        ? { token: cookieToken, tokenState: tokens.associate(cookieToken, lead) }
        : tokens.chooseAndAssociate({ identity }, lead)
    planned.set(event, { token: '', ...route, leadId: leadNow ?? leadId, outcome })
  }
  return planned
}

/** The leads that became part of an event's lead. */
function mergedBy({ body: { merged } }: Success): number[] {
  return Array.isArray(merged) ? merged.map(Number) : []
}
