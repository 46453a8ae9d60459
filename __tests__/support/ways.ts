import { forgetEverything } from '../../src/marketo/transport/memory'
import type { Fault, Sandbox, State } from '../../sandbox'
import { STARTING_OBJECT_TYPES } from '../../sandbox/state/custom-object-types'
import { SUBSCRIPTION } from './object-types'
import { sendBatch, sendSingle } from './marketo'
import type { Reported, TestEvent } from './marketo'
import { segmentEvents } from './universe'
import type { Universe } from './universe'

/** Starts a universe over, with the memory of a new process. */
export function begin(sandbox: Sandbox, { leads, lacks }: Universe): void {
  forgetEverything()
  sandbox.reset({ leads, keepDefaults: false, setup: { objectTypes: [...STARTING_OBJECT_TYPES, SUBSCRIPTION] } })
  if (lacks) sandbox.removeField(lacks)
}

export type Outcome = { status: number; message?: string; body?: Reported['body'] }

/** Sends the events of a universe in one batch. @returns what is reported of each */
export async function reportsOfBatch(sandbox: Sandbox, world: Universe): Promise<Outcome[]> {
  begin(sandbox, world)
  return (await sendBatch(world.action, segmentEvents(world), world.sending)).map(outcomeOf)
}

/** The same, with everything that is in Marketo then. */
export const inOneBatch = async (sandbox: Sandbox, world: Universe) =>
  resultOf(sandbox, world, await reportsOfBatch(sandbox, world))

/** Sends the events of a universe one by one, in order. */
export async function oneByOne(sandbox: Sandbox, world: Universe) {
  begin(sandbox, world)
  const reported: Outcome[] = []
  for (const event of segmentEvents(world)) {
    // asking-seldom.test.ts covers the limit on look-ups.
    forgetEverything()
    reported.push(
      await sendSingle(world.action, event, world.sending).then(
        ({ data }) => ({ status: world.action === 'visitWebPage' ? 202 : 200, body: data as Reported['body'] }),
        ({ status, message }: { status?: number; message: string }) => ({ status: status ?? 400, message })
      )
    )
  }
  return resultOf(sandbox, world, reported)
}

/**
 * Sends the events of a universe in one batch that meets a fault, and those that are to be retried again, in order, until all
 * have ended.
 */
export async function retriedInOrder(sandbox: Sandbox, world: Universe, fault: Fault) {
  begin(sandbox, world)
  sandbox.addFault(fault)
  const events = segmentEvents(world)
  const outcomes = new Map<TestEvent, Outcome>()
  let retries = 0
  for (let waiting = events; waiting.length > 0; retries += waiting.length) {
    if (outcomes.size > 0) sandbox.clearFaults()
    forgetEverything()
    const reports = await sendBatch(world.action, waiting, world.sending)
    waiting.forEach((event, i) => outcomes.set(event, outcomeOf(reports[i])))
    const again = waiting.filter((event) => isRetried(outcomes.get(event)))
    if (again.length === waiting.length && retries > 0) throw new Error('Nothing but retries')
    waiting = again
  }
  const reported = events.flatMap((event) => outcomes.get(event) ?? [])
  return { retries, ...endOf(resultOf(sandbox, world, reported)) }
}

/** What merges have lost: a lead of a CRM, or somebody's wish not to be called. No event of a universe is about that. */
export function lostByMerges(sandbox: Sandbox): number[] {
  const { leads, merges } = sandbox.state()
  const strict = new Map<number, boolean>(leads.map(({ id, fields }) => [id, fields.doNotCall === true]))
  const lost: number[] = []
  for (const { winnerId, loserId, loserFields } of [...merges].reverse()) {
    // A winner that disappeared later has what it had then.
    const isStrict = loserFields.doNotCall === true
    strict.set(loserId, isStrict)
    if ('sfdcContactId' in loserFields || (isStrict && !strict.get(winnerId))) lost.push(loserId)
  }
  return lost
}

/** A single event that fails reports only its message. */
const outcomeOf = ({ status, errormessage, body }: Reported): Outcome => ({
  status,
  message: errormessage,
  body: errormessage === undefined ? body : undefined
})

const isRetried = ({ status }: Outcome = { status: 0 }): boolean => status === 429 || status >= 500

/** What must be the same after retries. Who owns a visitor's token isn't: if asking fails, a later visit ties it. */
export function endOf({ leads, visits, outcomes, calls: _, ...result }: ReturnType<typeof resultOf>) {
  return {
    ...result,
    leads: leads.map(({ cookies: _cookies, ...lead }) => lead),
    visits: visits.map((visit) => visit.replace(/ .*/, '')),
    statuses: outcomes.map(({ status }) => status)
  }
}

/** Everything in Marketo, and what a customer learns about each event. New leads are named in order of their events. */
export function resultOf(sandbox: Sandbox, { action, sending }: Universe, reported: Outcome[]) {
  const { leads, lists, visits, campaignRuns, programMembers, objects, usage, ...state }: State = sandbox.state()
  const isAdding = sending.mapping?.__segment_internal_sync_mode === 'add'
  // Other calls return the ID of something else, or return a lead's ID only if they change something.
  const namesLead = ['upsertLead', 'visitWebPage', 'syncList'].includes(action)
  const leadIds = reported.map(({ body }) => (namesLead ? body?.leadId ?? body?.id : undefined))
  const members = lists.flatMap(({ leadIds }) => leadIds)
  // Sorted by what the leads hold, because independent calls may run in any order.
  const textOf = (id: number | null) => JSON.stringify(leads.find((lead) => lead.id === id)?.fields ?? '')
  // Their dates give activities their order. One whose values were converted is recorded after the others.
  const activityText = ({ primaryAttributeValue, leadId, attributes }: State['activities'][number]) =>
    `${primaryAttributeValue} ${textOf(leadId)} ${JSON.stringify(attributes)}`
  const activities = [...state.activities].sort((a, b) => activityText(a).localeCompare(activityText(b)))
  const inCampaigns = [...campaignRuns, ...programMembers, ...objects]
    .map(({ leadId }) => leadId)
    .sort((a, b) => textOf(a).localeCompare(textOf(b)))
  const mentioned = [...leadIds, ...activities.map(({ leadId }) => leadId), ...members, ...inCampaigns].map(Number)
  const created = [...new Set(mentioned.filter((id) => id > 1_000))]
  const nameOf = (id: unknown) => (Number(id) > 1_000 ? `new ${created.indexOf(Number(id))}` : id)
  const namedIn = (fields: object) => ({ ...fields, ...('leadID' in fields && { leadID: nameOf(fields.leadID) }) })
  // If a lead's event failed later, no outcome names the lead. What it holds identifies it.
  const placeOf = ({ id, fields }: { id: unknown; fields: object }) => `${String(id)} ${JSON.stringify(fields)}`
  return {
    calls: usage.total,
    outcomes: reported.map(({ status, message, body }, i) => ({
      status,
      // If a record exists and has a field that Marketo lacks, either may be the reason.
      reason: isAdding && status === 400 ? 'refused' : reasonOf(message),
      leadId: nameOf(leadIds[i]),
      webActivity: body?.webActivity,
      merged: Array.isArray(body?.merged) ? body?.merged.map(nameOf) : undefined,
      leftOut: body?.leftOut,
      exists: body?.status === 'exists',
      note: body?.note
    })),
    leads: leads
      .map(({ id, partition, fields, cookies }) => ({
        id: nameOf(id),
        partition,
        fields,
        cookies: [...cookies].sort()
      }))
      .sort((a, b) => placeOf(a).localeCompare(placeOf(b))),
    lists: lists.map(({ name, leadIds }) => `${name}: ${leadIds.map(nameOf).map(String).sort().join()}`),
    // A person's requests keep their order.
    campaignRuns: campaignRuns
      .map(({ leadId, campaignId, tokens }) => ({ id: nameOf(leadId), campaignId, tokens }))
      .sort((a, b) => String(a.id).localeCompare(String(b.id))),
    objects: objects
      .map(({ objectName, leadId, fields }) => ({ objectName, leadId: nameOf(leadId), fields: namedIn(fields) }))
      .sort((a, b) => JSON.stringify(a.fields).localeCompare(JSON.stringify(b.fields))),
    programMembers: programMembers
      .map(({ leadId, updatedAt: _, ...member }) => JSON.stringify([nameOf(leadId), member]))
      .sort(),
    activities: activities.map(({ leadId, primaryAttributeValue, attributes }) => [
      nameOf(leadId),
      primaryAttributeValue,
      attributes
    ]),
    visits: visits.map(({ leadId, url, token }) => `${url} ${leadId} ${token}`).sort()
  }
}

/** Either the destination or Marketo reports that something exists or is missing, whichever notices first. */
function reasonOf(message = ''): string {
  if (/error 1005|lead exists/.test(message)) return 'the lead exists'
  if (/error 1004|No lead/.test(message)) return 'no such lead'
  if (/error 1017|earlier event has created/.test(message)) return 'the record exists'
  return message
}
