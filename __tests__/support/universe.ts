import type { JSONObject, JSONValue } from '@segment/actions-core'
import fc from 'fast-check'
import { EXAMPLES } from '../../examples/actions'
import { isDirective } from '../../migration/directive'
import { isObject } from '../../migration/json'
import type { Fault, LeadSeed } from '../../sandbox'
import destination from '../../src'
import { TRAITS } from '../../src/segment/traits'
import { times } from './events'
import type { ActionKey, Sending, TestEvent } from './marketo'
import { anonymousTracking, settings } from './marketo'
import { SUBSCRIPTION } from './object-types'

/** The actions that send batches. */
const ACTIONS = Object.keys(destination.actions).filter(
  (action) => destination.actions[action].performBatch
) as ActionKey[]
/** Most faults were in these actions, so they come more often. */
const OFTEN: ActionKey[] = [...times(3, () => 'upsertLead' as const), 'sendCustomActivity', 'visitWebPage']

/** A small world of leads, and of events for one mapping. People share, change and dispute its keys. */
export interface Universe {
  action: ActionKey
  leads: LeadSeed[]
  events: UniverseEvent[]
  sending: Sending
  /** A standard field that this instance lacks. Leads are written without it. */
  lacks?: 'firstName'
}

/** The data of an event. Keys that are left out are absent. */
interface UniverseEvent {
  email?: string
  userId?: string
  anonymousId?: string
  leadId?: number
  cookie?: string
  firstName?: string
  /** The trait that has the first name. */
  spelling?: string
  plan?: string
  title?: string
  optOut?: boolean | string | null
  partition?: string
  lookupField?: string
  listId?: number
  membership?: string
  /** What says the membership, if it is automatic. */
  name?: string
  create?: boolean
  campaign?: number
  status?: string
  /** Goes into a text attribute of an activity. */
  detail?: JSONValue
  varies?: boolean
  /** Its primary value is the one of all events that repeat. */
  repeats?: boolean
  /** When it took place. */
  at?: string
  /** The mapping finds no date. */
  isUndated?: boolean
  /** What Marketo refuses about the record, if anything. */
  trouble?: Trouble
}

/**
 * A field that Marketo lacks, a value that it refuses, one that it refuses only until it is converted, a standard field with too long
 * a value, or an object where Marketo has a number.
 */
type Trouble = 'unknown field' | 'bad value' | 'convertible value' | 'long value' | 'object'

const EMAILS = ['a@x.org', 'A@X.org', 'b@x.org', 'c@x.org', 'not an email', 'B <b@x.org>,']
const USER_IDS = ['u1', 'U1', 'u2', 'u3', 'null', 'b@x.org', ' u2 ', '{{user.id}}']
const ANONYMOUS_IDS = ['k', 'K', 'm', 'n']
/** The last is an email, as mail tools write it. */
const WRITTEN_ANONYMOUS_IDS = [...ANONYMOUS_IDS, 'c@x.org']
const COOKIES = ['1', '2'].map((i) => `id:123-ABC-456&token:_mch-x.org-160000000000${i}-1234${i}`)
/** The leads have the IDs from 11 on. No lead has 99. */
const LEAD_IDS = [11, 12, 13, 14, 99]

/** One second is written in two ways. Old events are too old for most campaigns. */
const TODAY = new Date().toISOString().slice(0, 'YYYY-MM-DDTHH'.length)
const NOW = `${TODAY}:00:00.000Z`
const SAME_SECOND = `${TODAY}:00:00.900Z`
const LATER = `${TODAY}:00:01.000Z`
const LONG_AGO = '2024-03-04T05:06:07.000Z'

const DETAILS: JSONValue[] = [{ sku: '1' }, [{ sku: '1' }, { sku: '2' }], 'text', {}]

const TROUBLES: Trouble[] = ['unknown field', 'bad value', 'convertible value', 'long value', 'object']

const some = <T>(values: readonly T[], absent: number) =>
  fc.option(fc.constantFrom(...values), { nil: undefined, freq: 10 - absent })

const rarely = <T>(values: readonly T[]) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...values) })

const lead = fc.record({
  email: fc.option(fc.constantFrom(...EMAILS.slice(0, 4)), { nil: undefined }),
  userId: fc.option(fc.constantFrom(...USER_IDS.slice(0, 4)), { nil: undefined }),
  anonymousId: fc.option(fc.constantFrom(...ANONYMOUS_IDS), { nil: undefined }),
  plan: rarely(['old']),
  title: rarely(['Old']),
  doNotCall: rarely([true, true, false]),
  sfdcContactId: rarely(['003']),
  cookies: fc.subarray(
    COOKIES.map((cookie) => cookie.replace(/.*token:/, '')),
    { maxLength: 1 }
  )
})

const event: fc.Arbitrary<UniverseEvent> = fc.record({
  email: some(EMAILS, 4),
  userId: some(USER_IDS, 3),
  anonymousId: some(WRITTEN_ANONYMOUS_IDS, 4),
  leadId: rarely(LEAD_IDS),
  cookie: rarely(COOKIES),
  firstName: some(['Ann', 'Bob', ' Cem ', 'undefined'], 3),
  spelling: fc.constantFrom(...TRAITS.firstName.paths),
  plan: some(['free', 'pro', '["free","pro"]', ''], 5),
  title: rarely(['New']),
  optOut: rarely([true, false, 'no', null]),
  partition: rarely(['EMEA']),
  listId: fc.constantFrom(1001, 1001, 1002, 9999),
  membership: fc.constantFrom('add', 'add', 'remove', 'automatic'),
  name: fc.constantFrom('Audience Entered', 'Audience Exited'),
  create: fc.boolean(),
  // The third is not active.
  campaign: fc.constantFrom(3001, 3001, 3002, 3003),
  // The last one is not a status of the program.
  status: fc.constantFrom('Invited', 'Registered', 'Attended', 'Attended On-demand', 'Influenced'),
  detail: some(DETAILS, 5),
  varies: fc.constantFrom(true, undefined),
  repeats: fc.constantFrom(true, true, undefined),
  at: fc.constantFrom(NOW, NOW, NOW, SAME_SECOND, LATER, LONG_AGO),
  isUndated: rarely([true]),
  trouble: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(...TROUBLES) }
  )
})

const mode = fc.constantFrom('upsert', 'upsert', 'upsert', 'add', 'update')
const lookupFields = fc.constantFrom<string[]>(
  ...[['automatic'], ['automatic'], ['automatic'], ['email'], ['userId'], ['plan'], ['id']],
  ['automatic', 'userId', 'email']
)

export const universe: fc.Arbitrary<Universe> = fc
  .record({
    action: fc.constantFrom(...OFTEN, ...ACTIONS),
    leads: fc.array(lead, { maxLength: 5 }),
    events: fc.array(event, { minLength: 2, maxLength: 8 }),
    tracking: fc.boolean(),
    mode,
    lookupFields,
    flag: fc.boolean(),
    byExample: fc.constantFrom(true, ...times(9, () => false)),
    // Marketo refuses everything of this person.
    refused: rarely(USER_IDS),
    lacks: rarely(['firstName'] as const),
    merges: fc.constantFrom(true, false, false, false),
    onlyIfEmpty: fc.constantFrom<string[]>(
      [],
      [],
      ['plan'],
      ['Title ', 'plan', 'leadScoreExt'],
      ['plan', 'noSuchField']
    ),
    pick: fc.infiniteStream(fc.nat())
  })
  .map(
    ({
      action,
      leads,
      events,
      tracking,
      mode,
      lookupFields,
      flag,
      byExample,
      refused,
      lacks,
      merges,
      onlyIfEmpty,
      pick
    }) => ({
      action,
      lacks,
      // A token has one owner.
      leads: leads.map((seed, i) => ({
        ...seed,
        id: 11 + i,
        cookies: seed.cookies.filter((token) => !leads.slice(0, i).some(({ cookies }) => cookies.includes(token)))
      })),
      events: events.map((one) => ({
        ...one,
        trouble: refused !== undefined && one.userId === refused ? 'unknown field' : one.trouble,
        lookupField: lookupFields[(pick.next().value as number) % lookupFields.length]
      })),
      sending: {
        settings: tracking ? anonymousTracking : settings,
        mapping: mappingOf(action, mode, flag, byExample, { mergeDuplicates: merges, onlyIfEmpty })
      }
    })
  )

/**
 * A fault that hits one call and passes: the call is throttled or refused for a while, or its answer never comes. Nothing is executed,
 * because a write whose answer is lost is executed again.
 */
export const passingFault: fc.Arbitrary<Fault> = fc
  .record({
    endpoint: fc.constantFrom<Fault['endpoint']>(
      ...(['*', 'getLeads', 'syncLeads', 'syncLeads', 'describeLeads'] as const),
      ...([
        'addActivities',
        'pagingToken',
        'leadActivities',
        'addToList',
        'removeFromList',
        'requestCampaign'
      ] as const),
      ...([
        'setProgramStatus',
        'syncProgramMembers',
        'syncCustomObjects',
        'deleteCustomObjects',
        'describeCustomObject',
        'activityTypes',
        'activityType',
        'describeProgramMembers'
      ] as const)
    ),
    kind: fc.constantFrom('error', 'error', 'cut', 'broken'),
    code: fc.constantFrom('606', '607', '615', '608', '611', '713'),
    after: fc.nat(4)
  })
  // The tracking endpoint always answers 200, so its answer cannot be broken.
  .filter(({ endpoint, kind }) => endpoint !== '*' || kind !== 'broken')

const path = (name: string): JSONValue => ({ '@path': `$.properties.${name}` })

const SHARED: JSONObject = { email: path('email'), leadId: path('leadId'), partitionName: path('partition') }

const CAR: JSONObject = {
  objectName: 'car_c',
  fields: {
    vin: path('status'),
    make: path('plan'),
    model: path('firstName'),
    year: path('ratio'),
    noSuchField: path('unknown')
  }
}
const OF_EMAIL: JSONObject = { objectName: SUBSCRIPTION.name, fields: { number: path('status'), plan: path('plan') } }
const PURCHASE: JSONObject = {
  objectName: 'purchase_c',
  fields: { orderNumber: path('status'), sku: 'x', amount: path('campaign'), noSuchField: path('unknown') }
}

/** Mappings that make the events of an action affect each other in Marketo. */
const MAPPINGS: Partial<Record<ActionKey, (mode: string, flag: boolean, options: JSONObject) => JSONObject>> = {
  upsertLead: (mode, flag, options) => ({
    __segment_internal_sync_mode: mode,
    lastName: path('lastName'),
    title: path('title'),
    customFields: {
      plan: path('plan'),
      leadScoreExt: path('score'),
      mrr: path('ratio'),
      unsubscribed: path('optOut'),
      noSuchField: path('unknown')
    },
    ...options,
    lookupField: path('lookupField'),
    marketoCookie: path('cookie'),
    associateWebActivity: flag
  }),
  sendCustomActivity: (_mode, flag, { mergeDuplicates }) => ({
    activityTypeId: 100001,
    primaryAttributeValue: path('primary'),
    activityDate: path('date'),
    preventDuplicates: flag || mergeDuplicates === true,
    attributes: {
      ...{ coupon: path('plan'), currency: path('detail'), items: path('score'), total: path('ratio') },
      noSuchAttribute: path('unknown')
    }
  }),
  visitWebPage: (_mode, flag) => ({ marketoCookie: path('cookie'), associateLead: flag || path('associate') }),
  requestCampaign: (_mode, flag, { mergeDuplicates }) => ({
    campaignId: path('campaign'),
    tokens: { 'my.plan': path('plan') },
    maxAgeHours: mergeDuplicates ? 1_000_000 : flag ? 48 : null
  }),
  setProgramStatus: () => ({
    programId: 2001,
    status: path('status'),
    memberFields: {
      ...{ registrationCode: path('plan'), seats: path('score'), vip: path('ratio') },
      noSuchField: path('unknown')
    }
  }),
  syncList: () => ({ listId: path('listId'), membership: path('membership') }),
  syncCustomObject: (mode, flag, { mergeDuplicates }) => ({
    __segment_internal_sync_mode: mode,
    ...(mergeDuplicates ? OF_EMAIL : flag ? CAR : PURCHASE),
    createLead: path('create')
  })
}

/** The same mapping, but each literal has another value for events with the property `varies`. */
function varied(mapping: JSONObject): JSONObject {
  return Object.fromEntries(
    Object.entries(mapping).map(([field, value]) => {
      if (isDirective(value)) return [field, value]
      if (isObject(value)) return [field, varied(value)]
      const other = typeof value === 'number' ? value + 1 : `${JSON.stringify(value)} 2`
      return [field, { '@if': { exists: path('varies'), then: other, else: value } }]
    })
  )
}

/** @param byExample uses the mapping of the action's example, as for an action without a mapping of its own here */
function mappingOf(
  action: ActionKey,
  mode: string,
  flag: boolean,
  byExample: boolean,
  options: JSONObject
): JSONObject {
  const { createLead } = destination.actions[action].fields
  return {
    ...SHARED,
    ...(createLead && { createLead: flag }),
    ...((byExample ? undefined : MAPPINGS[action]?.(mode, flag, options)) ?? varied(EXAMPLES[action].mapping))
  }
}

const TROUBLESOME: Record<Trouble, JSONObject> = {
  'unknown field': { unknown: 1 },
  // Only such events have this property: Marketo does not see a value that a later event of the same lead overwrites.
  'bad value': { ratio: 'high' },
  'convertible value': { score: '5' },
  'long value': { lastName: 'x'.repeat(300) },
  object: { score: { high: 5 } }
}

export const segmentEvents = ({ events }: Universe): TestEvent[] =>
  events.map(({ userId, anonymousId, spelling = 'firstName', name, trouble, at = NOW, ...properties }, i) => ({
    userId,
    anonymousId,
    event: name,
    timestamp: at,
    traits: { ...(properties.firstName !== undefined && { [spelling]: properties.firstName }) },
    properties: {
      ...properties,
      ...(trouble && TROUBLESOME[trouble]),
      mark: `event-${i}`,
      primary: properties.repeats ? 'repeated' : `event-${i}`,
      ...(!properties.isUndated && { date: at }),
      url: `https://x.org/event-${i}`
    },
    context: { userAgent: 'Mozilla/5.0' }
  }))
