import { groupBy } from '../leads/group-by'
import { NOT_YET } from '../leads/visitors/associations'
import type { Count } from '../marketo/transport/metrics'
import { isFailure, isSuccess } from '../marketo/transport/outcome'
import type { Failure, Outcome } from '../marketo/transport/outcome'

/** What the outcomes of a batch tell who is on call: docs/operations.md explains each count. */
export function countsOf(outcomes: readonly Outcome[]): Count[] {
  const failures = outcomes.filter(isFailure)
  const unsent = failures.filter(({ isUnsent }) => isUnsent)
  const bodies = outcomes.filter(isSuccess).map(({ body }) => body)
  const ends = groupBy(outcomes.map(endOf), ({ status, code }) => `${status} ${code}`)
  return [
    ...[...ends.values()].map((same): Count => ['records', same.length, same[0]]),
    ['batches_cut', Number(unsent.some(({ code }) => code !== undefined)), { by: 'limit' }],
    ['batches_cut', Number(unsent.some(({ code }) => code === undefined)), { by: 'time' }],
    ['leads_merged', total(bodies.map(({ merged }) => merged))],
    ['merges_failed', bodies.filter(({ notMerged }) => notMerged !== undefined).length],
    ['values_left_out', total(bodies.map(({ leftOut }) => leftOut))],
    ['associations_waiting', bodies.filter(({ webActivity }) => webActivity === NOT_YET).length]
  ]
}

function endOf(outcome: Outcome) {
  const { status, code = 'none' }: Pick<Failure, 'status' | 'code'> = outcome
  return { status: String(status), code }
}

const total = (lists: unknown[]): number =>
  lists.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])).length
