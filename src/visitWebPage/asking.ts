import { ALREADY_ASSOCIATED, isAssociated, isOpen, NOT_YET } from '../leads/visitors/associations'
import { associatedLead, rememberAssociated } from '../leads/visitors/associated-visitors'
import { hasOwnToken, visitorToken } from '../leads/visitors/visitor-token'
import { waitingVisitors } from '../leads/visitors/waiting-visitors'
import type { MarketoClient } from '../marketo/transport/client'
import type { VisitorRoute, RoutedVisitor } from './routes'

/** The visitors to ask Marketo about now. */
interface Asking {
  /** Visitors of earlier batches, to ask about together with these. */
  earlier: RoutedVisitor[]
  /** Visitors of this batch to ask about later, or not at all. */
  postponed: ReadonlySet<RoutedVisitor>
}

/** Each batch asks about its own visitors, and about no others. */
export const ASK_ABOUT_ALL: Asking = { earlier: [], postponed: new Set() }

/** What a visit's outcome says about its lead. */
type Shown = Pick<VisitorRoute, 'leadId' | 'webActivity'>

/**
 * Asking costs a call, even for a single visitor. So visits under a token that is the visitor's alone are recorded
 * first, and visitors of many batches are asked about together.
 */
export function askingFor(client: MarketoClient, visitors: RoutedVisitor[]): Asking {
  const tokensOf = (some: RoutedVisitor[]) => new Set(some.map((visitor) => visitorToken(client.munchkinId, visitor)))
  const associating = visitors.filter(({ associates }) => associates)
  const own = associating.filter(hasOwnToken)
  const open = own.filter(({ identity }) => associatedLead(client, identity) === undefined)
  const waiting = waitingVisitors(client)
  if (!waiting.spendAsk(tokensOf(own), tokensOf(open))) return { earlier: [], postponed: new Set(own) }
  const earlier = waiting.removeForCall(tokensOf(associating))
  return { earlier: earlier.map((identity) => ({ identity, associates: true })), postponed: new Set() }
}

/** Remembers the answer about a visitor: associated, or still waiting. */
export function noteAnswer(client: MarketoClient, visitor: RoutedVisitor, route: VisitorRoute): void {
  if (!hasOwnToken(visitor)) return
  if (route.leadId !== undefined && isAssociated(route)) rememberAssociated(client, visitor.identity, route.leadId)
  if (isOpen(route)) waitingVisitors(client).add(route.token, visitor.identity)
}

/** The known facts about a visitor whose visit is recorded, but who is not asked about now. */
export function postpone(client: MarketoClient, { identity }: RoutedVisitor, { token }: VisitorRoute): Shown {
  const leadId = associatedLead(client, identity)
  if (leadId !== undefined) return { leadId, webActivity: ALREADY_ASSOCIATED }
  waitingVisitors(client).add(token, identity)
  return { webActivity: NOT_YET }
}
