import { groupBy } from '../leads/group-by'
import { NOT_YET } from '../leads/visitors/associations'
import type { Metrics } from '../marketo/transport/metrics'
import { isFailure } from '../marketo/transport/outcome'
import type { Failure, Outcome, Success } from '../marketo/transport/outcome'

/** Counts the outcomes of a batch for who is on call: docs/operations.md explains each. */
export function countOutcomes(metrics: Metrics, outcomes: readonly Outcome[]): void {
  const failures = outcomes.filter(isFailure)
  const successes = outcomes.filter((outcome): outcome is Success => !isFailure(outcome))
  const bodies = successes.map(({ body }) => body)
  const ends = [...failures, ...successes.map(({ status }): Pick<Failure, 'status' | 'code'> => ({ status }))]
  for (const [{ status, code = 'none' }, ...others] of groupBy(ends, (end) => `${end.status} ${end.code}`).values()) {
    metrics.count('records', 1 + others.length, { status: String(status), code })
  }
  const unsent = failures.filter(({ isUnsent }) => isUnsent)
  metrics.count('batches_cut', Number(unsent.some(({ code }) => code !== undefined)), { by: 'limit' })
  metrics.count('batches_cut', Number(unsent.some(({ code }) => code === undefined)), { by: 'time' })
  metrics.count('leads_merged', total(bodies.map(({ merged }) => merged)))
  metrics.count('merges_failed', bodies.filter(({ notMerged }) => notMerged !== undefined).length)
  metrics.count('values_left_out', total(bodies.map(({ leftOut }) => leftOut)))
  metrics.count('associations_waiting', bodies.filter(({ webActivity }) => webActivity === NOT_YET).length)
}

const total = (lists: unknown[]): number =>
  lists.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])).length
