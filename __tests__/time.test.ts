import { createTestEvent, Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import type { Endpoint } from '../sandbox/contract'
import destination from '../src'
import * as limits from '../src/marketo/transport/limits'
import { eventOf, statusesOf, times } from './support/events'
import { mappingOf, sendBatch, settings, useSandbox } from './support/marketo'
import type { ActionKey, Reported } from './support/marketo'

const sandbox = useSandbox()
const time: { BATCH_MS: number } = limits
const people = (n: number) => times(n, (i) => ({ email: `p${i}@x.org`, userId: `u${i}` }))
const ORDER = { activityTypeId: 100001, primaryAttributeValue: 'order' }
const ACTIONS = ['upsertLead', 'sendCustomActivity', 'visitWebPage'] as const
beforeEach(() => sandbox().reset({ leads: people(3) }))
afterEach(() => jest.restoreAllMocks())

const allow = (milliseconds: number) => jest.replaceProperty(time, 'BATCH_MS', milliseconds)

/** Ends the time limit of a batch as soon as Marketo gets the first call of an endpoint. */
function endTimeWith(endpoint: Endpoint): void {
  const now = Date.now
  jest.spyOn(Date, 'now').mockImplementation(() => {
    const { byEndpoint, uncounted } = sandbox().state().usage
    const calls = { ...byEndpoint, ...uncounted }[endpoint] ?? 0
    return calls > 0 ? now() + limits.BATCH_MS : now()
  })
}

describe('After the time limit of a batch', () => {
  it.each(ACTIONS)('%s starts no call, and Segment retries every event', async (action) => {
    allow(0)
    const reports = await sendBatch(
      action,
      people(3).map((who) => eventOf(who)),
      { mapping: ORDER }
    )
    for (const { status, sent, errormessage } of reports) {
      expect({ status, sent }).toEqual({ status: 503, sent: undefined })
      expect(errormessage).toContain('not started')
    }
    expect(sandbox().state()).toMatchObject({ usage: { total: 0 }, visits: [], activities: [] })
  })

  it('Upsert Lead writes no lead, even if the look-up is done', async () => {
    endTimeWith('getLeads')
    const reports = await sendBatch(
      'upsertLead',
      people(3).map((who) => eventOf(who))
    )
    expect(statusesOf(reports)).toEqual([503, 503, 503])
    expect(sandbox().state().usage.byEndpoint).toEqual({ getLeads: 1 })
  })
})

describe('When the time limit ends halfway through a batch, finished events are reported, and the rest leave no trace:', () => {
  it.each([
    ['leads', 'upsertLead', 'syncLeads', { lookupField: 'email' }],
    ['activities', 'sendCustomActivity', 'addActivities', { ...ORDER, leadId: 7 }]
  ] as const)('%s', async (what, action, endpoint, mapping) => {
    sandbox().reset({ leads: [{ id: 7, plan: 'pro' }] })
    // One call holds 300 events, and five calls run at once, so the sixth call does not start.
    const written = 1_500
    endTimeWith(endpoint)
    const events = people(1_600).map((who) => eventOf(who))
    const reports = await sendBatch(action, events, { mapping })
    expect(statusesOf(reports)).toEqual(times(1_600, (i) => (i < written ? 200 : 503)))
    for (const { sent, errormessage } of reports.slice(written)) {
      expect(sent).toBeUndefined()
      expect(errormessage).toContain('not started')
    }
    const { leads, activities, usage } = sandbox().state()
    expect(what === 'leads' ? leads.length - 1 : activities.length).toBe(written)
    expect(usage.byEndpoint).toEqual({ [endpoint]: 5 })
  })

  it('visits', async () => {
    sandbox().reset({ leads: people(60) })
    // 25 visits are reported at once.
    endTimeWith('munchkin')
    const reports = await sendBatch(
      'visitWebPage',
      people(60).map((who) => eventOf(who))
    )
    expect(statusesOf(reports)).toEqual(times(60, (i) => (i < 25 ? 202 : 503)))
    for (const { body } of reports.slice(0, 25))
      expect(body?.webActivity).toBe('not yet associated: with a later visit')
    for (const { sent } of reports.slice(25)) expect(sent).toBeUndefined()
    expect(sandbox().state().visits).toHaveLength(25)
    expect(sandbox().state().usage.byEndpoint.associateLead).toBeUndefined()
  })
})

/** Sends a batch of three events that the signal can stop. */
async function sendUntil(signal: AbortSignal, action: ActionKey): Promise<Reported[]> {
  const reports = await new Destination(destination).actions[action].executeBatch({
    data: people(3).map((who) => createTestEvent(eventOf(who))) as unknown as JSONObject[],
    mapping: mappingOf(action, { mapping: ORDER }),
    settings,
    auth: undefined,
    signal
  })
  return reports as unknown as Reported[]
}

describe('When the platform stops waiting', () => {
  it('during a sign-in, other batches that wait for the same token still get it', async () => {
    sandbox().expireTokens()
    sandbox().addFault({ endpoint: 'identity', kind: 'delay', ms: 1_500 })
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 500)
    const [impatient, patient] = await Promise.all([
      sendUntil(stop.signal, 'upsertLead'),
      sendBatch('sendCustomActivity', [eventOf(people(1)[0])], {
        mapping: { ...ORDER, leadId: sandbox().state().leads[0].id }
      })
    ])
    for (const { status, errormessage } of impatient) {
      expect({ status, errormessage }).toMatchObject({
        status: 503,
        errormessage: expect.stringMatching(/stopped/) as string
      })
    }
    expect(statusesOf(patient)).toEqual([200])
    expect(sandbox().state().usage).toMatchObject({ byEndpoint: { addActivities: 1 }, uncounted: { identity: 1 } })
  })

  it.each([
    ['upsertLead', 'getLeads'],
    ['sendCustomActivity', 'addActivities'],
    ['visitWebPage', 'munchkin'],
    ['upsertLead', 'identity']
  ] as const)('%s ends at once, even during %s', async (action, endpoint) => {
    sandbox().addFault({ endpoint, kind: 'delay', ms: 5_000, times: 10 })
    // The sign-in can hang only if no token is cached.
    if (endpoint === 'identity') sandbox().expireTokens()
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 500)
    const started = Date.now()
    const reports = await sendUntil(stop.signal, action)
    expect(Date.now() - started).toBeLessThan(3_000)
    expect(statusesOf(reports)).toEqual([503, 503, 503])
  })
})

it.each(['606', '607', '615'])('No association starts after the first %s', async (code) => {
  sandbox().reset({ leads: people(40) })
  sandbox().addFault({ endpoint: 'associateLead', kind: 'error', code, times: 100 })
  const reports = await sendBatch(
    'visitWebPage',
    people(40).map((who) => eventOf(who))
  )
  expect(statusesOf(reports)).toEqual(times(40, () => 202))
  // The five associations that ran in parallel.
  expect(sandbox().state().usage.byEndpoint.associateLead).toBeLessThanOrEqual(5)
  for (const { body } of reports) expect(body?.webActivity).toBe('not yet associated: with a later visit')
})
