import { groupBy } from '../leads/group-by'
import { NOT_YET } from '../leads/visitors/associations'
import type { Metrics } from '../marketo/transport/metrics'
import { isFailure } from '../marketo/transport/outcome'
import type { Outcome } from '../marketo/transport/outcome'

/** Counts the outcomes of a batch for who is on call: docs/operations.md explains each. */
export function countOutcomes(metrics: Metrics, outcomes: readonly Outcome[]): void {
  for (const alike of groupBy(outcomes, (outcome) => `${outcome.status} ${codeOf(outcome)}`).values()) {
    metrics.count('records', alike.length, { status: String(alike[0].status), code: codeOf(alike[0]) })
  }
  const unsent = outcomes.filter((outcome) => isFailure(outcome) && outcome.isUnsent)
  const byLimit = unsent.filter((outcome) => codeOf(outcome) !== NO_CODE)
  metrics.count('batches_cut', Number(byLimit.length > 0), { by: 'limit' })
  metrics.count('batches_cut', Number(unsent.length > byLimit.length), { by: 'time' })
  const bodies = outcomes.flatMap((outcome) => (isFailure(outcome) ? [] : [outcome.body]))
  const sumOf = (lists: unknown[]) =>
    lists.reduce((sum: number, list) => sum + (Array.isArray(list) ? list.length : 0), 0)
  metrics.count('leads_merged', sumOf(bodies.map(({ merged }) => merged)))
  metrics.count('merges_failed', bodies.filter(({ notMerged }) => notMerged !== undefined).length)
  metrics.count('values_left_out', sumOf(bodies.map(({ leftOut }) => leftOut)))
  metrics.count('associations_waiting', bodies.filter(({ webActivity }) => webActivity === NOT_YET).length)
}

const NO_CODE = 'none'

const codeOf = (outcome: Outcome): string => (isFailure(outcome) ? outcome.code ?? NO_CODE : NO_CODE)
