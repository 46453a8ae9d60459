import { groupBy } from '../leads/group-by'
import { NOT_YET } from '../leads/visitors/associations'
import type { Metrics } from '../marketo/transport/metrics'
import { isFailure, isSuccess } from '../marketo/transport/outcome'
import type { Failure, Outcome } from '../marketo/transport/outcome'

/** Counts the outcomes of a batch for who is on call: docs/operations.md explains each. */
export function countOutcomes(metrics: Metrics, outcomes: readonly Outcome[]): void {
  const failures = outcomes.filter(isFailure)
  const successes = outcomes.filter(isSuccess)
  const bodies = successes.map(({ body }) => body)
  const ends = [...failures, ...successes.map(({ status }): Pick<Failure, 'status' | 'code'> => ({ status }))]
  for (const [{ status, code = 'none' }, ...others] of groupBy(ends, (end) => `${end.status} ${end.code}`).values()) {
    metrics.count('records', 1 + others.length, { status: String(status), code })
  }
  const unsent = failures.filter(({ isUnsent }) => isUnsent)
  if (unsent.some(({ code }) => code !== undefined)) metrics.count('batches_cut', 1, { by: 'limit' })
  if (unsent.some(({ code }) => code === undefined)) metrics.count('batches_cut', 1, { by: 'time' })
  const merged = total(bodies.map((body) => body.merged))
  const notMerged = bodies.filter((body) => body.notMerged !== undefined)
  const leftOut = total(bodies.map((body) => body.leftOut))
  const waiting = bodies.filter(({ webActivity }) => webActivity === NOT_YET)
  metrics.count('leads_merged', merged)
  metrics.count('merges_failed', notMerged.length)
  metrics.count('values_left_out', leftOut)
  metrics.count('associations_waiting', waiting.length)
}

const total = (lists: unknown[]): number =>
  lists.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])).length
