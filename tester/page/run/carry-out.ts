import { isNotTaken } from '../../shared/outcome'
import { getBatchKeys, runAction, type Settings } from '../shared/server'
import type { MappingEntry } from '../store/work'
import { inOrder, jobsOf, literalKey, needsKeys, takenOf, type Job } from './jobs'
import { keyOf, openIn, type Result, type RunRecord } from './run-record'
import { toneOf } from './words'

const EVENTS_PER_QUESTION = 500

/**
 * @param wanted which events of a mapping to send; all that it takes by default
 * @returns all jobs of a run, in order
 */
export async function plan(
  { events, mappings }: RunRecord,
  settings: Settings,
  wanted: (event: number, mapping: string) => boolean = () => true
): Promise<Job[]> {
  const jobs: Job[] = []
  for (const entry of mappings) {
    const positions = takenOf(entry, events).filter((event) => wanted(event, entry.id))
    const keys = needsKeys(entry)
      ? await keysOf(
          entry,
          positions.map((position) => events[position]),
          settings
        )
      : positions.map(() => literalKey(entry))
    jobs.push(...jobsOf(entry, positions, keys))
  }
  return inOrder(jobs)
}

async function keysOf({ action, mapping }: MappingEntry, events: RunRecord['events'], settings: Settings) {
  const keys: (string | null)[] = []
  for (let from = 0; from < events.length; from += EVENTS_PER_QUESTION) {
    keys.push(
      ...(await getBatchKeys(action, { settings, mapping, events: events.slice(from, from + EVENTS_PER_QUESTION) }))
    )
  }
  return keys
}

/** @returns the jobs of a plan that are not done yet: a job is done completely or not at all */
export function remaining(run: RunRecord): Job[] {
  const open = new Set(openIn(run).map(keyOf))
  return (run.jobs ?? []).filter(({ mapping, events }) => open.has(keyOf({ mapping, event: events[0] })))
}

/** @returns new batches of the events that Segment would send again */
export function retries(run: RunRecord, settings: Settings): Promise<Job[]> {
  const waiting = new Set(run.results.filter(({ outcome }) => toneOf(outcome.status) === 'wait').map(keyOf))
  return plan(run, settings, (event, mapping) => waiting.has(keyOf({ event, mapping })))
}

export const sizeOf = (jobs: Job[]): number => jobs.reduce((sum, { events }) => sum + events.length, 0)

/** @returns the run with a job done */
export async function carryOut(run: RunRecord, job: Job, settings: Settings): Promise<RunRecord> {
  const entry = run.mappings.find(({ id }) => id === job.mapping)
  if (!entry) return run
  const events = job.events.map((position) => run.events[position])
  const { mapping, subscribe } = entry
  const { outcomes, exchanges, marketo } = await runAction(entry.action, {
    settings,
    mapping,
    subscribe,
    events,
    batch: job.isBatch
  })
  const results = outcomes.flatMap((outcome, index) =>
    isNotTaken(outcome) ? [] : [{ event: job.events[index], mapping: entry.id, outcome }]
  )
  return {
    ...run,
    marketo: marketo.label,
    results: withResults(run.results, results),
    exchanges: [...run.exchanges, ...exchanges.map((one) => ({ ...one, mapping: entry.id, events: job.events }))]
  }
}

/** The outcome of a retry takes the place of the earlier one. */
function withResults(former: Result[], latest: Result[]): Result[] {
  const latestByKey = new Map(latest.map((result) => [keyOf(result), result]))
  const kept = former.map((result) => {
    const again = latestByKey.get(keyOf(result))
    if (!again) return result
    latestByKey.delete(keyOf(result))
    return { ...again, tries: (result.tries ?? 1) + 1 }
  })
  return [...kept, ...latestByKey.values()]
}
