import type { JSONObject } from '@segment/actions-core'
import { eventOf, statusesOf, times } from './support/events'
import type { Who } from './support/events'
import { anonymousTracking, callsOf, sendBatch, settings, useSandbox, withoutTimeLimit } from './support/marketo'
import type { ActionKey, Sending } from './support/marketo'

const sandbox = useSandbox()
withoutTimeLimit()

/** Starts a test with these leads in Marketo. */
function start(leads: JSONObject[]): void {
  sandbox().reset({ leads })
  // These tests count calls, and are not about the limit for 20 seconds.
  sandbox().setLimits({ callsPerWindow: 10_000 })
}

/** Counts the REST calls of one batch. All its events must succeed. */
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

/** Four kinds of people in equal shares: known by email, by user ID, by Anonymous ID, and new with an email. */
const KINDS: ((i: number) => { lead?: JSONObject; who: Who })[] = [
  (i) => ({ lead: { email: email(i) }, who: { email: email(i), userId: `u${i}`, anonymousId: `x${i}` } }),
  (i) => ({ lead: { userId: `u${i}` }, who: { email: email(i), userId: `u${i}`, anonymousId: `x${i}` } }),
  (i) => ({ lead: { anonymousId: `x${i}` }, who: { email: email(i), userId: `u${i}`, anonymousId: `x${i}` } }),
  (i) => ({ who: { email: email(i), userId: `u${i}`, anonymousId: `x${i}` } })
]
const mix = (n: number) => times(n, (i) => KINDS[i % 4](i))
const leadsOf = (people: { lead?: JSONObject }[]) => people.flatMap(({ lead }) => (lead ? [lead] : []))

describe.each([300, 1_000])('The number of calls for %d events', (n) => {
  const k = Math.ceil(n / 300)

  describe('of Upsert Lead', () => {
    it(`is ${k} with an explicit lookup field, for new and for known people`, async () => {
      start([])
      for (const lookupField of ['email', 'userId']) {
        expect(await cost('upsertLead', everybody(n), { mapping: { lookupField } })).toBe(k)
        expect(await cost('upsertLead', everybody(n), { mapping: { lookupField } })).toBe(k)
      }
      expect(sandbox().state().leads).toHaveLength(n)
    })

    it(`is ${2 * k} for people known by email`, async () => {
      start(times(n, (i) => ({ email: email(i) })))
      expect(await cost('upsertLead', everybody(n))).toBe(2 * k)
    })

    it(`is ${
      2 * k
    } with fields that are written only if they are empty, also with a lookup field or lead IDs`, async () => {
      const rules: JSONObject = { customFields: { plan: 'pro', unsubscribed: false }, onlyIfEmpty: ['plan'] }
      for (const more of [{}, { lookupField: 'email' }, { leadId: { '@path': '$.traits.leadId' } }] as JSONObject[]) {
        start(times(n, (i) => ({ id: 1 + i, email: email(i), userId: `u${i}` })))
        const people = times(n, (i) => ({ email: email(i), userId: `u${i}`, leadId: 1 + i }))
        expect(await cost('upsertLead', people, { mapping: { ...rules, ...more } })).toBe(2 * k)
      }
    })

    it(`is ${k} with Never to False and a lookup field, because that rule needs no look-up`, async () => {
      start(everybody(n))
      const mapping = { customFields: { unsubscribed: false }, lookupField: 'email' }
      expect(await cost('upsertLead', everybody(n), { mapping })).toBe(k)
    })

    it(`is ${
      4 * k
    } with Merge Duplicates for known people without duplicates, and one Describe in an hour`, async () => {
      start(everybody(n))
      for (const describes of [1, 0]) {
        const calls = await cost('upsertLead', everybody(n), { mapping: { mergeDuplicates: true }, settings })
        expect(calls).toBe(4 * k + describes)
      }
    })

    it(`is ${2 * k} for people known by user ID who have no email`, async () => {
      start(times(n, (i) => ({ userId: `u${i}` })))
      expect(
        await cost(
          'upsertLead',
          times(n, (i) => ({ userId: `u${i}` }))
        )
      ).toBe(2 * k)
    })

    it(`is ${3 * k} for new people, and ${2 * k} from then on`, async () => {
      start([])
      expect(await cost('upsertLead', everybody(n), { settings })).toBe(3 * k)
      expect(await cost('upsertLead', everybody(n), { settings })).toBe(2 * k)
      expect(sandbox().state().leads).toHaveLength(n)
    })

    it(`is at most ${5 * k} for the worst mix, and ${2 * k} from then on`, async () => {
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

    it(`is one more for each of 50 new visitors with web activity, and ${k} more to look up their tokens`, async () => {
      start(everybody(n))
      const sending = { mapping: { associateWebActivity: true } }
      expect(await cost('upsertLead', everybody(n), sending)).toBe(3 * k + 50)
      expect(await cost('upsertLead', everybody(n), sending)).toBe(3 * k + 50)
    }, 30_000)
  })

  describe('of Send Custom Activity', () => {
    it(`is ${k} with lead IDs`, async () => {
      start(times(n, (i) => ({ id: i + 1 })))
      const events = times(n, (i) => eventOf({ userId: `u${i}` }, { leadId: i + 1 }))
      const calls = await callsOf(sandbox(), () =>
        sendBatch('sendCustomActivity', events, { mapping: activity({ leadId: { '@path': '$.traits.leadId' } }) })
      )
      expect(calls).toBe(k)
      expect(sandbox().state().activities).toHaveLength(n)
    })

    it(`is ${2 * k} for people known by email`, async () => {
      start(times(n, (i) => ({ email: email(i) })))
      expect(await cost('sendCustomActivity', everybody(n), { mapping: activity() })).toBe(2 * k)
    })

    it(`is ${4 * k} for new people, and ${2 * k} from then on`, async () => {
      start([])
      expect(await cost('sendCustomActivity', everybody(n), { mapping: activity() })).toBe(4 * k)
      expect(await cost('sendCustomActivity', everybody(n), { mapping: activity() })).toBe(2 * k)
      expect(sandbox().state().leads).toHaveLength(n)
    })

    it(`is at most ${5 * k} for the worst mix`, async () => {
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

    it(`is ${k + 1} for one person`, async () => {
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
      `for visitors known by %s is ${2 * k} plus one for each of 50 new visitors, then at most ${2 * k} plus 50`,
      async (_, who) => {
        start(everybody(n))
        const visitors = times(n, who)
        expect(await cost('visitWebPage', visitors)).toBe(2 * k + 50)
        const associatedLeads = () =>
          new Set(
            sandbox()
              .state()
              .visits.flatMap(({ leadId }) => leadId ?? [])
          ).size
        expect(associatedLeads()).toBe(50)
        expect(await cost('visitWebPage', visitors)).toBeLessThanOrEqual(2 * k + 50)
        expect(associatedLeads()).toBe(100)
      },
      30_000
    )

    it(`for visitors known by their browser is ${2 * k} plus one for each of 50 new visitors, then at most ${
      2 * k
    } plus 50`, async () => {
      start(times(n, (i) => ({ anonymousId: `x${i}` })))
      const visitors = times(n, (i) => ({ anonymousId: `x${i}` }))
      const sending = { settings: anonymousTracking }
      expect(await cost('visitWebPage', visitors, sending)).toBe(2 * k + 50)
      expect(await cost('visitWebPage', visitors, sending)).toBeLessThanOrEqual(2 * k + 50)
    }, 30_000)

    it(`is ${3 * k} for strangers each time, and none is associated`, async () => {
      start([])
      expect(await cost('visitWebPage', everybody(n))).toBe(3 * k)
      expect(await cost('visitWebPage', everybody(n))).toBe(3 * k)
      expect(sandbox().state().usage.byEndpoint).toEqual({ getLeads: 6 * k })
    })

    it('is 0 without association', async () => {
      start(everybody(n))
      expect(await cost('visitWebPage', everybody(n), { mapping: { associateLead: false } })).toBe(0)
    })
  })

  it(`of Set Program Status is ${2 * k} for people known by email, and ${3 * k} with Member Fields`, async () => {
    start(everybody(n))
    const mapping = { programId: 2001, status: 'Registered' }
    expect(await cost('setProgramStatus', everybody(n), { mapping })).toBe(2 * k)
    const fields = { memberFields: { seats: 2, registrationCode: { '@path': '$.userId' } } }
    expect(await cost('setProgramStatus', everybody(n), { mapping: { ...mapping, ...fields } })).toBe(3 * k)
  })

  it(`of Send Custom Activity is ${
    2 * k
  } for people known by email with objects as attributes, and 2 an hour`, async () => {
    start(everybody(n))
    const sending = { mapping: activity({ attributes: { coupon: { '@path': '$.traits' } } }) }
    expect(await cost('sendCustomActivity', everybody(n), sending)).toBe(2 * k + 2)
    expect(await cost('sendCustomActivity', everybody(n), sending)).toBe(2 * k)
  })

  it('includes no further sign-in', async () => {
    start(everybody(n))
    await cost('upsertLead', everybody(n))
    await cost('sendCustomActivity', everybody(n), { mapping: activity() })
    expect(sandbox().state().usage.uncounted.identity).toBe(0)
  })
})
