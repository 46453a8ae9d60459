import { createTestEvent, Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../src'
import * as limits from '../src/marketo/limits'
import { eventOf, statusesOf, times } from './support/events'
import { mappingOf, sendBatch, settings, useSandbox } from './support/marketo'
import type { Reported } from './support/marketo'

const sandbox = useSandbox()
const time: { BATCH_MS: number } = limits
const people = (n: number) => times(n, (i) => ({ email: `p${i}@x.org`, userId: `u${i}` }))
const ORDER = { activityTypeId: 100001, primaryAttributeValue: 'order' }
const ACTIONS = ['upsertLead', 'sendCustomActivity', 'visitWebPage'] as const
beforeEach(() => sandbox().reset({ leads: people(3) }))
afterEach(() => jest.restoreAllMocks())

const allow = (milliseconds: number) => jest.replaceProperty(time, 'BATCH_MS', milliseconds)

describe('When the time for a batch is over', () => {
  it.each(ACTIONS)('%s starts no call, and every event is to be sent again', async (action) => {
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

  it('what is found but not written is left alone', async () => {
    await sendBatch('upsertLead', [eventOf({ userId: 'warm' })])
    sandbox().reset({ leads: people(3) })
    allow(500)
    sandbox().addFault({ endpoint: 'getLeads', kind: 'delay', ms: 700 })
    const reports = await sendBatch(
      'upsertLead',
      people(3).map((who) => eventOf(who))
    )
    expect(statusesOf(reports)).toEqual([503, 503, 503])
    expect(sandbox().state().usage.byEndpoint).toEqual({ getLeads: 1 })
  })
})

describe('When the platform stops waiting', () => {
  it.each([
    ['upsertLead', 'getLeads'],
    ['sendCustomActivity', 'addActivities'],
    ['visitWebPage', 'munchkin'],
    ['upsertLead', 'identity']
  ] as const)('%s ends at once, even during %s', async (action, endpoint) => {
    const fresh = { ...settings, clientSecret: 'sandbox' }
    sandbox().addFault({ endpoint, kind: 'delay', ms: 5_000, times: 10 })
    // No token is at hand where signing in is what hangs.
    if (endpoint === 'identity') sandbox().expireTokens()
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 500)
    const started = Date.now()
    const reports = (await new Destination(destination).actions[action].executeBatch({
      data: people(3).map((who) => createTestEvent(eventOf(who))) as unknown as JSONObject[],
      mapping: mappingOf(action, { mapping: ORDER }),
      settings: fresh,
      auth: undefined,
      signal: stop.signal
    })) as unknown as Reported[]
    expect(Date.now() - started).toBeLessThan(3_000)
    expect(statusesOf(reports)).toEqual([503, 503, 503])
  })
})

it.each(['606', '607', '615'])('No association is started after the first %s', async (code) => {
  sandbox().reset({ leads: people(40) })
  sandbox().addFault({ endpoint: 'associateLead', kind: 'error', code, times: 100 })
  const reports = await sendBatch(
    'visitWebPage',
    people(40).map((who) => eventOf(who))
  )
  expect(statusesOf(reports)).toEqual(times(40, () => 202))
  // The five that were under way together.
  expect(sandbox().state().usage.byEndpoint.associateLead).toBeLessThanOrEqual(5)
  for (const { body } of reports) expect(body?.webActivity).toBe('not yet associated: with a later visit')
})
