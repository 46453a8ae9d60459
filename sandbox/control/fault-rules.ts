import { BROWSER_TARGETS } from '../browser/answer'
import { MUNCHKIN } from '../browser/beacon'
import type { Endpoint, Fault } from '../contract'
import { IDENTITY, REST_TARGETS, type FaultTarget } from '../rest/fault-targets'

/** Everything that a fault can hit, by name. */
const TARGETS: ReadonlyMap<unknown, FaultTarget> = new Map(
  [...REST_TARGETS.values(), IDENTITY, MUNCHKIN, ...BROWSER_TARGETS.values()].map((target) => [target.name, target])
)

/** What a kind requires. */
const NEEDS: Record<Fault['kind'], keyof Fault | undefined> = {
  error: 'code',
  record: 'code',
  status: 'status',
  delay: 'ms',
  cut: undefined,
  broken: undefined,
  short: undefined
}

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0

/** What a member of a fault must be, and the words for it. */
const MEMBERS: Record<keyof Fault, [check: (value: unknown) => boolean, must: string]> = {
  endpoint: [(value) => value === '*' || TARGETS.has(value), `one of *, ${[...TARGETS.keys()].join(', ')}`],
  kind: [(value) => Object.keys(NEEDS).includes(value as string), `one of ${Object.keys(NEEDS).join(', ')}`],
  times: [(value) => isCount(value) && value !== 0, 'a whole number, 1 or more'],
  after: [isCount, 'a whole number, 0 or more'],
  code: [(value) => typeof value === 'string' && /^\d{3,4}$/.test(value), 'a Marketo code such as "606"'],
  message: [(value) => typeof value === 'string', 'a string'],
  status: [(value) => isCount(value) && (value as number) >= 200 && (value as number) <= 599, 'from 200 to 599'],
  ms: [isCount, 'a whole number, 0 or more'],
  executed: [(value) => typeof value === 'boolean', 'true or false']
}

const isFault = (value: object): value is Fault => 'endpoint' in value && 'kind' in value

/** Returns a valid fault, or says what is wrong. */
export function checkedFault(value: unknown): Fault {
  if (typeof value !== 'object' || value === null) throw new TypeError('a fault must be an object')
  const members: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined)
  )
  const needed = NEEDS[members.kind as Fault['kind']] ?? 'kind'
  for (const name of new Set(['endpoint', 'kind', needed, ...Object.keys(members)])) {
    if (!Object.keys(MEMBERS).includes(name)) throw new TypeError(`a fault has no ${name}`)
    const [check, must] = MEMBERS[name as keyof Fault]
    if (!check(members[name])) throw new TypeError(`${name} must be ${must}`)
  }
  if (!isFault(members)) throw new TypeError('a fault must have an endpoint and a kind')
  if (!canHappen(members.kind, members.endpoint)) {
    throw new TypeError(`a fault of kind ${members.kind} cannot happen to ${members.endpoint}`)
  }
  return members
}

const canHappen = (kind: Fault['kind'], endpoint: Endpoint | '*') =>
  endpoint === '*' || TARGETS.get(endpoint)?.kinds.includes(kind)
