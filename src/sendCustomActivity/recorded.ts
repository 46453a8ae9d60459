import { inChunks } from '../marketo/calls/chunks'
import { groupBy } from '../leads/group-by'
import { leadActivities, logSince } from '../marketo/areas/activity-log'
import type { LoggedActivity } from '../marketo/areas/activity-log'
import type { CustomActivity } from '../marketo/areas/activities'
import type { MarketoClient } from '../marketo/transport/client'
import { LEADS_PER_LOG_CALL } from '../marketo/transport/limits'
import { failureOf, isFailure } from '../marketo/transport/outcome'
import type { Failure, Outcome, Success } from '../marketo/transport/outcome'

/** An activity that is recorded only if the log does not have it. */
interface CheckedActivity {
  readonly leadId: number
  readonly activity: Omit<CustomActivity, 'leadId'>
}

type Dated = Pick<CheckedActivity, 'activity'>

/** What an event comes to if its activity was recorded before. */
export const EXISTS: Success = { status: 200, sent: {}, body: { status: 'exists' } }

/** Equal for activities that count as one: same lead, type, primary value, and date to the second. */
export const activityKey = ({ leadId, activityTypeId, primaryAttributeValue, activityDate }: LoggedActivity): string =>
  JSON.stringify([leadId, activityTypeId, primaryAttributeValue, activityDate])

/**
 * The part of the activity log that a batch may repeat. Each lead's is read once, before anything of the batch is written to it.
 */
export class RecordedActivities {
  private readonly keys = new Set<string>()
  /** By lead and type: whether the log was read. */
  private readonly answers = new Map<string, Failure | 'read'>()
  private firstPage?: Promise<string>

  /** @param events all those of the batch that may be recorded already */
  constructor(private readonly client: MarketoClient, private readonly events: readonly Dated[]) {}

  /**
   * @param events whose leads are known
   * @returns how events end whose activity is in the log, or for which that is not certain
   */
  async endsOf<Event extends CheckedActivity>(events: readonly Event[]): Promise<Map<Event, Outcome>> {
    const unread = events.filter((event) => !this.answers.has(logOf(event)))
    const byType = groupBy(unread, ({ activity }) => String(activity.activityTypeId))
    await Promise.all([...byType.values()].flatMap((ofType) => callsFor(ofType).map((call) => this.read(...call))))
    const ends = new Map<Event, Outcome>()
    for (const event of events) {
      const answer = this.answers.get(logOf(event))
      if (isFailure(answer)) ends.set(event, answer)
      else if (this.keys.has(activityKey({ leadId: event.leadId, ...event.activity }))) ends.set(event, EXISTS)
    }
    return ends
  }

  private async read(leadIds: number[], activityTypeId: number): Promise<void> {
    const answer = await this.recorded(leadIds, activityTypeId).catch(failureOf)
    if (!isFailure(answer)) for (const activity of answer) this.keys.add(activityKey(activity))
    for (const leadId of leadIds) this.answers.set(logName(leadId, activityTypeId), isFailure(answer) ? answer : 'read')
  }

  private async recorded(leadIds: number[], activityTypeId: number): Promise<LoggedActivity[]> {
    this.firstPage ??= logSince(this.client, secondBefore(this.events))
    return leadActivities(this.client, await this.firstPage, leadIds, activityTypeId)
  }
}

const logName = (leadId: number, activityTypeId: number): string => `${leadId} ${activityTypeId}`

const logOf = ({ leadId, activity }: CheckedActivity): string => logName(leadId, activity.activityTypeId)

/** The leads of each call about one type. An event is in one call, so several types cost hardly more. */
function callsFor(events: readonly CheckedActivity[]): [leadIds: number[], activityTypeId: number][] {
  const leadIds = [...new Set(events.map(({ leadId }) => leadId))]
  return inChunks(leadIds, LEADS_PER_LOG_CALL).map((some) => [some, events[0].activity.activityTypeId])
}

/** The second before the earliest date: Marketo's docs say both "from" that time on and "after" it. */
function secondBefore(events: readonly Dated[]): string {
  const earliest = events.reduce((least, { activity }) => Math.min(least, Date.parse(activity.activityDate)), Infinity)
  return new Date(earliest - 1_000).toISOString().replace(/\.\d+Z$/, 'Z')
}
