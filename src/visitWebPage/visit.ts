import { identityOf } from '../leads/identity'
import { resolveLeads } from '../leads/resolve'
import { associate, findOwners, isOwn, preferredTokens, settleTokens } from '../leads/web-activity'
import type { Owners, Pair, Visitor } from '../leads/web-activity'
import { mapAtMost } from '../marketo/at-most'
import type { MarketoClient } from '../marketo/client'
import { beaconOf, sendBeacon, tokenOfCookie } from '../marketo/munchkin'
import type { PageVisit } from '../marketo/munchkin'
import { failureOf, isFailure } from '../marketo/outcome'
import type { Outcome } from '../marketo/outcome'
import { readEach } from '../segment/perform'
import type { Context } from '../segment/perform'
import type { Payload } from './generated-types'
import { pageVisitOf } from './page-visit'

interface VisitEvent extends Visitor {
  visit: PageVisit
  associates: boolean
}

/** Where a visit goes: the visitor's token, and the lead to tie it to, where there is one. */
interface Route {
  token: string
  leadId?: number
  /** What became of tying the token to the lead, or why there is none. */
  webActivity?: string
}

/** Reports the page visits of a batch of events, and ties the visitors' tokens to the leads that they are. */
export async function visitPages({ client, settings }: Context, payloads: Payload[]): Promise<Outcome[]> {
  const { events, finish } = readEach(
    payloads,
    (payload): VisitEvent => ({
      identity: identityOf(payload, settings.trackAnonymousActivity),
      cookieToken: tokenOfCookie(payload.marketoCookie, client.munchkinId),
      visit: pageVisitOf(payload),
      associates: payload.associateLead !== false
    })
  )
  const { routes, owners } = await routesOf(client, events)
  const isOwned = ({ token }: Route) => owners.has(token)

  // Before the visit, or it would be that of the lead that still owns the token.
  await tie(client, routes.filter(isOwned), owners)
  const outcomes = await mapAtMost([...events.entries()], ([i, event]) => report(client, event, routes[i].token))
  // There must be a visit before a new token can be tied to a lead, and what fails here cannot undo it.
  const visited = routes.filter((route, i) => !isOwned(route) && !isFailure(outcomes[i]))
  await tie(client, visited, owners)

  return finish(
    outcomes.map((outcome, i) => {
      const { leadId, webActivity } = routes[i]
      return isFailure(outcome) ? outcome : { ...outcome, body: { leadId, webActivity } }
    })
  )
}

async function tie(client: MarketoClient, routes: Route[], owners: Owners): Promise<void> {
  const known = routes.filter((route): route is Route & Pair => route.leadId !== undefined)
  const associations = await associate(client, known, owners)
  known.forEach((route, i) => (route.webActivity = associations[i]))
}

/** Finds the token and the lead of each visitor. Events that are not to be associated cost no call. */
async function routesOf(client: MarketoClient, events: VisitEvent[]): Promise<{ routes: Route[]; owners: Owners }> {
  const routes: Route[] = preferredTokens(client.munchkinId, events).map((token) => ({ token }))
  const associating = [...events.keys()].filter((i) => events[i].associates)
  const owners = await findOwners(
    client,
    associating.map((i) => routes[i].token)
  )
  const strangers: number[] = []
  for (const i of associating) {
    const owner = owners.get(routes[i].token)
    if (owner && !isFailure(owner) && isOwn(owner, events[i].identity)) routes[i].leadId = owner.id
    else strangers.push(i)
  }
  const groups = await resolveLeads(
    client,
    strangers.map((i) => events[i].identity)
  )
  for (const { members, leadId, failure } of groups) {
    const webActivity = failure ? `failed: ${failure.message}` : 'no lead matches'
    for (const member of members) Object.assign(routes[strangers[member]], { leadId, webActivity })
  }
  const visitors = associating.map((i) => ({ ...events[i], leadId: routes[i].leadId }))
  const tokens = await settleTokens(client, visitors, owners)
  associating.forEach((i, n) => (routes[i].token = tokens[n]))
  return { routes, owners }
}

async function report(client: MarketoClient, { visit }: VisitEvent, token: string): Promise<Outcome> {
  const beacon = beaconOf(client.munchkinId, token, visit)
  const sent = { ...beacon, userAgent: visit.userAgent }
  try {
    return { status: await sendBeacon(client, beacon, visit.userAgent), sent, body: {} }
  } catch (error) {
    return { ...failureOf(error), sent }
  }
}
