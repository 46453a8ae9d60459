import type { LeadName, Plan } from '../../../rehearsal/plan/contract'
import type { EventOutcome } from '../../shared/outcome'
import type { Event, Exchange, Settings } from '../shared/server'
import type { MappingEntry } from '../store/work'
import type { Job } from './jobs'
import { callsUsed, toneOf, type Kind } from './words'

/** The outcome of an event with one of the mappings that take it. */
export interface Result {
  /** The event's position in the run's list. */
  event: number
  mapping: string
  outcome: EventOutcome
  /** The lead, as a rehearsal names it. */
  lead?: LeadName
  /** How often it was sent; once if absent. */
  tries?: number
}

/** An exchange with Marketo, and what it was for. */
interface RunExchange extends Exchange {
  mapping: string
  /** The positions of the events that were sent together. */
  events: number[]
}

/** A run of events through mappings, as both were then. */
export interface RunRecord {
  id: string
  /** Whether it only tells what a run would do. Then nothing is written. */
  isRehearsal?: boolean
  /** What a rehearsal foresees, at its end. */
  plan?: Plan
  /** When it began, ISO 8601. */
  at: string
  title: string
  /** The name that the user gave it. */
  name?: string
  /** The Marketo that it talked to. */
  marketo: string
  events: Event[]
  /** The mappings that were on. */
  mappings: MappingEntry[]
  /** Without secrets. */
  settings: Settings
  /** Its jobs in order, planned at the start. */
  jobs?: Job[]
  results: Result[]
  exchanges: RunExchange[]
  /** How long the page waited for it. */
  ms: number
  state: 'running' | 'stopped' | 'done' | 'failed'
  /** Why it failed, or what interrupted it. */
  problem?: string
}

/** A summary of a run, for the list of runs. */
export interface RunSummary
  extends Pick<RunRecord, 'id' | 'isRehearsal' | 'at' | 'title' | 'name' | 'marketo' | 'ms' | 'state'> {
  tally: Tally
  calls: number
}

/**
 * How many ends of each kind a run has. `none` counts events, the others count each event once for each mapping that
 * takes it.
 */
export type Tally = Record<Kind, number>

/** The progress of a run. Each event counts once for each mapping that takes it. */
export interface Progress {
  done: number
  total: number
  /** How many were done before it continued, and when it did, in milliseconds. */
  doneBefore: number
  since: number
  /** No further job is started. */
  isStopping: boolean
  /** When the next round of retries begins, in milliseconds. Absent while events are sent. */
  waitsUntil?: number
}

export function summaryOf(run: RunRecord): RunSummary {
  const { id, isRehearsal, at, title, name, marketo, ms, state, plan } = run
  const calls = plan ? plan.calls.read : callsUsed(run.exchanges).calls
  return { id, isRehearsal, at, title, name, marketo, ms, state, tally: tallyOf(run), calls }
}

export const nameOfRun = ({ name, title }: Pick<RunRecord, 'name' | 'title'>): string => name?.trim() || title

export function tallyOf(run: RunRecord): Tally {
  const tally: Tally = { good: 0, wait: 0, bad: 0, open: openIn(run).length, none: untakenIn(run).length }
  for (const { outcome } of run.results) tally[toneOf(outcome.status)]++
  return tally
}

/** @returns the positions of the events that no mapping takes; none before the run is planned */
export function untakenIn({ events, jobs }: RunRecord): number[] {
  if (!jobs) return []
  const taken = new Set(jobs.flatMap((job) => job.events))
  return events.flatMap((_, position) => (taken.has(position) ? [] : [position]))
}

/** @returns each event and mapping of the plan that has no outcome yet */
export function openIn({ jobs = [], results }: RunRecord): Pick<Result, 'event' | 'mapping'>[] {
  const done = new Set(results.map(keyOf))
  return jobs.flatMap(({ mapping, events }) =>
    events.map((event) => ({ event, mapping })).filter((one) => !done.has(keyOf(one)))
  )
}

export const keyOf = ({ event, mapping }: Pick<Result, 'event' | 'mapping'>): string => `${event} ${mapping}`

/** @returns the remaining milliseconds at the pace so far; undefined until something is done */
export function timeLeft({ done, total, doneBefore, since }: Progress, now: number): number | undefined {
  const doneNow = done - doneBefore
  return doneNow > 0 ? ((now - since) / doneNow) * (total - done) : undefined
}

/** @returns the leads that Marketo's answers name, each once */
export function leadsIn(results: Result[]): number[] {
  const ids = results.map(({ outcome }) => leadOf(outcome))
  return [...new Set(ids.filter((id): id is number => id !== undefined))]
}

/** @returns the lead of a result: as a rehearsal names it, or its ID in Marketo */
export const leadNameOf = ({ lead, outcome }: Result): LeadName | undefined => lead ?? leadOf(outcome)

/** Answers for activities and campaigns have their own IDs, so the lead is taken from what was sent. */
export function leadOf({ sent, body }: EventOutcome): number | undefined {
  const { id: sentId, leadId: sentLead } = (sent ?? {}) as Ids
  const { id, leadId } = (body ?? {}) as Ids
  const found = sentLead ?? leadId ?? sentId ?? id
  return typeof found === 'number' ? found : undefined
}

interface Ids {
  id?: unknown
  leadId?: unknown
}
