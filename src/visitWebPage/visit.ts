import type { JSONLikeObject } from '@segment/actions-core'
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

/** Where a visit goes: the visitor's token, and the lead to tie it to; or why there is none. */
interface Route {
  token: string
  leadId?: number
  whyNoLead?: string
}

/** Reports the page visits of a batch of events, then ties the visitors' tokens to the leads that they are. */
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
  const outcomes = await mapAtMost([...events.entries()], ([i, event]) => report(client, event, routes[i].token))

  // Only now: there must be a visit before it can be tied to a lead, and what fails here cannot undo it.
  const visited = [...events.keys()].filter((i) => !isFailure(outcomes[i]) && events[i].associates)
  const tied = visited.filter((i) => routes[i].leadId !== undefined)
  const associations = await associate(
    client,
    tied.map((i) => routes[i] as Pair),
    owners
  )
  for (const i of visited) show(outcomes, i, { webActivity: routes[i].whyNoLead })
  tied.forEach((i, n) => show(outcomes, i, { leadId: routes[i].leadId, webActivity: associations[n] }))
  return finish(outcomes)
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
    const whyNoLead = failure ? `failed: ${failure.message}` : leadId === undefined ? 'no lead matches' : undefined
    for (const member of members) Object.assign(routes[strangers[member]], { leadId, whyNoLead })
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

/** Adds to what an outcome says of Marketo's answer. */
function show(outcomes: Outcome[], i: number, more: JSONLikeObject): void {
  outcomes[i] = { ...outcomes[i], body: { ...outcomes[i].body, ...more } }
}
