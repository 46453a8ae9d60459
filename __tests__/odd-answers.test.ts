import { Destination } from '@segment/actions-core'
import nock from 'nock'
import destination from '../src'
import { eventOf, statusesOf, times } from './support/events'
import { sendBatch, settings } from './support/marketo'
import type { Sending } from './support/marketo'
import { withoutSecrets } from '../src/marketo/transport/redact'
import { forgetEverything } from '../src/marketo/transport/memory'

/** An answer that Marketo should never give costs no exception: each event has its outcome, and each field its choices. */

const REST = 'https://123-abc-456.mktorest.com'
const get = (path: string) => nock(REST).persist().get(path).query(true)
const post = (path: string) => nock(REST).persist().post(path).query(true)
const success = (...result: unknown[]) => ({ success: true, result })

beforeEach(() => {
  forgetEverything()
  nock.disableNetConnect()
  post('/identity/oauth/token').reply(200, { access_token: 'token', expires_in: 3_600 })
})
afterEach(() => {
  nock.cleanAll()
  nock.enableNetConnect()
})
afterAll(() => nock.restore())

const cookie = 'id:123-ABC-456&token:_mch-x.org-1600000000001-12341'
const event = eventOf({ userId: 'u1', email: 'a@x.org' })

describe('The owners of a visitor’s token', () => {
  it.each([7, true, { a: 1 }, ['_mch-x']])('may have cookies that are not text: %j', async (cookies) => {
    get('/rest/v1/leads.json').reply(200, success({ id: 1, email: 'a@x.org', userId: 'u1', cookies }))
    post('/rest/v1/leads.json').reply(200, success({ id: 1, status: 'updated' }))
    post('/rest/v1/leads/1/associate.json').reply(200, { success: true })
    const [report] = await sendBatch('upsertLead', [event], { mapping: { marketoCookie: cookie } })
    expect(report).toMatchObject({ status: 200, body: { webActivity: 'associated' } })
  })
})

it('200,000 rows in one answer are read', async () => {
  const rows = times(200_000, (id) => ({ id: id + 1 }))
  get('/rest/v1/leads.json').reply(200, { success: true, result: rows })
  post('/rest/v1/leads.json').reply(200, success({ id: 200_001, status: 'created' }))
  expect(statusesOf(await sendBatch('upsertLead', [event]))).toEqual([200])
}, 60_000)

describe('Descriptions of lead fields', () => {
  const refused = { status: 'skipped', reasons: [{ code: '1001', message: 'Invalid value' }] }
  const sending: Sending = { mapping: { lookupField: 'userId', customFields: { score: '5' } } }

  it.each([
    [{ fields: [null, 7, 'x', {}, { name: 5 }, { name: 'score', dataType: {} }] }],
    [{ fields: 'none' }],
    [{ fields: { name: 'score' } }],
    [{ searchableFields: 'userId' }],
    [null]
  ])('may be %j: the value stays refused', async (description) => {
    get('/rest/v1/leads/describe2.json').reply(200, success(description))
    post('/rest/v1/leads.json').reply(200, success(refused))
    expect(statusesOf(await sendBatch('upsertLead', [event], sending))).toEqual([400])
  })

  it.each([
    [{ fields: [null, { name: 5 }], searchableFields: [null, 'x', ['userId']] }],
    [{ fields: 7, searchableFields: 7 }],
    [null]
  ])('may be %j when a person opens a field or tests the connection', async (description) => {
    get('/rest/v1/leads/describe2.json').reply(200, success(description))
    const running = new Destination(destination)
    const { upsertLead } = running.actions
    expect(await upsertLead.executeDynamicField('lookupField', { settings, payload: {} })).toHaveProperty('choices')
    await running.testAuthentication(settings).catch((error: Error) => expect(error.message).toMatch(/userId/))
  })
})

describe('Other descriptions', () => {
  it.each([[[null, 7, { status: 5 }]], [[{ id: 100001, status: 'approved', apiName: 'a' }, null]]])(
    'of activity types may be %j',
    async (types) => {
      get('/rest/v1/activities/external/types.json').reply(200, success(...types))
      get('/rest/v1/activities/external/type/a/describe.json').reply(
        200,
        success({ attributes: [null, { apiName: 'x' }] })
      )
      post('/rest/v1/activities/external.json').reply(
        200,
        success({ status: 'skipped', errors: [{ code: '1001', message: 'Invalid value' }] })
      )
      const mapping = { activityTypeId: 100001, primaryAttributeValue: 'x', attributes: { x: '1' }, leadId: 1 }
      expect(statusesOf(await sendBatch('sendCustomActivity', [event], { mapping }))).toEqual([400])
      const { sendCustomActivity } = new Destination(destination).actions
      expect(await sendCustomActivity.executeDynamicField('activityTypeId', { settings, payload: {} })).toHaveProperty(
        'choices'
      )
    }
  )

  it.each([
    [
      'an existing activity type without attributes',
      [{ id: 5, apiName: 'a_c', name: 'Signed Up', status: 'approved' }]
    ],
    ['a new activity type without its API name', []]
  ])('of %s let the hook finish it', async (_what, existing) => {
    get('/rest/v1/activities/external/types.json').reply(200, success(...existing))
    get('/rest/v1/activities/external/type/a_c/describe.json').reply(200, success({ apiName: 'a_c' }))
    post('/rest/v1/activities/external/type.json').reply(200, success({ id: 5, name: 'Signed Up' }))
    const added: unknown[] = []
    for (const end of ['attributes/create', 'approve']) {
      post(`/rest/v1/activities/external/type/${existing.length > 0 ? 'a_c' : 'signedUp'}/${end}.json`).reply(
        200,
        (_uri, body) => {
          added.push(body)
          return success({ id: 5 })
        }
      )
    }
    const { sendCustomActivity } = new Destination(destination).actions
    const hookInputs = { typeName: 'Signed Up', primaryAttribute: 'Plan', attributes: ['Seats: integer'] }
    const answer = await sendCustomActivity.executeHook('onMappingSave', { settings, payload: {}, hookInputs } as never)
    expect(answer).toMatchObject({ savedData: { activityTypeId: 5 } })
    expect(added[0]).toEqual({ attributes: [{ apiName: 'seats', name: 'Seats', dataType: 'integer' }] })
    expect(added).toHaveLength(2)
  })

  it.each([
    [
      {
        dedupeFields: ['vin'],
        fields: [null, { name: 'vin' }],
        relationships: [null, { field: 'a', object: { name: 5, field: 'id' } }]
      }
    ],
    [{ dedupeFields: ['vin'], fields: [{ name: 'vin' }], relationships: 'none' }]
  ])('of custom objects may be %j', async (object) => {
    get('/rest/v1/customobjects/car_c/describe.json').reply(200, success(object))
    post('/rest/v1/customobjects/car_c.json').reply(200, success({ status: 'created', marketoGUID: 'g' }))
    const mapping = { objectName: 'car_c', fields: { vin: 'V' } }
    expect(statusesOf(await sendBatch('syncCustomObject', [event], { mapping }))).toEqual([200])
  })
})

it('A secret with half a surrogate pair is taken out of texts', () => {
  expect(withoutSecrets('so \ud800x there', ['\ud800x'])).toBe('so <redacted> there')
})

it('Seven megabytes of Marketo’s words are cut in each outcome, and no half of a secret stays', async () => {
  const words = `${'x '.repeat(450)}${settings.clientSecret}${'y'.repeat(7_000_000)}`
  post('/rest/v1/leads.json').reply(200, { success: false, errors: [{ code: '611', message: words }] })
  const reports = await sendBatch(
    'upsertLead',
    times(3, () => event),
    { mapping: { lookupField: 'userId' } }
  )
  expect(statusesOf(reports)).toEqual([500, 500, 500])
  expect(JSON.stringify(reports).length).toBeLessThan(20_000)
  expect(reports[0].errormessage).toMatch(/^Sync Leads: Marketo error 611, x x .*\[cut\]\. This is usually temporary/)
})

it('A refusal of the whole call that names a field fails the records with that field, with one call more', async () => {
  let calls = 0
  post('/rest/v1/leads.json').reply(200, (_uri, body) => {
    calls += 1
    const { input } = body as { input: object[] }
    const isRefused = input.some((record) => 'noSuchField' in record)
    return isRefused
      ? { success: false, errors: [{ code: '1006', message: "Field 'noSuchField' not found" }] }
      : success(...input.map((_, i) => ({ id: i + 1, status: 'created' })))
  })
  const events = times(300, (i) => eventOf({ userId: `u${i}` }, i % 3 ? {} : { c: { noSuchField: 1 } }))
  const mapping = { lookupField: 'userId', customFields: { '@path': '$.traits.c' } }
  expect(statusesOf(await sendBatch('upsertLead', events, { mapping }))).toEqual(times(300, (i) => (i % 3 ? 200 : 400)))
  expect(calls).toBe(2)
})

it('A lookup field that the instance lacks costs one call', async () => {
  let calls = 0
  post('/rest/v1/leads.json').reply(200, () => {
    calls += 1
    return { success: false, errors: [{ code: '1006', message: "Field 'plan' not found" }] }
  })
  const mapping = { lookupField: 'plan', customFields: { plan: { '@path': '$.userId' } } }
  const reports = await sendBatch(
    'upsertLead',
    times(300, (i) => eventOf({ userId: `u${i}` })),
    { mapping }
  )
  expect(new Set(statusesOf(reports))).toEqual(new Set([400]))
  expect(calls).toBe(1)
})
