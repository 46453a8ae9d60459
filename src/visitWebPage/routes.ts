import type { Association, WebActivity } from '../leads/visitors/associations'
import { isVisitor, TokenOwners } from '../leads/visitors/token-owners'
import { VisitorTokens } from '../leads/visitors/visitor-tokens'
import { visitorToken } from '../leads/visitors/visitor-token'
import type { Visitor } from '../leads/visitors/visitor-token'
import { KnownLeads, MissingValues } from '../leads/finding/known'
import { LeadIndex, match, queryOf } from '../leads/finding/lead-index'
import type { MarketoClient } from '../marketo/transport/client'
import { isFailure } from '../marketo/transport/outcome'

/** A visitor, and whether the visit is to be associated with a lead. */
export interface RoutedVisitor extends Visitor {
  associates: boolean
}

/** Where a visit goes: the token, and the visitor's lead, if there is one. */
export type VisitorRoute =
  | Association
  | { token: string; leadId?: undefined; webActivity?: WebActivity; tokenState?: Association['tokenState'] }

/**
 * Finds the token and the lead of each visit, as if the visits came one by one: each sees which tokens the earlier ones
 * associate. Visits that need no association cost no call.
 */
export async function routesOf(client: MarketoClient, visitors: RoutedVisitor[]): Promise<VisitorRoute[]> {
  const associating = visitors.filter(({ associates }) => associates)
  const known = new KnownLeads(
    client,
    associating.map(({ identity }) => identity)
  )
  const owners = new TokenOwners(client)
  for (const visitor of associating) owners.ownerOrMissing(visitorToken(client.munchkinId, visitor))
  while (owners.hasMissing()) await owners.load()
  for (;;) {
    const missing = new MissingValues()
    const routes = replayVisits(client.munchkinId, visitors, new LeadIndex(known), owners, missing)
    if (missing.size > 0) await known.load(missing)
    else if (owners.hasMissing()) await owners.load()
    else return routes
  }
}

/** If something must be looked up first, it is recorded as missing, and the routes are not final yet. */
function replayVisits(
  munchkinId: string,
  visitors: RoutedVisitor[],
  index: LeadIndex,
  owners: TokenOwners,
  missing: MissingValues
): VisitorRoute[] {
  const tokens = new VisitorTokens(munchkinId, owners)
  return visitors.map((visitor) => {
    const preferred = visitorToken(munchkinId, visitor)
    if (!visitor.associates) return { token: preferred }
    const lead = leadOf(visitor, tokens.ownerFor(preferred, visitor.identity))
    const { token, tokenState } = tokens.chooseAndAssociate(visitor, lead.owner) ?? { token: preferred }
    if (lead.owner) return { token, leadId: lead.owner.leadId, tokenState }
    return { token, webActivity: lead.webActivity, tokenState: lead.failure }
  })

  /** The visitor's lead: the owner of the token, if it certainly is the visitor. Otherwise the lead is looked up. */
  function leadOf({ identity }: RoutedVisitor, owner: ReturnType<VisitorTokens['ownerFor']>) {
    if (typeof owner === 'object' && !isFailure(owner) && isVisitor(owner, identity)) return { owner }
    const matched = match(queryOf(identity, index.known), index, missing)
    if (matched === 'nobody' || matched === 'not looked up') return { webActivity: 'no lead matches' }
    if ('failure' in matched) return { webActivity: `failed: ${matched.failure.message}`, failure: matched.failure }
    const { id, keys } = matched.lead
    const isKnown = index.known.leads.has(Number(id))
    return { owner: { leadId: Number(id), keys: isKnown ? keys : undefined } }
  }
}
