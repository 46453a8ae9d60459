import type { Endpoint, Fault } from '../contract'
import { ENDPOINTS, type EndpointRow, type RestEndpoint } from './endpoints'

/** Something that a fault can hit. */
export interface FaultTarget {
  name: Endpoint
  kinds: readonly Fault['kind'][]
  /** False if faults of endpoint `*`, which are about Marketo's API, skip it. */
  isMarketoApi: boolean
}

/** What can happen to any request. */
export const HTTP_FAULTS = ['status', 'delay', 'cut', 'broken'] as const

/** `error` needs Marketo's envelope, `short` a result and `record` records. */
function kindsOf({ gives }: EndpointRow): Fault['kind'][] {
  return [
    ...HTTP_FAULTS,
    'error',
    ...(gives === 'nothing' ? [] : (['short'] as const)),
    ...(gives === 'records' ? (['record'] as const) : [])
  ]
}

export const IDENTITY: FaultTarget = { name: 'identity', kinds: HTTP_FAULTS, isMarketoApi: true }

const toTarget = ([name, row]: [string, EndpointRow]): FaultTarget => ({
  name: name as RestEndpoint,
  kinds: kindsOf(row),
  isMarketoApi: true
})

export const REST_TARGETS: ReadonlyMap<string, FaultTarget> = new Map(
  Object.entries(ENDPOINTS).map((entry) => [entry[0], toTarget(entry)])
)
