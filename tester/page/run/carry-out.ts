import { isNotTaken } from '../../shared/outcome'
import { getBatchKeys, runAction, type Settings } from '../shared/server'
import type { MappingEntry } from '../store/work'
import { inOrder, jobsOf, literalKey, needsKeys, takenOf, type Job } from './jobs'
import type { RunRecord } from './run-record'

const EVENTS_PER_QUESTION = 500

/** @returns all jobs of a run, in order */
export async function plan({ events, mappings }: RunRecord, settings: Settings): Promise<Job[]> {
  const jobs: Job[] = []
  for (const entry of mappings) {
    const positions = takenOf(entry, events)
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
export function remaining(jobs: Job[], { results }: RunRecord): Job[] {
  const done = new Set(results.map(({ mapping, event }) => `${event} ${mapping}`))
  return jobs.filter(({ mapping, events }) => !done.has(`${events[0]} ${mapping}`))
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
  return {
    ...run,
    marketo: marketo.label,
    results: run.results.concat(
      outcomes.flatMap((outcome, index) =>
        isNotTaken(outcome) ? [] : [{ event: job.events[index], mapping: entry.id, outcome }]
      )
    ),
    exchanges: [...run.exchanges, ...exchanges.map((one) => ({ ...one, mapping: entry.id, events: job.events }))]
  }
}
