import type { EventOutcome } from '../../shared/outcome'
import type { Event, Exchange, Settings } from '../shared/server'
import type { MappingEntry } from '../store/work'
import type { Job } from './jobs'
import { callsUsed, toneOf, type Tone } from './words'

/** The outcome of an event with one of the mappings that take it. */
export interface Result {
  /** The event's position in the run's list. */
  event: number
  mapping: string
  outcome: EventOutcome
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
  /** When it began, ISO 8601. */
  at: string
  title: string
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
  /** Why it failed. */
  problem?: string
}

/** A summary of a run, for the list of runs. */
export interface RunSummary extends Pick<RunRecord, 'id' | 'at' | 'title' | 'marketo' | 'ms' | 'state'> {
  tally: Record<Tone, number>
  calls: number
}

/** The progress of a run. Each event counts once for each mapping that takes it. */
export interface Progress {
  done: number
  total: number
  /** How many were done before it continued, and when it did, in milliseconds. */
  doneBefore: number
  since: number
  /** No further job is started. */
  isStopping: boolean
}

export function summaryOf(run: RunRecord): RunSummary {
  const { id, at, title, marketo, ms, state } = run
  return { id, at, title, marketo, ms, state, tally: tallyOf(run.results), calls: callsUsed(run.exchanges).calls }
}

export function tallyOf(results: Result[]): Record<Tone, number> {
  const tally = { good: 0, wait: 0, bad: 0 }
  for (const { outcome } of results) tally[toneOf(outcome.status)]++
  return tally
}

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
