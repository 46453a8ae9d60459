import { subscriptionOf } from '../mappings/subscription'
import { takenOf } from '../run/jobs'
import type { RunRecord } from '../run/run-record'
import type { Sending } from '../run/send-all'
import { rehearse } from '../shared/server'
import type { Plan } from '../../../rehearsal/plan/contract'

const LOOK_MS = 200

/** @returns the run as Marketo would end it: with a plan instead of exchanges. Nothing is written */
export async function rehearseRun(begun: RunRecord, { settings, isStopping, draw }: Sending): Promise<RunRecord> {
  const { events } = begun
  const mappings = begun.mappings.filter((entry) => takenOf(entry, events).length > 0)
  if (mappings.length === 0) return { ...begun, jobs: [] }
  draw({ done: 0, doneBefore: 0, total: events.length, since: Date.now(), isStopping: false })
  const abort = new AbortController()
  const watch = setInterval(() => isStopping() && abort.abort(), LOOK_MS)
  try {
    // A plan names mappings, and two may have the same name, so their IDs are sent as names.
    const named = mappings.map((entry) => ({ ...subscriptionOf(entry), name: entry.id }))
    const { plan, marketo } = await rehearse({ events, mappings: named, settings }, abort.signal)
    return withPlan({ ...begun, marketo: marketo.label }, plan)
  } catch (error) {
    throw abort.signal.aborted ? new Error('You stopped the rehearsal. Nothing was written.') : error
  } finally {
    clearInterval(watch)
  }
}

/** @returns the run with the outcomes of a plan */
function withPlan(run: RunRecord, plan: Plan): RunRecord {
  const taken = new Map<string, number[]>(run.mappings.map(({ id }) => [id, []]))
  for (const { index, mapping } of plan.events) taken.get(mapping)?.push(index)
  return {
    ...run,
    plan,
    jobs: [...taken].map(([mapping, events]) => ({ mapping, isBatch: true, events, sentAt: 0 })),
    results: plan.events.map(({ index, mapping, status, message, lead, leftOut }) => ({
      ...{ event: index, mapping, lead },
      outcome: { status, errormessage: message, body: leftOut && { leftOut } }
    }))
  }
}
