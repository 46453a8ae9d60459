import { groupBy } from '../group-by'
import type { Missing } from '../finding/known'
import type { Progress } from '../who/event'
import type { MarketoClient } from '../../marketo/transport/client'
import { LATER } from '../../marketo/transport/errors'
import { ROUNDS_PER_BATCH } from '../../marketo/transport/limits'
import { isFailure, isRetried } from '../../marketo/transport/outcome'
import type { Failure, Outcome, Success } from '../../marketo/transport/outcome'
import { sendRecords } from '../../marketo/calls/records'
import { callKey, isSameForAll } from './group'
import type { Group } from './group'
import { goesAgain } from './refusals'

/** What one round does. The events that it does not mention wait. */
export interface Plan<Event, G extends Group<Event>> {
  /** Values that must be looked up before anything is certain. Then the round is planned again. */
  readonly missing: Missing
  /** The events that end without a call. */
  readonly ended: ReadonlyMap<Event, Outcome>
  /** What is found out about events that still need a record: their leads. */
  readonly found: ReadonlyMap<Event, Partial<Progress>>
  /** The groups of a step go at once. Each step follows if all groups of the one before have ended. */
  readonly steps: readonly (readonly G[])[]
  /** Whether the groups change or create leads. */
  readonly isAboutLeads: boolean
}

/** What is special about a kind of records. */
export interface Planner<Event, G extends Group<Event>> {
  /** Decides from the progress of the events, and changes nothing. */
  plan: () => Plan<Event, G>
  lookUp?: (missing: Missing) => Promise<void>
  /** @returns how events of a step end without their record, because Marketo may have it already */
  beforeStep?: (groups: readonly G[]) => Promise<Iterable<readonly [Event, Outcome]>>
  /** What follows for the events of a group that Marketo accepted. An event without an outcome goes on. */
  accept: (group: G, outcome: Success) => ReadonlyMap<Event, Partial<Progress>>
  /** Whether a failure says that the event's lead is gone or has a rival, so that it is worth a second look. */
  isLost?: (event: Event, failure: Failure, group: G) => boolean
  /** Forgets what is known of an event's lead. */
  forget?: (event: Event, group: G) => void
  /** Repairs the events of a refused group. @returns whether it changed something; a failure if that is unknown for now */
  repair: (group: G, failure: Failure) => Promise<boolean | Failure>
  /** If Marketo refuses a group, only the first event has failed. */
  firstCounts?: boolean
  /** Does what follows the writes of a round, before the next one is planned. */
  afterRound?: (groups: readonly G[]) => Promise<void>
}

/** How a group left its events: with an outcome, to be retried by Segment, or to be handled in the next round. */
type Left = 'ended' | 'retried' | 'open'

/**
 * Gives each event its outcome, in as few calls as possible. Each round plans from the start, sends the records that depend
 * on nothing unconfirmed, and decides what becomes of them:
 * - Accepted: done.
 * - Refused: repaired if possible. If several events share the record, each gets its own, in order. Otherwise, the event fails.
 * - Its lead is gone: the event is looked up once more.
 * - To be retried by Segment: so are all later events about the same person, to keep the order.
 */
export async function inRounds<Event extends Progress, G extends Group<Event>>(
  client: MarketoClient,
  events: readonly Event[],
  planner: Planner<Event, G>
): Promise<void> {
  let rounds = 0
  while (events.some(({ outcome }) => outcome === undefined)) {
    const plan = planner.plan()
    if (plan.missing.size > 0) {
      await planner.lookUp?.(plan.missing)
      continue
    }
    for (const [event, outcome] of plan.ended) event.outcome = outcome
    for (const [event, progress] of plan.found) Object.assign(event, progress)
    if (plan.steps.length === 0) continue
    if (plan.isAboutLeads) rounds += 1
    if (rounds > ROUNDS_PER_BATCH) {
      for (const event of events) event.outcome ??= tooManyRounds
      return
    }
    for (const step of plan.steps) {
      // The lead of the latest event is the one that Marketo, too, takes for the most recently updated one.
      const groups = plan.isAboutLeads ? inOrderOfLatest(step, events) : step
      const isDone = await take(client, planner, groups)
      if (!isDone) break
    }
  }
}

function inOrderOfLatest<Event, G extends Group<Event>>(groups: readonly G[], events: readonly Event[]): G[] {
  const byLatest = new Map(groups.map((group) => [group.events[group.events.length - 1], group]))
  return events.flatMap((event) => byLatest.get(event) ?? [])
}

/** Sends the groups of a step and decides what becomes of their events. @returns whether all of them have ended, and none is retried */
async function take<Event extends Progress, G extends Group<Event>>(
  client: MarketoClient,
  planner: Planner<Event, G>,
  groups: readonly G[]
): Promise<boolean> {
  const ended = await planner.beforeStep?.(groups)
  for (const [event, outcome] of ended ?? []) event.outcome = outcome
  const outcomes = await send(client, groups.filter(isDue))
  const left = new Map<string | undefined, Left>()
  for (const group of groups) {
    const before = group.queue === undefined ? undefined : left.get(group.queue)
    const now = await settle(planner, group, outcomes.get(group), before)
    if (now !== 'ended') left.set(group.queue, now)
  }
  await planner.afterRound?.(groups)
  return left.size === 0
}

const isDue = ({ events }: Group<Progress>): boolean => events.some(({ outcome }) => outcome === undefined)

/** Sends each group with as few calls as possible, all at once. @returns nothing for a group that must wait for an earlier one */
async function send<G extends Group<unknown>>(client: MarketoClient, groups: readonly G[]): Promise<Map<G, Outcome>> {
  const calls = groupBy(groups, callKey)
  const sent = await Promise.all([...calls.values()].map((call) => sendRecords(client, call[0].target, call)))
  return new Map(sent.flatMap((outcomes) => [...outcomes]))
}

/** @param before how the last group of the same queue left its events, if they did not just end */
async function settle<Event extends Progress, G extends Group<Event>>(
  planner: Planner<Event, G>,
  group: G,
  outcome: Outcome | undefined,
  before: Left | undefined
): Promise<Left> {
  if (outcome === undefined) return 'open'
  const { events } = group
  if (!isFailure(outcome)) {
    const results = planner.accept(group, outcome)
    // An earlier record of the queue is sent later, so this one goes again behind it.
    if (before === 'retried') return endAll(events, goesAgain)
    if (before === 'open') return 'open'
    for (const [event, result] of results) Object.assign(event, result)
    return 'ended'
  }
  if (events.some((event) => planner.isLost?.(event, outcome, group))) {
    for (const event of events) {
      if (planner.isLost?.(event, outcome, group)) lookAgain(planner, event, outcome, group)
      else event.outcome = outcome
    }
    return events.some((event) => event.outcome === undefined) ? 'open' : 'retried'
  }
  if (!isPermanent(outcome)) return endAll(events, outcome)
  const isRepaired = await planner.repair(group, outcome)
  if (isFailure(isRepaired)) return endAll(events, isRepaired)
  if (isRepaired) return 'open'
  if (events.length === 1 || isSameForAll(group)) return endAll(events, outcome)
  if (planner.firstCounts) events[0].outcome = outcome
  else for (const event of events) event.isAlone = true
  return 'open'
}

function endAll(events: readonly Progress[], outcome: Outcome): Left {
  for (const event of events) event.outcome = outcome
  return isRetried(outcome) ? 'retried' : 'ended'
}

/** Others merged, deleted or created leads between our look-up and our write. If that happens twice, Segment retries the event. */
function lookAgain<Event extends Progress, G extends Group<Event>>(
  planner: Planner<Event, G>,
  event: Event,
  failure: Failure,
  group: G
): void {
  planner.forget?.(event, group)
  event.leadId = undefined
  event.linkValue = undefined
  event.taken = undefined
  if (event.isSecondLook) event.outcome = lostTwice(failure)
  event.isSecondLook = true
}

/** Whether Marketo would refuse the record again. If it refuses the whole call (401, 403), that is not the record's fault. */
const isPermanent = ({ status }: Failure): boolean => status === 400 || status === 413

function lostTwice(failure: Failure): Failure {
  const reason = `Marketo error ${failure.code}, twice: something else merged, deleted or created the lead meanwhile.`
  return { ...failure, status: 503, message: `${reason} ${LATER}` }
}

const tooManyRounds: Failure = {
  status: 503,
  message: `Not sent, because too many events of the batch depend on each other. ${LATER}`
}
