import { setTimeout } from 'node:timers/promises'
import type { BrowserEndpoint, Endpoint, Fault } from './contract'
import { html, type Answer } from './http-answer'

/** Where each kind of fault can happen: `record` and `short` need records, `error` needs Marketo's envelope. */
const CALLS_WITH_RECORDS: Endpoint[] = ['syncLeads', 'deleteLeads', 'addActivities']
const CALLS_WITH_RESULT: Endpoint[] = [
  ...CALLS_WITH_RECORDS,
  'getLeads',
  'describeLeads',
  'activityTypes',
  'activityType',
  'usage'
]
const REST_CALLS: Endpoint[] = [...CALLS_WITH_RESULT, 'associateLead']
const ALL_CALLS: Endpoint[] = [...REST_CALLS, 'identity', 'munchkin']
/** Never hit by a fault of endpoint `*`, which is about Marketo's API. */
const BROWSER_CALLS: BrowserEndpoint[] = [
  ...(['munchkinScript', 'formScript', 'getForm', 'xdFrame', 'save2'] as const),
  ...(['segmentCdn', 'segmentApi'] as const)
]
const ANY_CALL: Endpoint[] = [...ALL_CALLS, ...BROWSER_CALLS]

const WHERE: Record<Fault['kind'], Endpoint[]> = {
  error: REST_CALLS,
  record: CALLS_WITH_RECORDS,
  short: CALLS_WITH_RESULT,
  status: ANY_CALL,
  delay: ANY_CALL,
  cut: ANY_CALL,
  broken: ANY_CALL
}

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0

/** What a member of a fault must be, and in which words to say so. */
const MEMBERS: Record<keyof Fault, [check: (value: unknown) => boolean, must: string]> = {
  endpoint: [(value) => value === '*' || ANY_CALL.includes(value as Endpoint), `one of *, ${ANY_CALL.join(', ')}`],
  kind: [(value) => Object.keys(WHERE).includes(value as string), `one of ${Object.keys(WHERE).join(', ')}`],
  times: [(value) => isCount(value) && value !== 0, 'a whole number, 1 or more'],
  after: [isCount, 'a whole number, 0 or more'],
  code: [(value) => typeof value === 'string' && /^\d{3,4}$/.test(value), 'a Marketo code such as "606"'],
  message: [(value) => typeof value === 'string', 'a string'],
  status: [(value) => isCount(value) && (value as number) >= 200 && (value as number) <= 599, 'from 200 to 599'],
  ms: [isCount, 'a whole number, 0 or more'],
  executed: [(value) => typeof value === 'boolean', 'true or false']
}

const NEEDS: Partial<Record<Fault['kind'], keyof Fault>> = {
  error: 'code',
  record: 'code',
  status: 'status',
  delay: 'ms'
}

/** Gives back a fault that makes sense, or says in words why it does not. */
function checkedFault(value: unknown): Fault {
  if (typeof value !== 'object' || value === null) throw new TypeError('a fault must be an object')
  const fault = Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined)
  ) as unknown as Fault
  const needed = NEEDS[fault.kind] ?? 'kind'
  for (const name of new Set(['endpoint', 'kind', needed, ...Object.keys(fault)]) as Set<keyof Fault>) {
    if (!Object.keys(MEMBERS).includes(name)) throw new TypeError(`a fault has no ${name}`)
    const [check, must] = MEMBERS[name]
    if (!check(fault[name])) throw new TypeError(`${name} must be ${must}`)
  }
  if (fault.endpoint !== '*' && !WHERE[fault.kind].includes(fault.endpoint)) {
    throw new TypeError(`a fault of kind ${fault.kind} cannot happen to ${fault.endpoint}`)
  }
  return fault
}

/** The faults still to come, in the order in which they were added. */
export class Faults {
  private pending: (Fault & { times: number; after: number })[] = []

  list(): Fault[] {
    return this.pending.map((fault) => ({ ...fault }))
  }

  add(...faults: unknown[]): void {
    this.pending.push(...faults.map((fault) => ({ times: 1, after: 0, ...checkedFault(fault) })))
  }

  clear(): void {
    this.pending = []
  }

  /** The fault that hits this call, if any. Each other fault waiting for calls of this endpoint counts the call. */
  take(endpoint: Endpoint): Fault | undefined {
    if (this.pending.length === 0) return undefined
    let hit: Fault | undefined
    for (const fault of this.pending) {
      const isAny = fault.endpoint === '*' && ALL_CALLS.includes(endpoint) && WHERE[fault.kind].includes(endpoint)
      if (fault.endpoint !== endpoint && !isAny) continue
      if (fault.after > 0) fault.after--
      else if (!hit) {
        hit = fault
        fault.times--
      }
    }
    this.pending = this.pending.filter((fault) => fault.times > 0)
    return hit
  }
}

/** What became of a call under a fault; `undefined` stands for a connection that was cut. */
export async function answerUnder(fault: Fault | undefined, work: () => Answer): Promise<Answer | undefined> {
  const executed = fault?.executed ?? fault?.kind === 'delay'
  switch (fault?.kind) {
    case 'status':
      return html(fault.status ?? 500)
    case 'cut':
      if (executed) work()
      return undefined
    case 'broken':
      if (executed) work()
      return html(200)
    case 'delay': {
      const answer = executed ? work() : undefined
      await setTimeout(fault.ms, undefined, { ref: false })
      return answer
    }
    default:
      return work()
  }
}
