import fc from 'fast-check'
import type { State } from '../sandbox/contract'
import { forgetWaitingVisitors } from '../src/leads/waiting-visitors'
import { sendBatch, sendSingle, useSandbox } from './support/marketo'
import type { Reported } from './support/marketo'
import { segmentEvents, universe } from './support/universe'
import type { Universe } from './support/universe'

/**
 * The law: a batch gives exactly what its events give one by one. A failing universe is printed with its seed and path,
 * and can be replayed: UNIVERSE_SEED=… UNIVERSE_PATH=… npx jest __tests__/law.test.ts
 */
const runs = Number(process.env.UNIVERSES ?? 3_000)
const replay = {
  ...(process.env.UNIVERSE_SEED && { seed: Number(process.env.UNIVERSE_SEED) }),
  ...(process.env.UNIVERSE_PATH && { path: process.env.UNIVERSE_PATH })
}

const sandbox = useSandbox({ callsPerWindow: 1_000_000, callsPerDay: 1_000_000_000 })

test(
  `one batch gives the same leads, values, activities, visits, lists, campaigns, statuses and outcomes as its events one by one, with no more calls (${runs} universes)`,
  async () => {
    let calls = { batch: 0, single: 0 }
    await fc.assert(
      fc.asyncProperty(universe, async (world) => {
        const { calls: batchCalls, ...inBatch } = await inOneBatch(world)
        const { calls: singleCalls, ...single } = await oneByOne(world)
        expect(inBatch).toEqual(single)
        calls = { batch: calls.batch + batchCalls, single: calls.single + singleCalls }
      }),
      { numRuns: runs, ...replay }
    )
    if (runs > 100) expect(calls.batch).toBeLessThan(calls.single / 2)
  },
  30_000 + runs * 1_000
)

type Outcome = { status: number; message?: string; body?: Reported['body'] }

async function inOneBatch(world: Universe) {
  forgetWaitingVisitors()
  sandbox().reset({ leads: world.leads, keepDefaults: false })
  const reports = await sendBatch(world.action, segmentEvents(world), world.sending)
  return resultOf(
    world,
    reports.map(({ status, errormessage, body }) => ({
      status,
      message: errormessage,
      // A single event that fails reports only its message.
      body: errormessage === undefined ? body : undefined
    }))
  )
}

async function oneByOne(world: Universe) {
  sandbox().reset({ leads: world.leads, keepDefaults: false })
  const reported: Outcome[] = []
  for (const event of segmentEvents(world)) {
    // asking-seldom.test.ts covers the limit on look-ups.
    forgetWaitingVisitors()
    reported.push(
      await sendSingle(world.action, event, world.sending).then(
        ({ data }) => ({ status: world.action === 'visitWebPage' ? 202 : 200, body: data as Reported['body'] }),
        ({ status, message }: { status?: number; message: string }) => ({ status: status ?? 400, message })
      )
    )
  }
  return resultOf(world, reported)
}

/** Everything in Marketo, and what a customer learns about each event. New leads are named in order of their events. */
function resultOf({ action }: Universe, reported: Outcome[]) {
  const { leads, lists, activities, visits, campaignRuns, programMembers, objects, usage }: State = sandbox().state()
  // Other calls return the ID of something else, or return a lead's ID only if they change something.
  const namesLead = ['upsertLead', 'visitWebPage', 'syncList'].includes(action)
  const leadIds = reported.map(({ body }) => (namesLead ? body?.leadId ?? body?.id : undefined))
  const members = lists.flatMap(({ leadIds }) => leadIds)
  // Sorted by what the leads hold, because independent calls may run in any order.
  const textOf = (id: number | null) => JSON.stringify(leads.find((lead) => lead.id === id)?.fields ?? '')
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
      reason: reasonOf(message),
      leadId: nameOf(leadIds[i]),
      webActivity: body?.webActivity,
      leftOut: body?.leftOut
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
    activities: activities.map(({ leadId, primaryAttributeValue }) => [nameOf(leadId), primaryAttributeValue]),
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
