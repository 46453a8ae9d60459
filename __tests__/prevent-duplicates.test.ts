import type { JSONObject } from '@segment/actions-core'
import { times, statusesOf, sendOne, WAYS } from './support/events'
import { anonymousTracking, callsOf, sendBatch, useSandbox, withoutTimeLimit } from './support/marketo'
import type { TestEvent } from './support/marketo'

const sandbox = useSandbox({ callsPerWindow: 100_000 })
withoutTimeLimit()

const MAPPING: JSONObject = {
  activityTypeId: { '@path': '$.properties.type' },
  primaryAttributeValue: { '@path': '$.properties.order' },
  attributes: { coupon: { '@path': '$.properties.coupon' }, items: { '@path': '$.properties.items' } },
  email: { '@path': '$.properties.email' },
  preventDuplicates: true
}

const NOON = '2024-05-31T12:00:00.000Z'

const order = (i: number, more: JSONObject = {}, timestamp = NOON): TestEvent => ({
  userId: `u${i}`,
  timestamp,
  properties: { email: `person-${i}@example.com`, order: `order-${i}`, type: 100001, ...more }
})

const send = (events: TestEvent[], more: JSONObject = {}) =>
  sendBatch('sendCustomActivity', events, { mapping: { ...MAPPING, ...more } })

const recorded = () =>
  sandbox()
    .state()
    .activities.map(({ primaryAttributeValue }) => primaryAttributeValue)

const everybody = (n: number) =>
  sandbox().reset({ leads: times(n, (i) => ({ id: i + 1, email: `person-${i}@example.com` })) })

/** The calls of the log since the last reset. */
const logCalls = () => {
  const { pagingToken = 0, leadActivities = 0 } = sandbox().state().usage.byEndpoint
  return { pagingToken, leadActivities }
}

beforeEach(() => everybody(3))

describe('With Prevent Duplicates', () => {
  it.each(WAYS)('a replay is done, and nothing is recorded again (%s)', async (way) => {
    const once = () => sendOne(way, 'sendCustomActivity', order(0), { mapping: MAPPING })
    expect(await once()).toMatchObject({ status: 200, body: { status: 'added' } })
    expect(await once()).toMatchObject({ status: 200, body: { status: 'exists' } })
    expect(recorded()).toEqual(['order-0'])
  })

  it('a replay of a batch records only what is missing', async () => {
    await send([order(0), order(2)])
    const reports = await send([order(0), order(1), order(2)])
    expect(reports.map(({ body }) => body?.status)).toEqual(['exists', 'added', 'exists'])
    expect(reports[0]).toEqual({ status: 200, sent: {}, body: { status: 'exists' } })
    expect(recorded()).toEqual(['order-0', 'order-2', 'order-1'])
  })

  it('equal events of one batch count once, and the first one counts', async () => {
    const reports = await send([order(0, { coupon: 'a' }), order(0, { coupon: 'b' }), order(0)])
    expect(reports.map(({ body }) => body?.status)).toEqual(['added', 'exists', 'exists'])
    const [{ attributes }] = sandbox().state().activities
    expect(attributes).toEqual([{ apiName: 'coupon', value: 'a' }])
    expect(recorded()).toHaveLength(1)
  })

  it('an equal event whose lead is found only in a later round counts once, too', async () => {
    sandbox().reset({ leads: [{ id: 11, email: 'a@x.org', anonymousId: 'K' }], keepDefaults: false })
    const visit = (anonymousId: string, email?: string): TestEvent => ({
      ...{ userId: undefined, anonymousId, timestamp: NOON },
      properties: { order: 'order-1', type: 100001, ...(email && { email }) }
    })
    const reports = await sendBatch('sendCustomActivity', [visit('k'), visit('k', 'c@x.org'), visit('K')], {
      mapping: { ...MAPPING, createLead: true },
      settings: anonymousTracking
    })
    expect(reports.map(({ body }) => body?.status)).toEqual(['added', 'added', 'exists'])
    expect(
      sandbox()
        .state()
        .activities.map(({ leadId }) => leadId)
    ).toEqual([11, 1001])
  })

  it('an equal event is recorded if Marketo refuses the first one', async () => {
    const reports = await send([order(0, { items: 'many' }), order(0, { items: 'two' }), order(0), order(0)])
    expect(reports.map(({ status, body }) => (status === 200 ? body?.status : status))).toEqual([
      ...[400, 400, 'added', 'exists']
    ])
    expect(recorded()).toEqual(['order-0'])
  })

  it.each<[string, TestEvent]>([
    ['lead', order(1, { order: 'order-0' })],
    ['primary value', order(0, { order: 'Order-0' })],
    ['type', order(0, { type: 100002 })],
    ['second', order(0, {}, '2024-05-31T12:00:01.000Z')]
  ])('an event with another %s is another one', async (_what, other) => {
    await send([order(0)])
    expect((await send([other, order(0)])).map(({ body }) => body?.status)).toEqual(['added', 'exists'])
  })

  it.each(['2024-05-31T12:00:00.999Z', '2024-05-31T14:00:00+02:00', 'Fri, 31 May 2024 12:00:00 GMT', '1717156800'])(
    'the date counts to the second, however it is written: %s',
    async (date) => {
      await send([order(0)])
      const reports = await send([order(0, { date })], { activityDate: { '@path': '$.properties.date' } })
      expect(reports).toMatchObject([{ body: { status: 'exists' } }])
      expect(recorded()).toHaveLength(1)
    }
  )

  it('activities recorded by others with fractions of a second and another zone are found', async () => {
    sandbox().intrude('pagingToken', ({ activities }) => {
      activities.add({
        leadId: 1,
        activityDate: '2024-05-31T07:00:00.900-05:00',
        activityTypeId: 100001,
        activityTypeName: 'Order Completed',
        primaryAttributeValue: 'order-0',
        attributes: []
      })
    })
    expect(await send([order(0)])).toMatchObject([{ body: { status: 'exists' } }])
  })

  it('an event without a date is recorded as always, without a look at the log', async () => {
    const mapping = { activityDate: { '@path': '$.properties.date' } }
    for (const undated of [order(0), order(0, { date: null })]) {
      expect(statusesOf(await send([undated, undated], mapping))).toEqual([200, 200])
    }
    // The framework itself refuses empty text in a date.
    expect(statusesOf(await send([order(0, { date: '' })], mapping))).toEqual([400])
    expect(recorded()).toHaveLength(4)
    expect(logCalls()).toEqual({ pagingToken: 0, leadActivities: 0 })
  })

  it('a lead that is new is created once, and its activity recorded once', async () => {
    const stranger = order(9)
    expect(await send([stranger, stranger])).toMatchObject([
      { body: { status: 'added' } },
      { body: { status: 'exists' } }
    ])
    expect(await send([stranger])).toMatchObject([{ body: { status: 'exists' } }])
    expect(sandbox().state().leads).toHaveLength(4)
    expect(recorded()).toEqual(['order-9'])
  })

  it('the log is read to its end, also over short and empty pages', async () => {
    await send([...times(4, (i) => order(0, { type: 100002, order: `webinar-${i}`, coupon: null })), order(0)])
    // The other type has no coupon, so those have none.
    expect(recorded()).toHaveLength(5)
    sandbox().setLimits({ recordsPerCall: 2 })
    expect(await send([order(0)])).toMatchObject([{ body: { status: 'exists' } }])
    expect(logCalls().leadActivities).toBeGreaterThanOrEqual(3)
    expect(recorded()).toHaveLength(5)
  })

  it('the log is asked from the earliest date of the batch on', async () => {
    await send([order(0, {}, '2020-01-01T00:00:00.700Z'), order(1)])
    const again = await send([order(1), order(0, {}, '2020-01-01T00:00:00.100Z')])
    expect(again.map(({ body }) => body?.status)).toEqual(['exists', 'exists'])
  })
})

describe('After a lost answer', () => {
  it.each(['cut', 'broken'] as const)('(%s) the retry finds what Marketo recorded', async (kind) => {
    sandbox().addFault({ endpoint: 'addActivities', kind, executed: true })
    const events = [order(0), order(1), order(0)]
    expect(statusesOf(await send(events))).toEqual([502, 502, 502].map(() => expect.any(Number) as number))
    expect(recorded()).toEqual(['order-0', 'order-1'])
    const reports = await send(events)
    expect(reports.map(({ status, body }) => [status, body?.status])).toEqual(times(3, () => [200, 'exists']))
    expect(recorded()).toEqual(['order-0', 'order-1'])
  })

  it('the retry finds what Marketo recorded without a result for it', async () => {
    sandbox().addFault({ endpoint: 'addActivities', kind: 'short', executed: true })
    expect(statusesOf(await send([order(0), order(1)]))).toEqual([200, 500])
    expect(await send([order(1)])).toMatchObject([{ body: { status: 'exists' } }])
    expect(recorded()).toEqual(['order-0', 'order-1'])
  })

  it('the retry finds the activity on the lead that the first one was merged into', async () => {
    sandbox().addFault({ endpoint: 'addActivities', kind: 'cut', executed: true })
    await send([order(0)])
    sandbox().intrude('getLeads', (marketo) => {
      const [lead, winner] = marketo.leads.all()
      marketo.leads.update(winner, { email: 'person-0@example.com' })
      marketo.merge(winner, lead)
    })
    expect(await send([order(0)])).toMatchObject([{ body: { status: 'exists' } }])
    expect(recorded()).toEqual(['order-0'])
  })
})

describe('If the log cannot be read', () => {
  const cases = (['pagingToken', 'leadActivities'] as const).flatMap((endpoint) => [
    { endpoint, kind: 'error' as const, code: '606', status: 429, message: /error 606/ },
    { endpoint, kind: 'error' as const, code: '1003', status: 400, message: /error 1003/ },
    { endpoint, kind: 'cut' as const, status: 503, message: /Get/ },
    { endpoint, kind: 'broken' as const, status: 502, message: /not a valid Marketo answer/ },
    { endpoint, kind: 'status' as const, status: 503, message: /Get/ }
  ])
  it.each(cases)('nothing is recorded ($endpoint, $kind $code)', async ({ endpoint, kind, code, status, message }) => {
    sandbox().addFault({ endpoint, kind, code, status: 503 })
    const [report] = await send([order(0)])
    expect([report.status >= 500 ? 'retried' : report.status]).toEqual([status >= 500 ? 'retried' : status])
    expect(report.errormessage).toMatch(message)
    expect(recorded()).toEqual([])
  })

  it.each(WAYS)('for want of the permission, the message names it (%s)', async (way) => {
    sandbox().revoke('Read-Only Activity')
    const report = await sendOne(way, 'sendCustomActivity', order(0), { mapping: MAPPING })
    expect(report).toMatchObject({
      status: 403,
      errormessage: expect.stringContaining('"Read-Only Activity"') as string
    })
    expect(recorded()).toEqual([])
    expect(await send([order(0)], { preventDuplicates: false })).toMatchObject([{ status: 200 }])
  })

  it('only the events of that call wait', async () => {
    everybody(31)
    sandbox().addFault({ endpoint: 'leadActivities', kind: 'error', code: '611' })
    const reports = await send(times(31, (i) => order(i)))
    expect(statusesOf(reports)).toEqual([...times(30, () => 500), 200])
    expect(recorded()).toEqual(['order-30'])
  })
})

describe('The calls for Prevent Duplicates', () => {
  it('are 13 for 300 known people, also for a replay, and 4 for 30', async () => {
    everybody(300)
    const events = times(300, (i) => order(i))
    expect(await callsOf(sandbox(), () => send(events.slice(0, 30)))).toBe(4)
    expect(await callsOf(sandbox(), () => send(events))).toBe(13)
    expect(await callsOf(sandbox(), () => send(events))).toBe(12)
    expect(recorded()).toHaveLength(300)
  })

  it('are one for the token and one for each type and 30 of its leads', async () => {
    everybody(40)
    await send(times(40, (i) => order(i, { type: i < 31 ? 100001 : 100002, coupon: null })))
    expect(logCalls()).toEqual({ pagingToken: 1, leadActivities: 3 })
  })

  it('are none with the option off, or absent as in mappings that were saved before', async () => {
    await send([order(0)], { preventDuplicates: false })
    const { preventDuplicates: _, ...saved } = MAPPING
    const reports = await sendBatch('sendCustomActivity', [order(0), order(0)], { mapping: saved })
    expect(statusesOf(reports)).toEqual([200, 200])
    expect(recorded()).toHaveLength(3)
    expect(logCalls()).toEqual({ pagingToken: 0, leadActivities: 0 })
  })
})
