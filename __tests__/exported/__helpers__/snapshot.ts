import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { InputField, JSONObject, JSONValue } from '@segment/actions-core'
import destination from '../../../src'
import { describeCar } from './car'
import { endMarketo, marketoApi, marketoCookie, munchkin, settings, success } from './marketo'

const testDestination = createTestIntegration(destination)

/** These fields aren't required. Without them, the action would refuse the event or use the current time. */
const ALWAYS = ['userId', 'activityTypeId', 'membership', 'fields', 'activityDate', 'visitedAt']

/** Values of fields. Other text fields have their own name as the value; all others have the value of their type. */
const VALUES: { [field: string]: JSONValue } = {
  email: 'ada@example.com',
  dateOfBirth: '2026-01-02',
  leadId: 7,
  batch_size: 300,
  batch_keys: ['listId'],
  lookupField: 'email',
  marketoCookie,
  membership: 'add',
  objectName: 'car_c',
  fields: { vin: 'A', tags: ['a', 'b'], year: '2003', oldMake: null },
  customFields: { plan: 'pro', tags: ['a', 'b'], oldPlan: null, score: 1.5 },
  attributes: { revenue: 12.5, items: ['book', 'pen'], first: true },
  tokens: { 'my.order': 'order-1', '{{my.coupon}}': 'x' },
  url: 'https://example.com/pricing?plan=pro&seats=3#yearly',
  hostname: 'https://example.com:8443/',
  referrer: 'https://example.net/?q=a%20b',
  pageUrl: 'https://example.com/join?utm=x',
  ipAddress: '192.150.22.5',
  maxAgeHours: 1_000_000
}

const VALUES_BY_TYPE: { [type in InputField['type']]?: JSONValue } = {
  integer: 1001,
  boolean: true,
  datetime: '2026-01-02T03:04:05.678Z',
  object: { name: 'text', tags: ['a', 'b'] }
}

/** Marketo finds the user's lead, and accepts every write. */
function answerAll(): void {
  describeCar()
  const done = success({ seq: 0, id: 7, leadId: 7, marketoGUID: 'guid', status: 'created' })
  marketoApi()
    .persist()
    .get(/leads\.json/)
    .optionally()
    .reply(200, success({ id: 7, userId: 'userId' }))
  marketoApi()
    .persist()
    .get(/activities(\/pagingtoken)?\.json/)
    .optionally()
    .reply(200, { ...success(), nextPageToken: 'token' })
  for (const method of ['POST', 'DELETE']) {
    marketoApi()
      .persist()
      .intercept(/^\/rest/, method)
      .optionally()
      .reply(200, done)
  }
  munchkin()
    .persist()
    .post(/visitWebPage/)
    .optionally()
    .reply(202)
}

/** Takes two snapshots of the calls that an action makes to Marketo: with the required fields, and with all fields. */
export function testSnapshotsOf(actionSlug: string): void {
  const fields = Object.entries(destination.actions[actionSlug].fields)
  const valuesOf = (some: typeof fields): JSONObject =>
    Object.fromEntries(some.map(([key, { type }]) => [key, VALUES[key] ?? VALUES_BY_TYPE[type] ?? key]))
  const required = fields.filter(([key, field]) => field.required === true || ALWAYS.includes(key))

  describe(`Testing snapshot for actions-marketo-v2's ${actionSlug} destination action:`, () => {
    beforeAll(() => {
      // JSON looks the same in every version of jest.
      expect.addSnapshotSerializer({
        test: () => true,
        print: (requests) => JSON.stringify(requests, null, 2)
      })
    })
    beforeEach(answerAll)
    afterEach(endMarketo)

    it.each([
      ['required fields', required],
      ['all fields', fields]
    ])('%s', async (_which: string, some: typeof fields) => {
      const mapping = valuesOf(some)
      const responses = await testDestination.testAction(actionSlug, { event: createTestEvent(), settings, mapping })
      expect(responses.map(requestOf)).toMatchSnapshot()
    })
  })
}

type Response = Awaited<ReturnType<typeof testDestination.testAction>>[number]

function requestOf({ request: { method, url }, options: { body } }: Response) {
  const isJson = typeof body === 'string' && body.startsWith('{')
  return { method, url, body: isJson ? (JSON.parse(body) as JSONObject) : body }
}
