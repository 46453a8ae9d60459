import type { JSONObject, JSONValue } from '@segment/actions-core'
import type { Activity, Fault } from '../sandbox/contract'
import { eventOf, leadFields, leadWith, sendOne, statusesOf, times, WAYS } from './support/events'
import { anonymousTracking, callsOf, exchangesOfBatch, sendBatch, useSandbox } from './support/marketo'
import type { Sending } from './support/marketo'

const sandbox = useSandbox()
beforeEach(() => sandbox().reset({ leads: [{ id: 7, email: 'ada@example.com', userId: 'ada' }] }))

const ORDER = 100001
const activities = () => sandbox().state().activities
const usage = () => sandbox().state().usage

const order = (more: JSONObject = {}, settings?: Sending['settings']): Sending => ({
  mapping: { activityTypeId: ORDER, primaryAttributeValue: { '@path': '$.messageId' }, ...more },
  settings
})

/** Sends an order by Ada with these attributes. */
async function withAttributes(attributes: JSONValue) {
  const event = { ...eventOf({ userId: 'ada' }), properties: { attributes } }
  const [report] = await sendBatch(
    'sendCustomActivity',
    [event],
    order({ attributes: { '@path': '$.properties.attributes' } })
  )
  return report
}

describe.each(WAYS)('The documentation’s sample Track (%s)', (way) => {
  it('becomes an activity on the user’s lead', async () => {
    const event = {
      type: 'track' as const,
      event: 'Segment Event',
      userId: 'ada',
      properties: { firstName: 'Alex' },
      timestamp: '2024-05-31T14:00:00.000Z'
    }
    const mapping = {
      activityTypeId: ORDER,
      primaryAttributeValue: { '@path': '$.properties.firstName' },
      attributes: { coupon: { '@path': '$.event' } }
    }
    const report = await sendOne(way, 'sendCustomActivity', event, { mapping })
    expect(report).toMatchObject({ status: 200, body: { id: activities()[0].id, status: 'added' } })
    expect(activities()).toEqual([
      {
        id: expect.any(Number) as number,
        leadId: 7,
        activityDate: '2024-05-31T14:00:00+00:00',
        activityTypeId: ORDER,
        activityTypeName: 'Order Completed',
        primaryAttributeValue: 'Alex',
        attributes: [{ apiName: 'coupon', value: 'Segment Event' }]
      }
    ])
  })
})

describe('Attributes', () => {
  it('are sent by API name, and keep their type', async () => {
    expect((await withAttributes({ total: 12.5, items: 3, currency: 'EUR' })).status).toBe(200)
    expect(activities()[0].attributes).toEqual([
      { apiName: 'total', value: 12.5 },
      { apiName: 'items', value: 3 },
      { apiName: 'currency', value: 'EUR' }
    ])
  })

  it('that are empty, null or undefined are left out, and a list of plain values is joined', async () => {
    const attributes = { total: null, currency: '', items: [], orderId: {}, coupon: ['a', 'b'] }
    expect((await withAttributes(attributes)).status).toBe(200)
    expect(activities()[0].attributes).toEqual([{ apiName: 'coupon', value: 'a;b' }])
  })

  it.each([
    ['an object', { items: { code: 'x' } }],
    ['a list with an object', { items: [{ code: 'x' }] }],
    ['an infinite number', { items: JSON.parse('1e400') as number }]
  ])('that hold %s fail the event, and the error names the attribute', async (_, attributes) => {
    const report = await withAttributes(attributes)
    expect(report).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('Attributes > items') as string
    })
    expect(activities()).toEqual([])
  })

  it.each([
    ['an object', { code: 'x', tags: ['a', 'b'], none: null }],
    ['a list with objects', [{ sku: '1' }, { sku: '2' }]],
    ['a list with lists', [['a', 'b'], ['c']]]
  ])('of type string or text hold %s as JSON text', async (_, coupon) => {
    expect((await withAttributes({ coupon, total: 5 })).status).toBe(200)
    expect(activities()[0].attributes).toEqual([
      { apiName: 'coupon', value: JSON.stringify(coupon) },
      { apiName: 'total', value: 5 }
    ])
  })

  it('that hold JSON text already are sent as they are', async () => {
    await withAttributes({ coupon: '{"code": "x"}' })
    expect(activities()[0].attributes).toEqual([{ apiName: 'coupon', value: '{"code": "x"}' }])
  })

  it('that hold objects cost two calls an hour, whatever their number', async () => {
    const send = () =>
      sendBatch(
        'sendCustomActivity',
        times(20, (i) => ({ ...eventOf({ userId: 'ada' }), properties: { attributes: { coupon: { i } } } })),
        order({ attributes: { '@path': '$.properties.attributes' } })
      )
    expect(statusesOf(await send())).toEqual(times(20, () => 200))
    await send()
    expect(usage().byEndpoint).toEqual({ getLeads: 2, activityTypes: 1, activityType: 1, addActivities: 2 })
  })

  it('that hold objects are JSON text, too, if their types cannot be looked up', async () => {
    sandbox().revoke('Read-Only Activity Metadata')
    sandbox().revoke('Read-Write Activity Metadata')
    expect((await withAttributes({ coupon: { code: 'x' } })).status).toBe(200)
    expect(activities()[0].attributes).toEqual([{ apiName: 'coupon', value: '{"code":"x"}' }])
    expect(await withAttributes({ items: { code: 'x' } })).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('1001') as string
    })
  })

  it('that hold an object that no attribute takes fail only their event, before its lead is created', async () => {
    const given: [string, JSONObject][] = [
      ['bob', { items: { code: 'x' } }],
      ['ada', { coupon: { code: 'x' } }]
    ]
    const events = given.map(([userId, attributes]) => ({ ...eventOf({ userId }), properties: { attributes } }))
    const reports = await sendBatch(
      'sendCustomActivity',
      events,
      order({ attributes: { '@path': '$.properties.attributes' } })
    )
    expect(statusesOf(reports)).toEqual([400, 200])
    expect(leadFields(sandbox())).toHaveLength(1)
  })

  it.each([
    ['21 values', Object.fromEntries(times(21, (i) => [`a${i}`, i]))],
    ['more than 65,536 bytes', { currency: 'x'.repeat(65_537) }],
    ['more than 65,536 bytes in fewer characters', { currency: 'é'.repeat(33_000) }]
  ])('with %s fail the event before any call', async (_, attributes) => {
    const calls = await callsOf(sandbox(), async () => {
      const report = await withAttributes(attributes)
      expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('Attributes') as string })
    })
    expect(calls).toBe(0)
  })

  it('may be up to 20, and empty ones do not count', async () => {
    const known = { total: 1, items: 1, currency: 'EUR', coupon: 'x' }
    const report = await withAttributes({ ...known, ...Object.fromEntries(times(30, (i) => [`a${i}`, ''])) })
    expect(report.status).toBe(200)
    // The destination accepts twenty attributes. Marketo refuses them because it does not know their names.
    const twenty = await withAttributes(Object.fromEntries(times(20, (i) => [`a${i}`, i])))
    expect(twenty.errormessage).toContain("'a0'")
  })

  it('that Marketo does not know fail only their event, with Marketo’s message', async () => {
    const sending = order({ attributes: { '@path': '$.properties.attributes' } })
    const given: JSONObject[] = [{ coupon: 'x' }, { shoeSize: 42 }, { coupon: 'y' }]
    const events = given.map((attributes) => ({
      ...eventOf({ userId: 'ada' }),
      properties: { attributes }
    }))
    const reports = await sendBatch('sendCustomActivity', events, sending)
    expect(statusesOf(reports)).toEqual([200, 400, 200])
    expect(reports[1]).toMatchObject({
      errormessage: expect.stringContaining('shoeSize') as string,
      sent: { leadId: 7 }
    })
    expect(activities()).toHaveLength(2)
  })
})

describe('The lead of an activity', () => {
  const people = [{ email: 'ada@example.com' }, { userId: 'ada' }, { email: 'bob@example.com', userId: 'bob' }]

  it('is found, or created with only its keys, and one call sends the activities of all leads', async () => {
    const { reports, exchanges } = await exchangesOfBatch(
      'sendCustomActivity',
      [...people, ...people].map((who) => eventOf(who, { city: 'Paris', phone: '555' })),
      order({}, anonymousTracking)
    )
    expect(statusesOf(reports)).toEqual([200, 200, 200, 200, 200, 200])
    expect(leadFields(sandbox())).toEqual([
      { email: 'ada@example.com', userId: 'ada' },
      { email: 'bob@example.com', userId: 'bob' }
    ])
    const bob = leadWith(sandbox(), 'userId', 'bob').id
    expect(activities().map(({ leadId }) => leadId)).toEqual([7, 7, bob, 7, 7, bob])
    // Get Leads by email and by user ID, Sync Leads for Bob, and Add Custom Activities.
    expect(usage().byEndpoint).toEqual({ getLeads: 2, syncLeads: 1, addActivities: 1 })
    expect(exchanges).toHaveLength(4)
  })

  it('is not written if it exists', async () => {
    const before = sandbox().state().leads
    await sendBatch('sendCustomActivity', [eventOf({ userId: 'ada', email: 'ada@example.com' })], order())
    expect(sandbox().state().leads).toEqual(before)
    expect(usage().byEndpoint).toEqual({ getLeads: 1, addActivities: 1 })
  })

  it.each(WAYS)('is not created with Create Lead off: the event fails because no lead was found (%s)', async (way) => {
    const sending = order({ createLead: false })
    expect((await sendOne(way, 'sendCustomActivity', eventOf({ userId: 'ada' }), sending)).status).toBe(200)
    const report = await sendOne(way, 'sendCustomActivity', eventOf({ userId: 'bob' }), sending)
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringMatching(/no lead/i) as string })
    expect(leadFields(sandbox())).toHaveLength(1)
    expect(usage().byEndpoint.syncLeads).toBeUndefined()
    expect(activities()).toHaveLength(1)
  })

  it('needs no look-up if the event has its ID', async () => {
    const calls = await callsOf(sandbox(), async () => {
      const [report] = await sendBatch(
        'sendCustomActivity',
        [eventOf({ email: 'new@example.com' })],
        order({ leadId: 7 })
      )
      expect(report.status).toBe(200)
    })
    expect(calls).toBe(1)
    expect(activities()).toMatchObject([{ leadId: 7 }])
  })

  it('fails only its own event if Marketo does not have its ID', async () => {
    const events = [7, 99].map((leadId) => eventOf({ userId: `u${leadId}` }, { leadId }))
    const reports = await sendBatch('sendCustomActivity', events, order({ leadId: { '@path': '$.traits.leadId' } }))
    expect(statusesOf(reports)).toEqual([200, 400])
    expect(reports[1].errormessage).toContain('1004')
  })

  it('is created in the partition that the mapping names', async () => {
    await sendBatch('sendCustomActivity', [eventOf({ userId: 'bob' })], order({ partitionName: 'EMEA' }))
    expect(leadWith(sandbox(), 'userId', 'bob').partition).toBe('EMEA')
  })
})

describe('The date of an activity', () => {
  it.each<[JSONValue, string]>([
    ['2024-05-31T14:00:00.123Z', '2024-05-31T14:00:00+00:00'],
    ['2024-05-31T14:00:00+07:00', '2024-05-31T07:00:00+00:00'],
    ['2024-05-31T14:00:00', '2024-05-31T14:00:00+00:00'],
    ['2024-05-31', '2024-05-31T00:00:00+00:00'],
    [0, '1970-01-01T00:00:00+00:00'],
    [1717164000, '2024-05-31T14:00:00+00:00'],
    [1635429826.566, '2021-10-28T14:03:46+00:00'],
    ['1635429826.566', '2021-10-28T14:03:46+00:00'],
    ['2021-10-28 14:03:46-08', '2021-10-28T22:03:46+00:00'],
    ['2021-10-28 14:03:46.566123+02', '2021-10-28T12:03:46+00:00'],
    ['2021-10-28 14:03:46+05:30', '2021-10-28T08:33:46+00:00'],
    [1717164000000, '2024-05-31T14:00:00+00:00'],
    ['1717164000', '2024-05-31T14:00:00+00:00']
  ])('%j is sent with a time zone', async (date, expected) => {
    const event = eventOf({ userId: 'ada' }, { date })
    const [report] = await sendBatch(
      'sendCustomActivity',
      [event],
      order({ activityDate: { '@path': '$.traits.date' } })
    )
    expect(report.errormessage).toBeUndefined()
    expect(activities()[0].activityDate).toBe(expected)
  })

  it.each(WAYS)('is the current time if it is absent (%s)', async (way) => {
    const from = Math.floor(Date.now() / 1000) * 1000
    await sendOne(way, 'sendCustomActivity', eventOf({ userId: 'ada' }), order({ activityDate: null }))
    const [{ activityDate }] = activities() as [Activity]
    expect(Date.parse(activityDate)).toBeGreaterThanOrEqual(from)
    expect(Date.parse(activityDate)).toBeLessThanOrEqual(Date.now())
    expect(activityDate).toMatch(/[+-]\d\d:\d\d$/)
  })

  it.each<[JSONValue]>([[''], [[]], [{}]])(
    'is the current time if the event has %j, even in a batch',
    async (timestamp) => {
      const event = { ...eventOf({ userId: 'ada' }), timestamp: timestamp as string }
      expect(await sendOne('batch', 'sendCustomActivity', event, order())).toMatchObject({ status: 200 })
    }
  )

  it('is the timestamp of the event by default', async () => {
    await sendBatch(
      'sendCustomActivity',
      [{ ...eventOf({ userId: 'ada' }), timestamp: '2020-02-29T00:00:00Z' }],
      order()
    )
    expect(activities()[0].activityDate).toBe('2020-02-29T00:00:00+00:00')
  })
})

describe('A primary attribute value', () => {
  it('that is empty fails only its own event', async () => {
    const events = ['a', '', 'b', undefined].map((value) =>
      eventOf({ userId: 'ada' }, value === undefined ? {} : { value })
    )
    const sending = order({ primaryAttributeValue: { '@path': '$.traits.value' } })
    const reports = await sendBatch('sendCustomActivity', events, sending)
    expect(statusesOf(reports)).toEqual([200, 400, 200, 400])
    expect(reports[1].errormessage).toContain('Primary Attribute Value')
    expect(activities().map(({ primaryAttributeValue }) => primaryAttributeValue)).toEqual(['a', 'b'])
  })

  it('that is empty fails a single event', async () => {
    const report = await sendOne(
      'single',
      'sendCustomActivity',
      eventOf({ userId: 'ada' }),
      order({ primaryAttributeValue: '' })
    )
    expect(report.status).toBe(400)
    expect(activities()).toEqual([])
  })

  it('that is a number is sent as text', async () => {
    await sendBatch('sendCustomActivity', [eventOf({ userId: 'ada' })], order({ primaryAttributeValue: 42 }))
    expect(activities()[0].primaryAttributeValue).toBe('42')
  })
})

describe('An activity type', () => {
  it.each([
    ['that is only a draft', 100003],
    ['that does not exist', 1]
  ])('%s fails only the events that name it', async (_, type) => {
    const events = [ORDER, type].map((id) => eventOf({ userId: 'ada' }, { type: id }))
    const reports = await sendBatch(
      'sendCustomActivity',
      events,
      order({ activityTypeId: { '@path': '$.traits.type' } })
    )
    expect(statusesOf(reports)).toEqual([200, 400])
    expect(reports[1].errormessage).toMatch(/activity type/i)
  })
})

describe('An activity with a value that Marketo refuses', () => {
  const ACTIVITY = { activityTypeId: ORDER, primaryAttributeValue: 'order' }
  const event = { type: 'track' as const, userId: 'u1', properties: { total: '12.5' } }
  const attributes = { total: { '@path': '$.properties.total' } }

  it.each<[string, Fault]>([
    ['the types cannot be looked up', { endpoint: 'activityTypes', kind: 'error', code: '603' }],
    ['the type is not described', { endpoint: 'activityType', kind: 'short' }]
  ])('is refused for good when %s', async (_, fault) => {
    sandbox().addFault(fault)
    // No other test uses this type, because look-ups are cached for an hour.
    const mapping = { ...ACTIVITY, activityTypeId: 100002, attributes: { minutes: '45' } }
    const [report] = await sendBatch('sendCustomActivity', [event], { mapping })
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('1001') as string })
    expect(sandbox().state().usage.byEndpoint).toMatchObject({ activityTypes: 1, addActivities: 1 })
  })

  it('is refused for good when its type does not exist', async () => {
    const [report] = await sendBatch('sendCustomActivity', [event], {
      mapping: { ...ACTIVITY, activityTypeId: 999, attributes }
    })
    expect(report.status).toBe(400)
  })

  it('is recorded once when an attribute is converted', async () => {
    const [report] = await sendBatch('sendCustomActivity', [event], { mapping: { ...ACTIVITY, attributes } })
    expect(report.status).toBe(200)
    expect(
      sandbox()
        .state()
        .activities.map(({ attributes }) => attributes)
    ).toEqual([[{ apiName: 'total', value: 12.5 }]])
  })
})
