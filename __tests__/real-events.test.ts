import type { JSONObject } from '@segment/actions-core'
import { engage } from './real-events/engage'
import { libraries } from './real-events/libraries'
import { otherTools } from './real-events/other-tools'
import { people } from './real-events/people'
import { LIST } from './real-events/real-event'
import type { RealEvent, Result } from './real-events/real-event'
import { reverseEtl } from './real-events/reverse-etl'
import { sources } from './real-events/sources'
import { eventOf, sendOne, statusesOf, WAYS } from './support/events'
import { anonymousTracking, sendBatch, settings, useSandbox } from './support/marketo'
import type { Reported, Sending, TestEvent } from './support/marketo'

/**
 * Events as tools really write them, and what must stand in Marketo for each: as a single event and in a batch, with
 * anonymous tracking on and off.
 */
const REAL_EVENTS: RealEvent[] = [...libraries, ...otherTools, ...sources, ...engage, ...reverseEtl, ...people]

const sandbox = useSandbox()

/** What the framework fills in for tests is absent here. */
const asSent = ({ event }: RealEvent): TestEvent => ({
  ...{ userId: undefined, anonymousId: undefined, traits: undefined, properties: undefined, context: {} },
  ...event
})

async function prepare({ leads = [], isOnList }: RealEvent): Promise<void> {
  sandbox().reset({ leads })
  if (!isOnList) return
  const member = eventOf({ userId: String(leads[0].userId) })
  await sendOne('single', 'syncList', member, { mapping: { listId: LIST, membership: 'add' } })
}

const leftOutOf = ({ body }: Reported): unknown[] => (Array.isArray(body?.leftOut) ? body.leftOut : [])

/** What stands in Marketo, and what the customer learns. */
function resultOf(report: Reported): JSONObject {
  const { leads, activities, lists, visits } = sandbox().state()
  const members = lists.find(({ id }) => id === LIST)?.leadIds ?? []
  const withLead = [...members, ...activities.map(({ leadId }) => leadId)]
  return {
    status: report.status < 300 ? 'done' : report.status,
    leads: leads.map(({ fields }) => fields),
    about: withLead.map((id) => leads.findIndex((lead) => lead.id === id)),
    visits: visits.map(({ url }) => url),
    leftOut: leftOutOf(report).length
  }
}

const expected = ({ refused, leads, lead, visit, leftOut = [] }: Result): JSONObject => ({
  status: refused ? 400 : 'done',
  leads,
  about: lead === undefined ? [] : [lead],
  visits: visit === undefined ? [] : [visit],
  leftOut: leftOut.length
})

describe.each([
  ['on', anonymousTracking],
  ['off', settings]
] as const)('With anonymous tracking %s', (tracking, settings) => {
  describe.each(WAYS)('%s:', (way) => {
    it.each(REAL_EVENTS)('$title', async (real) => {
      await prepare(real)
      const sending: Sending = { mapping: real.mapping, settings }
      const result = (tracking === 'off' ? real.off : undefined) ?? real.on
      const report = await sendOne(way, real.action, asSent(real), sending)
      expect(resultOf(report)).toEqual(expected(result))
      if (result.refused) expect(report.errormessage).toMatch(result.refused)
      leftOutOf(report).forEach((text, i) => expect(text).toMatch(result.leftOut?.[i] ?? /$^/))
    })
  })
})

it('There are at least 60 events, each with a title of its own and its origin', () => {
  expect(REAL_EVENTS.length).toBeGreaterThanOrEqual(60)
  expect(new Set(REAL_EVENTS.map(({ title }) => title)).size).toBe(REAL_EVENTS.length)
  for (const { origin } of REAL_EVENTS) expect(origin).toMatch(/\.(com|org|dev)\b/)
})

it('In one batch, the Identify events of all libraries end as they do alone', async () => {
  const alone = libraries.filter(({ action, leads, mapping }) => action === 'upsertLead' && !leads && !mapping)
  sandbox().reset({ leads: [] })
  const reports = await sendBatch('upsertLead', alone.map(asSent), { settings: anonymousTracking })
  expect(statusesOf(reports)).toEqual(alone.map(({ on }) => (on.refused ? 400 : 200)))
})
