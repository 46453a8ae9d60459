import type { EventOutcome } from '../../shared/outcome'
import type { Event, Exchange, Settings } from '../shared/server'
import type { MappingEntry } from '../store/work'
import type { Job } from './jobs'
import { callsUsed, toneOf, type Tone } from './words'

/** What became of an event by one of the mappings that take it. */
export interface Result {
  /** The event's position in the run's list. */
  event: number
  mapping: string
  outcome: EventOutcome
}

/** An exchange with Marketo, and what it was for. */
interface RunExchange extends Exchange {
  mapping: string
  /** The positions of the events that were handed over together. */
  events: number[]
}

/** Events that went through mappings, as both were then. */
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
  /** What there is to do, in order: planned when it begins. */
  jobs?: Job[]
  results: Result[]
  exchanges: RunExchange[]
  /** How long the page waited for it. */
  ms: number
  state: 'running' | 'stopped' | 'done' | 'failed'
  /** Why it failed. */
  problem?: string
}

/** A run in a few words, for the list of them. */
export interface RunSummary extends Pick<RunRecord, 'id' | 'at' | 'title' | 'marketo' | 'ms' | 'state'> {
  tally: Record<Tone, number>
  calls: number
}

/** How far a run is. Each event counts once for each mapping that takes it. */
export interface Progress {
  done: number
  total: number
  /** How many of them were done before it went on, and when that was, in milliseconds. */
  doneBefore: number
  since: number
  /** Nothing further is begun. */
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

/** @returns the milliseconds that are left, at the pace so far; undefined until something is done */
export function timeLeft({ done, total, doneBefore, since }: Progress, now: number): number | undefined {
  const doneNow = done - doneBefore
  return doneNow > 0 ? ((now - since) / doneNow) * (total - done) : undefined
}

/** @returns the leads that Marketo's answers name, each once */
export function leadsIn(results: Result[]): number[] {
  const ids = results.map(({ outcome }) => leadOf(outcome))
  return [...new Set(ids.filter((id): id is number => id !== undefined))]
}

/** The answers for an activity and a campaign have IDs of their own: their lead is in what was sent. */
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
