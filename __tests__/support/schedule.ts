import type { JSONObject } from '@segment/actions-core'
import fc from 'fast-check'
import type { Fault } from '../../sandbox/contract'

/** The people of the fault schedules. Each has their own user ID and emails; several may use the browser `shared`. */
export const PEOPLE = ['ann', 'bob', 'cem'] as const
export type Person = (typeof PEOPLE)[number]

/** `merge` is `identify` with Merge Duplicates, `once` is `track` with Prevent Duplicates. */
export type EventKind = 'identify' | 'merge' | 'track' | 'once' | 'page' | 'list' | 'campaign' | 'status' | 'object'

/** An event of a schedule. */
export interface PlannedEvent {
  kind: EventKind
  person: Person
  /** Anonymous events come from a browser that only this person uses. */
  knownBy: 'browser' | 'userId' | 'userId and browser' | 'userId and shared browser'
  /** Which of the person's emails the event has. Anonymous events have none. */
  email?: 'first' | 'second' | 'first in capitals'
  /** Whether the person wants no mail, if the event says so. */
  optOut: boolean | null
}

export const emailsOf = (person: Person) => ({
  first: `${person}@example.com`,
  second: `${person}@example.org`,
  'first in capitals': `${person.toUpperCase()}@EXAMPLE.COM`
})

/** The calls of all actions but Upsert Lead, Send Custom Activity and Visit Web Page. */
const FURTHER_CALLS = ['addToList', 'requestCampaign', 'setProgramStatus', 'syncCustomObjects'] as const

export interface Intrusion {
  person: Person
  deed: 'change' | 'merge into a new lead' | 'delete'
  before: 'syncLeads' | 'addActivities' | 'associateLead' | 'getLeads' | (typeof FURTHER_CALLS)[number]
}

/** A batch, what goes wrong while it is sent, and whether its events are sent one by one. */
export interface PlannedBatch {
  events: PlannedEvent[]
  faults: Fault[]
  /** What another API user does to a person's lead right before a call. */
  intrusions: Intrusion[]
  oneByOne: boolean
  tokensExpire: boolean
}

const plannedEvent = (...kinds: EventKind[]): fc.Arbitrary<PlannedEvent> =>
  fc
    .record({
      kind: fc.constantFrom(...kinds),
      person: fc.constantFrom(...PEOPLE),
      knownBy: fc.constantFrom<PlannedEvent['knownBy']>(
        'browser',
        'userId',
        'userId and browser',
        'userId and shared browser'
      ),
      email: fc.constantFrom<PlannedEvent['email']>(undefined, 'first', 'second', 'first in capitals'),
      optOut: fc.constantFrom(null, true, false)
    })
    .map((event) => ({
      ...event,
      email: event.knownBy === 'browser' ? undefined : event.email,
      // On a shared browser, the destination cannot distinguish the visits of two unknown people.
      knownBy:
        event.kind === 'page' && event.knownBy === 'userId and shared browser' ? 'userId and browser' : event.knownBy
    }))

const RESPONSE_CODES = [
  ...['500', '502', '601', '602', '603', '604', '605', '606', '607', '608', '609', '610', '611', '612', '613', '614'],
  ...['615', '616', '701', '702', '703', '704', '709', '710', '711', '712', '713', '714', '718', '719', '1003', '1006'],
  ...['1009', '1011', '9999']
]
const RECORD_CODES = [
  ...['1001', '1002', '1003', '1004', '1005', '1006', '1007', '1008', '1009', '1010', '1016', '1018', '1019', '1020'],
  ...['1021', '1022', '1029', '1037', '1042', '1049', '8888']
]

const times = { times: fc.integer({ min: 1, max: 3 }), after: fc.integer({ min: 0, max: 2 }) }
const writing = fc.constantFrom<Fault['endpoint']>(
  ...(['syncLeads', 'addActivities', 'syncLeads', 'addActivities'] as const),
  ...(['addToList', 'setProgramStatus', 'syncCustomObjects'] as const)
)
const counted = fc.constantFrom<Fault['endpoint']>(
  ...(['syncLeads', 'addActivities', 'getLeads', 'associateLead', '*'] as const),
  ...(['pagingToken', 'leadActivities'] as const),
  ...FURTHER_CALLS
)
const any = fc.oneof(counted, fc.constantFrom<Fault['endpoint']>('identity', 'munchkin'))
// The tracking endpoint always answers 200, so its answer cannot be broken.
const enveloped = fc.constantFrom<Fault['endpoint']>(
  ...(['syncLeads', 'addActivities', 'getLeads', 'associateLead', 'pagingToken', 'leadActivities'] as const),
  ...FURTHER_CALLS
)
const executed = fc.boolean()

const fault: fc.Arbitrary<Fault> = fc.oneof(
  {
    weight: 16,
    arbitrary: fc.record({
      kind: fc.constant('error'),
      endpoint: counted,
      code: fc.constantFrom(...RESPONSE_CODES),
      ...times
    })
  },
  {
    weight: 10,
    arbitrary: fc
      .record({
        kind: fc.constant('record' as const),
        endpoint: writing,
        code: fc.constantFrom(...RECORD_CODES),
        ...times
      })
      // There, 1037 says that the person already has the status. The destination could not detect that it is false.
      .filter(({ endpoint, code }) => endpoint !== 'setProgramStatus' || code !== '1037')
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('status'),
      endpoint: any,
      status: fc.constantFrom(413, 429, 500, 502, 503, 504),
      ...times
    })
  },
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('cut'), endpoint: any, executed, ...times }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('broken'), endpoint: enveloped, executed, ...times }) },
  // Only for writes is the number of results known. The destination could not notice an incomplete search.
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('short'), endpoint: writing, executed, ...times }) },
  // Longer than the timeout in the tests, and Marketo does not do the work.
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('delay'),
      endpoint: writing,
      ms: fc.constant(600),
      executed: fc.constant(false)
    })
  }
)

const intrusion: fc.Arbitrary<Intrusion> = fc.record({
  person: fc.constantFrom(...PEOPLE),
  deed: fc.constantFrom('change', 'merge into a new lead', 'delete'),
  before: fc.constantFrom('syncLeads', 'addActivities', 'associateLead', 'getLeads', ...FURTHER_CALLS)
})

const batches = (event: fc.Arbitrary<PlannedEvent>, maxIntrusions: number): fc.Arbitrary<PlannedBatch[]> =>
  fc.array(
    fc.record({
      events: fc.array(event, { minLength: 1, maxLength: 8 }),
      faults: fc.array(fault, { maxLength: 3 }),
      intrusions: fc.array(intrusion, { maxLength: maxIntrusions }),
      oneByOne: fc.boolean(),
      tokensExpire: fc.boolean()
    }),
    { minLength: 1, maxLength: 4 }
  )

export const schedule = batches(
  plannedEvent(
    ...(['identify', 'identify', 'identify', 'track', 'track', 'track', 'page', 'page'] as const),
    ...(['once', 'once', 'list', 'campaign', 'status', 'object'] as const)
  ),
  2
)

/** Nobody else merges leads here, so what is lost in a merge is our fault. */
export const mergingSchedule = batches(plannedEvent('merge', 'merge', 'identify'), 0)

/** Duplicates of each person, whose wishes and values differ, and some of which a CRM owns. */
export const duplicates: fc.Arbitrary<JSONObject[]> = fc
  .array(
    fc.record({
      person: fc.constantFrom(...PEOPLE),
      hasUserId: fc.boolean(),
      hasEmail: fc.boolean(),
      doNotCall: fc.constantFrom(null, true, false),
      isInCrm: fc.constantFrom(true, false, false)
    }),
    { maxLength: 6 }
  )
  .map((leads) =>
    leads.map(({ person, hasUserId, hasEmail, doNotCall, isInCrm }) => ({
      ...(doNotCall !== null && { doNotCall }),
      ...(isInCrm && { sfdcContactId: '003' }),
      ...(hasUserId && { userId: `user-${person}` }),
      ...(hasEmail && { email: emailsOf(person).first })
    }))
  )

/** Whether an event may count twice, because the connection was lost or the answer was broken after the work. */
export function mayStandTwice(batches: PlannedBatch[], endpoint: Fault['endpoint']): boolean {
  return batches.some(({ faults }) =>
    faults.some((one) => one.executed === true && (one.endpoint === endpoint || one.endpoint === '*'))
  )
}
