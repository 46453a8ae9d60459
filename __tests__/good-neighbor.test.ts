import { createTestEvent, Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../src'
import * as limits from '../src/marketo/transport/limits'
import { eventOf, statusesOf, times } from './support/events'
import { mappingOf, sendBatch, settings, useSandbox, withoutTimeLimit } from './support/marketo'
import type { ActionKey, Reported, Sending, TestEvent } from './support/marketo'
import { ONE_CALL, ORDER, track } from './support/numbered-events'

/** All integrations of an instance share its limits, and a refused call counts, too. */

const sandbox = useSandbox()
const time: { BATCH_MS: number } = limits
withoutTimeLimit()

const people = (count: number) => times(count, (i) => eventOf({ userId: `u${i}`, email: `p${i}@x.org` }))
const leads = (count: number) => times(count, (i) => ({ id: 11 + i, userId: `u${i}`, email: `p${i}@x.org` }))

/** Requests with tokens of their own: each costs a call. */
const OWN_TOKENS: Sending = { mapping: { campaignId: 3001, tokens: { 'my.name': { '@path': '$.userId' } } } }
const calls = () => sandbox().state().usage.byEndpoint

describe('After the first 606, 607 or 615, a batch starts no further call:', () => {
  it.each(['606', '607', '615'])('%s', async (code) => {
    sandbox().reset({ leads: leads(300) })
    sandbox().addFault({ endpoint: 'requestCampaign', kind: 'error', code, after: 20, times: 1_000 })
    const reports = await sendBatch('requestCampaign', people(300), OWN_TOKENS)
    expect(new Set(statusesOf(reports))).toEqual(new Set([200, 429]))
    // Five are under way when the first one is refused.
    expect(calls().requestCampaign).toBeLessThanOrEqual(20 + 5)
    const notStarted = reports.filter(({ errormessage }) => errormessage?.includes('not started'))
    expect(notStarted.length).toBeGreaterThanOrEqual(300 - 25)
    for (const { status, sent } of notStarted) expect({ status, sent }).toEqual({ status: 429, sent: undefined })
  })

  it('so three batches beyond the limit make at most 15 calls in vain', async () => {
    sandbox().reset({ leads: leads(300) })
    sandbox().setLimits({ callsPerWindow: 100 })
    const reports = await Promise.all(times(3, () => sendBatch('requestCampaign', people(300), OWN_TOKENS)))
    expect(new Set(reports.flatMap(statusesOf))).toEqual(new Set([200, 429]))
    expect(sandbox().state().usage.total).toBeLessThanOrEqual(100 + 15)
  })

  it.each([
    ['upsertLead', { lookupField: 'email' }, 'syncLeads'],
    ['upsertLead', {}, 'getLeads'],
    ['sendCustomActivity', { ...ORDER, primaryAttributeValue: 'x' }, 'getLeads'],
    ['syncList', { listId: 1001, membership: 'add' }, 'getLeads'],
    ['setProgramStatus', { programId: 2001, status: 'Invited' }, 'getLeads'],
    ['syncCustomObject', { objectName: 'car_c', fields: { vin: { '@path': '$.userId' } } }, 'getLeads'],
    ['requestCampaign', { campaignId: 3001 }, 'getLeads']
  ] as const)('%s %j', async (action, mapping, endpoint) => {
    sandbox().setLimits({ callsPerWindow: 1_000 })
    sandbox().addFault({ endpoint, kind: 'error', code: '606', times: 100 })
    const reports = await sendBatch(action, people(600), { mapping })
    expect(new Set(statusesOf(reports))).toEqual(new Set([429]))
    expect(calls()[endpoint]).toBeLessThanOrEqual(5)
    const { [endpoint]: _refused, describeCustomObject: _read, ...others } = calls()
    expect(others).toEqual({})
  })

  it('but visits are still reported', async () => {
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '606', times: 100 })
    expect(new Set(statusesOf(await sendBatch('visitWebPage', people(60))))).toEqual(new Set([202]))
    expect(sandbox().state().visits).toHaveLength(60)
  })
})

describe('All batches of a process together have at most five calls under way:', () => {
  const slow = (concurrentCalls: number) => {
    sandbox().setLimits({ concurrentCalls, callsPerWindow: 10_000 })
    sandbox().addFault({ endpoint: '*', kind: 'delay', ms: 50, times: 10_000 })
  }
  const batches = () =>
    Promise.all(times(8, () => sendBatch('sendCustomActivity', times(600, track), ONE_CALL.sendCustomActivity.sending)))

  it.each<[number, number[]]>([
    [5, [200]],
    [4, [200, 429]]
  ])('with %i allowed', async (allowed, statuses) => {
    sandbox().reset({ leads: [{ id: 1001 }] })
    slow(allowed)
    expect(new Set((await batches()).flatMap(statusesOf))).toEqual(new Set(statuses))
  })

  it('another integration that has five calls under way all the time is never refused', async () => {
    sandbox().reset({ leads: [{ id: 1001 }] })
    slow(10)
    let isOver = false
    const refused: unknown[] = []
    let answered = 0
    const other = async () => {
      const token = await signIn()
      while (!isOver) {
        const body = await read('/rest/v1/leads.json?filterType=id&filterValues=1001', token)
        if (body.success !== true) refused.push(body)
        answered += 1
      }
    }
    const others = times(5, other)
    const reports = await batches()
    isOver = true
    await Promise.all(others)
    expect(refused).toEqual([])
    expect(answered).toBeGreaterThan(10)
    expect(new Set(reports.flatMap(statusesOf))).toEqual(new Set([200]))
  })

  it('a single event does not wait behind a batch of 300 calls', async () => {
    sandbox().reset({ leads: leads(300) })
    slow(10)
    const campaign = sendBatch('requestCampaign', people(300), OWN_TOKENS)
    while ((calls().requestCampaign ?? 0) < 10) await new Promise((resolve) => setTimeout(resolve, 20))
    const before = calls().requestCampaign ?? 0
    expect(statusesOf(await sendBatch('upsertLead', people(1)))).toEqual([200])
    // Two calls of its own, each after one of the five that are under way.
    expect((calls().requestCampaign ?? 0) - before).toBeLessThan(40)
    expect(new Set(statusesOf(await campaign))).toEqual(new Set([200]))
  })

  it('merges hold at most two of them', async () => {
    const pairs = times(6, (i) => [
      { id: 100 + i, email: `p${i}@x.org` },
      { id: 200 + i, userId: `u${i}` }
    ])
    sandbox().reset({ leads: pairs.flat() })
    sandbox().setLimits({ callsPerWindow: 1_000 })
    sandbox().addFault({ endpoint: 'mergeLeads', kind: 'delay', ms: 400, times: 100 })
    const merging = sendBatch('upsertLead', people(6), { mapping: { mergeDuplicates: true } })
    while (!calls().mergeLeads) await new Promise((resolve) => setTimeout(resolve, 20))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(calls().mergeLeads).toBe(2)
    expect((await merging).map(({ body }) => body?.merged)).toEqual(times(6, (i) => [200 + i]))
  })
})

describe('A call that hangs gives its place back', () => {
  const orders = { mapping: { ...ORDER, primaryAttributeValue: 'x', leadId: 1001 } }
  const hang = () => sandbox().addFault({ endpoint: 'addActivities', kind: 'delay', ms: 20_000, times: 5 })
  /** Takes all five places. */
  const occupy = (signal?: AbortSignal) => sendUntil('sendCustomActivity', people(1_500), orders, signal)

  beforeEach(() => sandbox().reset({ leads: [{ id: 1001 }] }))

  it('when the platform stops waiting', async () => {
    hang()
    const stop = new AbortController()
    const hanging = occupy(stop.signal)
    while ((calls().addActivities ?? 0) < 5) await new Promise((resolve) => setTimeout(resolve, 20))
    const next = sendBatch('sendCustomActivity', people(1), orders)
    stop.abort()
    expect(statusesOf(await next)).toEqual([200])
    expect(new Set(statusesOf(await hanging))).toEqual(new Set([503]))
  })

  it('and who waits for it in vain does not wait longer than a batch may take', async () => {
    hang()
    const stop = new AbortController()
    const hanging = occupy(stop.signal)
    while ((calls().addActivities ?? 0) < 5) await new Promise((resolve) => setTimeout(resolve, 20))
    jest.replaceProperty(time, 'BATCH_MS', 300)
    const [report] = await sendBatch('sendCustomActivity', people(1), orders)
    expect(report).toMatchObject({ status: 503, errormessage: expect.stringContaining('not started') as string })
    stop.abort()
    await hanging
  })
})

/** Sends a batch that the signal can stop. */
async function sendUntil(
  action: ActionKey,
  events: TestEvent[],
  sending: Sending,
  signal?: AbortSignal
): Promise<Reported[]> {
  const reports = await new Destination(destination).actions[action].executeBatch({
    data: events.map((event) => createTestEvent(event)) as unknown as JSONObject[],
    mapping: mappingOf(action, sending),
    settings,
    auth: undefined,
    signal
  })
  return reports as unknown as Reported[]
}

/** What another integration does. */
async function signIn(): Promise<string> {
  const query = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: settings.clientId,
    client_secret: settings.clientSecret
  })
  const answer = await fetch(`${sandbox().url}/identity/oauth/token?${query.toString()}`)
  return ((await answer.json()) as { access_token: string }).access_token
}

async function read(path: string, token: string): Promise<{ success?: boolean }> {
  const answer = await fetch(`${sandbox().url}${path}`, { headers: { authorization: `Bearer ${token}` } })
  return (await answer.json()) as { success?: boolean }
}
