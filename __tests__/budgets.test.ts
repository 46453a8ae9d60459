import type { JSONObject } from '@segment/actions-core'
import * as limits from '../src/marketo/limits'
import { eventOf, statusesOf, times } from './support/events'
import type { Who } from './support/events'
import { anonymousTracking, callsOf, sendBatch, settings, useSandbox } from './support/marketo'
import type { ActionKey, Sending } from './support/marketo'

const sandbox = useSandbox()
const time: { BATCH_MS: number } = limits
// Calls are counted here, however slow the machine is.
beforeAll(() => void jest.replaceProperty(time, 'BATCH_MS', 60_000))
afterAll(() => jest.restoreAllMocks())

/** Everybody who is in Marketo before a test, or nobody. */
function start(leads: JSONObject[]): void {
  sandbox().reset({ leads })
  // The calls of a test are counted; how many Marketo allows in 20 seconds is another matter.
  sandbox().setLimits({ callsPerWindow: 10_000 })
}

/** REST calls for one batch, all of whose events must be done. */
async function cost(action: ActionKey, people: Who[], sending: Sending = {}): Promise<number> {
  let statuses: number[] = []
  const calls = await callsOf(sandbox(), async () => {
    statuses = statusesOf(
      await sendBatch(
        action,
        people.map((who) => eventOf(who)),
        sending
      )
    )
  })
  expect(statuses).toEqual(people.map(() => (action === 'visitWebPage' ? 202 : 200)))
  return calls
}

const email = (i: number) => `person-${i}@example.com`
const everybody = (n: number) => times(n, (i) => ({ email: email(i), userId: `u${i}` }))
const activity = (more: JSONObject = {}): JSONObject => ({
  activityTypeId: 100001,
  primaryAttributeValue: 'x',
  ...more
})

/** A quarter each: known by email, by user ID, by Anonymous ID, and new with an email. */
const KINDS: ((i: number) => { lead?: JSONObject; who: Who })[] = [
  (i) => ({ lead: { email: email(i) }, who: { email: email(i), userId: `u${i}`, anonymousId: `x${i}` } }),
  (i) => ({ lead: { userId: `u${i}` }, who: { email: email(i), userId: `u${i}`, anonymousId: `x${i}` } }),
  (i) => ({ lead: { anonymousId: `x${i}` }, who: { email: email(i), userId: `u${i}`, anonymousId: `x${i}` } }),
  (i) => ({ who: { email: email(i), userId: `u${i}`, anonymousId: `x${i}` } })
]
const mix = (n: number) => times(n, (i) => KINDS[i % 4](i))
const leadsOf = (people: { lead?: JSONObject }[]) => people.flatMap(({ lead }) => (lead ? [lead] : []))

describe.each([300, 1_000])('For %d events', (n) => {
  const k = Math.ceil(n / 300)

  describe('of Upsert Lead', () => {
    it(`an explicit lookup field needs ${k}, cold and warm`, async () => {
      start([])
      for (const lookupField of ['email', 'userId']) {
        expect(await cost('upsertLead', everybody(n), { mapping: { lookupField } })).toBe(k)
        expect(await cost('upsertLead', everybody(n), { mapping: { lookupField } })).toBe(k)
      }
      expect(sandbox().state().leads).toHaveLength(n)
    })

    it(`people known by email need ${2 * k}`, async () => {
      start(times(n, (i) => ({ email: email(i) })))
      expect(await cost('upsertLead', everybody(n))).toBe(2 * k)
    })

    it(`people known by user ID who have no email need ${2 * k}`, async () => {
      start(times(n, (i) => ({ userId: `u${i}` })))
      expect(
        await cost(
          'upsertLead',
          times(n, (i) => ({ userId: `u${i}` }))
        )
      ).toBe(2 * k)
    })

    it(`new people need ${3 * k}, and ${2 * k} from then on`, async () => {
      start([])
      expect(await cost('upsertLead', everybody(n), { settings })).toBe(3 * k)
      expect(await cost('upsertLead', everybody(n), { settings })).toBe(2 * k)
      expect(sandbox().state().leads).toHaveLength(n)
    })

    it(`the worst mix needs ${5 * k} at most, and ${2 * k} from then on`, async () => {
      const people = mix(n)
      start(leadsOf(people))
      const who = people.map((person) => person.who)
      const calls = await cost('upsertLead', who, { settings: anonymousTracking })
      expect(calls).toBeLessThanOrEqual(5 * k)
      if (n === 300) expect(calls).toBe(5)
      expect(
        sandbox()
          .state()
          .leads.map(({ fields }) => fields.userId)
      ).toHaveLength(n)
      expect(await cost('upsertLead', who, { settings: anonymousTracking })).toBe(2 * k)
    })

    it(`web activity needs one call more for each of 50 new visitors, and ${k} for who owns the tokens`, async () => {
      start(everybody(n))
      const sending = { mapping: { associateWebActivity: true } }
      expect(await cost('upsertLead', everybody(n), sending)).toBe(3 * k + 50)
      expect(await cost('upsertLead', everybody(n), sending)).toBe(3 * k + 50)
    }, 30_000)
  })

  describe('of Send Custom Activity', () => {
    it(`a lead ID needs ${k}`, async () => {
      start(times(n, (i) => ({ id: i + 1 })))
      const events = times(n, (i) => eventOf({ userId: `u${i}` }, { leadId: i + 1 }))
      const calls = await callsOf(sandbox(), () =>
        sendBatch('sendCustomActivity', events, { mapping: activity({ leadId: { '@path': '$.traits.leadId' } }) })
      )
      expect(calls).toBe(k)
      expect(sandbox().state().activities).toHaveLength(n)
    })

    it(`people known by email need ${2 * k}`, async () => {
      start(times(n, (i) => ({ email: email(i) })))
      expect(await cost('sendCustomActivity', everybody(n), { mapping: activity() })).toBe(2 * k)
    })

    it(`new people need ${4 * k}, and ${2 * k} from then on`, async () => {
      start([])
      expect(await cost('sendCustomActivity', everybody(n), { mapping: activity() })).toBe(4 * k)
      expect(await cost('sendCustomActivity', everybody(n), { mapping: activity() })).toBe(2 * k)
      expect(sandbox().state().leads).toHaveLength(n)
    })

    it(`the worst mix needs ${5 * k} at most`, async () => {
      const people = mix(n)
      start(leadsOf(people))
      const sending = { mapping: activity(), settings: anonymousTracking }
      const calls = await cost(
        'sendCustomActivity',
        people.map(({ who }) => who),
        sending
      )
      expect(calls).toBeLessThanOrEqual(5 * k)
      if (n === 300) expect(calls).toBe(5)
      expect(sandbox().state().leads).toHaveLength(n)
      expect(sandbox().state().activities).toHaveLength(n)
    })

    it(`one person needs ${k + 1}`, async () => {
      start([{ userId: 'ada' }])
      const ada = times(n, () => ({ userId: 'ada' }))
      expect(await cost('sendCustomActivity', ada, { mapping: activity() })).toBe(k + 1)
    })
  })

  describe('of Visit Web Page', () => {
    it.each<[string, (i: number) => Who]>([
      ['email', (i) => ({ email: email(i), userId: `u${i}` })],
      ['user ID', (i) => ({ userId: `u${i}` })]
    ])(
      `visitors known by %s need ${2 * k} and one for each of 50 new ones, and ${
        2 * k
      } and 50 more at most from then on`,
      async (_, who) => {
        start(everybody(n))
        const visitors = times(n, who)
        expect(await cost('visitWebPage', visitors)).toBe(2 * k + 50)
        const tied = () =>
          new Set(
            sandbox()
              .state()
              .visits.flatMap(({ leadId }) => leadId ?? [])
          ).size
        expect(tied()).toBe(50)
        expect(await cost('visitWebPage', visitors)).toBeLessThanOrEqual(2 * k + 50)
        expect(tied()).toBe(100)
      },
      30_000
    )

    it(`visitors known by their browser need ${2 * k} and one for each of 50 new ones, and ${
      2 * k
    } and 50 more at most from then on`, async () => {
      start(times(n, (i) => ({ anonymousId: `x${i}` })))
      const visitors = times(n, (i) => ({ anonymousId: `x${i}` }))
      const sending = { settings: anonymousTracking }
      expect(await cost('visitWebPage', visitors, sending)).toBe(2 * k + 50)
      expect(await cost('visitWebPage', visitors, sending)).toBeLessThanOrEqual(2 * k + 50)
    }, 30_000)

    it(`strangers need ${3 * k}, cold and warm, and no association`, async () => {
      start([])
      expect(await cost('visitWebPage', everybody(n))).toBe(3 * k)
      expect(await cost('visitWebPage', everybody(n))).toBe(3 * k)
      expect(sandbox().state().usage.byEndpoint).toEqual({ getLeads: 6 * k })
    })

    it('no association needs no call', async () => {
      start(everybody(n))
      expect(await cost('visitWebPage', everybody(n), { mapping: { associateLead: false } })).toBe(0)
    })
  })

  it('one access token is enough', async () => {
    start(everybody(n))
    await cost('upsertLead', everybody(n))
    await cost('sendCustomActivity', everybody(n), { mapping: activity() })
    expect(sandbox().state().usage.uncounted.identity).toBe(0)
  })
})
