import { Associations, isAssociated } from '../leads/visitors/associations'
import type { Association } from '../leads/visitors/associations'
import { identityOf } from '../segment/identity'
import { ownToken } from '../leads/visitors/visitor-token'
import { mapAtMost } from '../marketo/transport/at-most'
import type { MarketoClient } from '../marketo/transport/client'
import { BEACONS_AT_ONCE } from '../marketo/transport/limits'
import { beaconOf, sendBeacon } from '../marketo/areas/munchkin'
import type { PageVisit } from '../marketo/areas/munchkin'
import { failureOf, isFailure } from '../marketo/transport/outcome'
import { cookieToken } from '../segment/cookie'
import { isOn } from '../segment/features'
import type { Answerable, Context } from '../segment/perform'
import type { LeaveOut } from '../segment/values'
import { ASK_ABOUT_ALL, askingFor, noteAnswer, postpone } from './asking'
import type { Payload } from './generated-types'
import { pageVisitOf } from './page-visit'
import { routesOf } from './routes'
import type { VisitorRoute, RoutedVisitor } from './routes'

interface VisitEvent extends RoutedVisitor, Answerable {
  visit: PageVisit
}

export function readVisit(payload: Payload, { client, settings }: Context, leaveOut: LeaveOut): VisitEvent {
  return {
    identity: identityOf(payload, settings, leaveOut),
    cookieToken: cookieToken(payload.marketoCookie, client.munchkinId, leaveOut),
    visit: pageVisitOf(payload, leaveOut),
    associates: payload.associateLead !== false
  }
}

/** Reports the page visits of a batch of events, and associates the visitors with their leads. */
export async function visitPages({ client, features }: Context, events: VisitEvent[]): Promise<void> {
  const { earlier, postponed } = isOn('sharedAsks', features) ? askingFor(client, events) : ASK_ABOUT_ALL
  // Nobody else's exchanges show who else was asked about.
  const asker = earlier.length > 0 ? client.unseen() : client
  const asked = events.map((event) => (postponed.has(event) ? { ...event, associates: false } : event))
  const routes = await routesOf(asker, [...earlier, ...asked])
  const earlierRoutes = routes.splice(0, earlier.length)
  const associations = new Associations(client)
  for (const group of groupsOfVisits(events.map((event, i) => ({ event, route: routes[i] })))) {
    const taken = tokensTaken(group)
    // This must happen before the visit, which would otherwise go to the lead that still owns the token.
    await associations.make(associationsOf(routesIn(group.filter(({ route }) => taken.has(route.token)))))
    await mapAtMost(group, (trip) => report(client, trip), BEACONS_AT_ONCE)
    // A new token can be associated with a lead only after a visit. If that fails, the visit stays.
    passAssociationsOn(group)
    const visited = group.filter(({ event, route }) => !taken.has(route.token) && !isFailure(event.outcome))
    await associations.make(associationsOf(routesIn(visited)))
    for (const { event, route } of group) {
      if (!event.outcome || isFailure(event.outcome)) continue
      const { leadId, webActivity } = postponed.has(event) ? postpone(client, event, route) : route
      event.outcome.body = { leadId, webActivity }
      if (!postponed.has(event)) noteAnswer(client, event, route)
    }
  }
  await associations.make(associationsOf(earlierRoutes), asker)
  earlier.forEach((visitor, i) => noteAnswer(client, visitor, earlierRoutes[i]))
}

/** A visit and its route. */
interface Trip {
  event: VisitEvent
  route: VisitorRoute
}

const routesIn = (trips: Trip[]): VisitorRoute[] => trips.map(({ route }) => route)

const associationsOf = (routes: VisitorRoute[]): Association[] => routes.filter(hasLead)

const hasLead = (route: VisitorRoute): route is Association => route.leadId !== undefined

/** Whether a visit takes its token from another lead that has no name. */
function takesToken({ route }: Trip): boolean {
  return hasLead(route) && isToBeAssociated(route.tokenState) && route.tokenState.hadOwner
}

function isToBeAssociated(tokenState: Association['tokenState']): tokenState is { isOwn: false; hadOwner: boolean } {
  return tokenState !== undefined && !isFailure(tokenState) && !tokenState.isOwn
}

/** Groups of visits, in order, that can be reported at once. A lead's visits are reported before its token is taken. */
function groupsOfVisits(trips: Trip[]): Trip[][] {
  const groups: Trip[][] = []
  let used = new Set<string>()
  for (const trip of trips) {
    if (groups.length === 0 || (takesToken(trip) && used.has(trip.route.token))) {
      groups.push([])
      used = new Set()
    }
    groups[groups.length - 1].push(trip)
    used.add(trip.route.token)
  }
  return groups
}

const tokensTaken = (group: Trip[]): Set<string> => new Set(group.filter(takesToken).map(({ route }) => route.token))

/** If the visit that should associate a token was not reported, the next one under that token does. */
function passAssociationsOn(group: Trip[]): void {
  const open = new Map<string, Association['tokenState']>()
  for (const { event, route } of group) {
    if (!hasLead(route)) continue
    const tokenState = open.get(route.token)
    if (!isFailure(event.outcome) && tokenState) {
      route.tokenState = tokenState
      open.delete(route.token)
    } else if (isFailure(event.outcome) && isToBeAssociated(route.tokenState)) open.set(route.token, route.tokenState)
  }
}

async function report(client: MarketoClient, { event, route }: Trip): Promise<void> {
  const { visit } = event
  const isAnothers = takesToken({ event, route }) && hasLead(route) && !isAssociated(route)
  const token = isAnothers ? ownToken(client.munchkinId, event) : route.token
  const beacon = beaconOf(client.munchkinId, token, visit)
  const sent = { ...beacon, userAgent: visit.userAgent }
  try {
    event.outcome = { status: await sendBeacon(client, beacon, visit.userAgent), sent, body: {} }
  } catch (error) {
    const failure = failureOf(error)
    event.outcome = failure.isUnsent ? failure : { ...failure, sent }
  }
}
