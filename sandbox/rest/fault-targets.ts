import type { Endpoint, Fault } from '../contract'
import { ENDPOINTS, type EndpointRow, type RestEndpoint } from './endpoints'

/** What a fault can happen to. */
export interface FaultTarget {
  name: Endpoint
  kinds: readonly Fault['kind'][]
  /** False: a fault of endpoint `*`, which is about Marketo's API, passes it by. */
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
