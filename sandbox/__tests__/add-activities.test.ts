import { Connection, codes, outcomes } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset({ leads: [{ id: 7, email: 'ada@example.com' }] }))

const order = (overrides: object = {}) => ({
  leadId: 7,
  activityDate: '2016-09-26T06:56:35+07:00',
  activityTypeId: 100001,
  primaryAttributeValue: 'order-1',
  attributes: [{ apiName: 'total', value: 10.5 }],
  ...overrides
})
const activities = () => marketo.sandbox.state().activities

describe('Custom activity types', () => {
  it('are listed without their attributes, whether approved or not', async () => {
    const { result } = await marketo.rest('activities/external/types.json')
    expect(result.map(({ id, apiName, name, status }) => [id, apiName, name, status])).toEqual([
      [100001, 'orderCompleted_c', 'Order Completed', 'approved'],
      [100002, 'webinarAttended_c', 'Webinar Attended', 'approved with draft'],
      [100003, 'trialExtended_c', 'Trial Extended', 'draft']
    ])
    expect(result[0]).not.toHaveProperty('primaryAttribute')
    expect(result[0]).not.toHaveProperty('attributes')
  })

  it('are described with their attributes', async () => {
    const { result } = await marketo.rest('activities/external/type/orderCompleted_c/describe.json')
    expect(result).toMatchObject([
      {
        id: 100001,
        primaryAttribute: { apiName: 'orderId', name: 'Order ID', dataType: 'string' },
        attributes: [
          { apiName: 'total', name: 'Total', dataType: 'float' },
          { apiName: 'currency', dataType: 'string' },
          { apiName: 'coupon', dataType: 'string' },
          { apiName: 'items', dataType: 'integer' }
        ]
      }
    ])
  })

  it('that were never approved can be described only as drafts', async () => {
    const path = 'activities/external/type/trialExtended_c/describe.json'
    expect(codes(await marketo.rest(path))).toEqual(['1013'])
    expect((await marketo.rest(`${path}?draft=true`)).result).toMatchObject([{ id: 100003, status: 'draft' }])
  })

  it('that do not exist are not found', async () => {
    expect(codes(await marketo.rest('activities/external/type/nope/describe.json'))).toEqual(['1013'])
  })
})

describe('Add Custom Activities', () => {
  it('adds an activity to a lead', async () => {
    const { result } = await marketo.addActivities(order())
    expect(result).toEqual([{ id: 5001, marketoGUID: '5001', status: 'added' }])
    expect(activities()).toEqual([
      {
        id: 5001,
        leadId: 7,
        activityDate: '2016-09-26T06:56:35+07:00',
        activityTypeId: 100001,
        activityTypeName: 'Order Completed',
        primaryAttributeValue: 'order-1',
        attributes: [{ apiName: 'total', value: 10.5 }]
      }
    ])
  })

  it('adds an equal activity each time it is sent', async () => {
    await marketo.addActivities(order(), order())
    await marketo.addActivities(order())
    expect(activities().map(({ id }) => id)).toEqual([5001, 5002, 5003])
  })

  it('skips one record, with the reasons under errors, and adds the others', async () => {
    const { result } = await marketo.addActivities(order({ leadId: 3000 }), order())
    expect(result).toEqual([
      { status: 'skipped', errors: [{ code: '1004', message: 'Lead not found' }] },
      { id: 5001, marketoGUID: '5001', status: 'added' }
    ])
  })

  it.each(['leadId', 'activityDate', 'activityTypeId', 'primaryAttributeValue', 'attributes'])(
    'needs %s',
    async (name) => {
      const answer = await marketo.addActivities(order({ [name]: undefined }), order({ [name]: null }))
      expect(outcomes(answer)).toEqual(['1002', '1002'])
      expect(activities()).toEqual([])
    }
  )

  const refused: [string, object, string][] = [
    ['a lead id that is not a number', { leadId: '7' }, '1001'],
    ['an unknown activity type', { activityTypeId: 1 }, '1003'],
    ['an activity type that is not approved', { activityTypeId: 100003 }, '1003'],
    ['a date without a time zone', { activityDate: '2016-09-26T06:56:35' }, '1003'],
    ['a date without a time', { activityDate: '2016-09-26' }, '1003'],
    ['a day that does not exist', { activityDate: '2016-02-30T06:56:35Z' }, '1003'],
    ['a date that is not a string', { activityDate: 1474847795000 }, '1001'],
    ['a primary value of another type', { primaryAttributeValue: 5 }, '1001'],
    ['a primary value that is too long', { primaryAttributeValue: 'x'.repeat(256) }, '1003'],
    ['attributes that are not a list', { attributes: { total: 1 } }, '1001'],
    ['an unknown attribute', { attributes: [{ apiName: 'nope', value: 1 }] }, '1006'],
    ['the primary attribute among the others', { attributes: [{ apiName: 'orderId', value: 'x' }] }, '1006'],
    ['an attribute without a value', { attributes: [{ apiName: 'total' }] }, '1002'],
    ['an attribute of another type', { attributes: [{ apiName: 'items', value: '3' }] }, '1001'],
    ['too many attributes', { attributes: Array(21).fill({ apiName: 'total', value: 1 }) }, '1028'],
    ['too many bytes', { attributes: [{ apiName: 'coupon', value: 'x'.repeat(65_536) }] }, '1049']
  ]
  it.each(refused)('skips a record with %s', async (_what, overrides, code) => {
    expect(outcomes(await marketo.addActivities(order(overrides), order()))).toEqual([code, 'added'])
    expect(activities()).toHaveLength(1)
  })

  it('accepts records without attributes, attributes by display name, and approved types with a draft', async () => {
    const attributes = [
      { name: 'Started At', value: '2024-01-01T10:00:00Z' },
      { apiName: 'askedQuestion', value: false }
    ]
    const answer = await marketo.addActivities(
      order({ attributes: [] }),
      order({ activityTypeId: 100002, attributes, activityDate: '2024-01-01T10:00:00.000Z' })
    )
    expect(outcomes(answer)).toEqual(['added', 'added'])
    expect(activities()[1].attributes).toEqual([
      { apiName: 'startedAt', value: '2024-01-01T10:00:00Z' },
      { apiName: 'askedQuestion', value: false }
    ])
  })

  it('refuses more records than the limit of a call', async () => {
    const records = Array<object>(301).fill(order())
    expect(codes(await marketo.addActivities(...records))).toEqual(['1003'])
    expect(activities()).toEqual([])
    expect((await marketo.addActivities(...records.slice(1))).result).toHaveLength(300)
  })
})
