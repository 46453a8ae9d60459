import type { JSONObject } from '@segment/actions-core'
import { sendOne } from './support/events'
import { refusal, success, useStub } from './support/stub'
import type { TestEvent } from './support/marketo'

const COOKIE = 'id:997-ZZZ-997&token:_mch-example.com-1594662481190-60776'
const marketo = useStub('997-ZZZ-997')
beforeEach(() => marketo.answerWith(() => success({ id: 7, status: 'updated' })))

const SIGNUP: TestEvent = {
  type: 'track',
  event: 'Signed Up',
  userId: null,
  anonymousId: 'a1',
  properties: { email: 'ada@example.com', name: 'Ada' },
  context: {
    ip: '192.150.22.5',
    userAgent: 'Mozilla/5.0',
    page: { url: 'https://example.com/join?utm=x&b=2#top' },
    Marketo: { marketoCookie: COOKIE }
  }
}
const FORM: JSONObject = { formId: 736, formFields: { firstName: { '@path': '$.properties.name' } } }

const submit = (event: TestEvent = SIGNUP, mapping: JSONObject = {}) =>
  sendOne('single', 'submitForm', event, { settings: marketo.settings, mapping: { ...FORM, ...mapping } })

/** The only submission that Marketo received. */
function submission(): JSONObject {
  expect(marketo.received).toHaveLength(1)
  const [{ path, body }] = marketo.received
  expect(path).toBe('/rest/v1/leads/submitForm.json')
  const { input } = body as { input: JSONObject[] }
  expect(input).toHaveLength(1)
  return input[0]
}

it('An event without a User ID becomes one submission, with all its data about the visit', async () => {
  expect(await submit()).toEqual({ status: 200, body: { id: 7, status: 'updated' } })
  expect(marketo.received.map(({ body }) => body)).toEqual([
    {
      formId: 736,
      input: [
        {
          leadFormFields: { email: 'ada@example.com', firstName: 'Ada' },
          visitorData: {
            pageURL: 'https://example.com/join?utm=x&b=2#top',
            queryString: 'utm=x&b=2',
            leadClientIpAddress: '192.150.22.5',
            userAgentString: 'Mozilla/5.0'
          },
          cookie: COOKIE
        }
      ]
    }
  ])
})

it('A program is sent along with the form', async () => {
  await submit(SIGNUP, { programId: 1107 })
  expect(marketo.received[0].body).toMatchObject({ formId: 736, programId: 1107 })
})

it('An event without data about the visit submits only the form', async () => {
  await submit({ ...SIGNUP, context: {} })
  expect(submission()).toEqual({ leadFormFields: { email: 'ada@example.com', firstName: 'Ada' } })
})

it.each<[string, JSONObject, string, object]>([
  [
    'a page address without a scheme',
    { pageUrl: 'example.com/x' },
    'Page URL',
    { pageURL: expect.anything() as unknown }
  ],
  [
    'a page address with another scheme',
    { pageUrl: 'javascript:alert(1)' },
    'Page URL',
    { pageURL: expect.anything() as unknown }
  ],
  [
    'an IPv6 address',
    { ipAddress: '2001:db8::1' },
    'IP Address',
    { leadClientIpAddress: expect.anything() as unknown }
  ],
  [
    'an IPv6 address before those of proxies',
    { ipAddress: '2001:db8::1, 192.150.22.5' },
    'IP Address',
    { leadClientIpAddress: expect.anything() as unknown }
  ],
  [
    'an incomplete IP address',
    { ipAddress: '192.150.22' },
    'IP Address',
    { leadClientIpAddress: expect.anything() as unknown }
  ]
])('%s is left out, and the outcome names it', async (_what, mapping, named, without) => {
  const report = await submit(SIGNUP, mapping)
  expect(report).toMatchObject({ status: 200, body: { leftOut: [expect.stringContaining(named)] } })
  expect(submission().visitorData).not.toMatchObject(without)
})

it.each([
  ['in IPv6 form', '::ffff:192.150.22.5'],
  ['with a port', '192.150.22.5:51034'],
  ['in IPv6 form with a port', '[::ffff:192.150.22.5]:443'],
  ['before those of proxies', ' 192.150.22.5, 10.0.0.1,172.16.0.1'],
  ['with a port before those of proxies', '192.150.22.5:8080, 10.0.0.1:443']
])('An IPv4 address %s is sent alone', async (_how, ipAddress) => {
  await submit(SIGNUP, { ipAddress })
  expect(submission().visitorData).toMatchObject({ leadClientIpAddress: '192.150.22.5' })
})

it.each([
  ['of another instance', COOKIE.replace('997-ZZZ-997', '123-ABC-456')],
  ['that is invalid', 'x']
])('A cookie %s is left out, and the outcome names it', async (_what, marketoCookie) => {
  const report = await submit(SIGNUP, { marketoCookie })
  expect(report.body).toMatchObject({ leftOut: [expect.stringContaining('Marketo Cookie')] })
  expect(submission()).not.toHaveProperty('cookie')
})

it('A URL-encoded cookie is sent decoded, as Marketo expects it', async () => {
  await submit(SIGNUP, { marketoCookie: encodeURIComponent(COOKIE) })
  expect(submission().cookie).toBe(COOKIE)
})

it('Form fields that are empty or null are left out, and lists are joined', async () => {
  const formFields = JSON.parse('{"a":"","b":null,"c":[],"d":["x","y"],"e":0,"f":false}') as JSONObject
  await submit(
    { ...SIGNUP, properties: { email: 'ada@example.com', fields: formFields } },
    {
      formFields: { '@path': '$.properties.fields' }
    }
  )
  const sent = Object.entries(submission().leadFormFields as JSONObject)
  expect(sent).toEqual([
    ['email', 'ada@example.com'],
    ['d', 'x;y'],
    ['e', 0],
    ['f', false]
  ])
})

it('An email among the form fields is left out: only the field Email identifies the person', async () => {
  const report = await submit(SIGNUP, { formFields: { Email: 'eve@example.com', firstName: 'Ada' } })
  expect(report.body).toMatchObject({ leftOut: [expect.stringContaining('Form Fields > Email')] })
  expect(submission().leadFormFields).toEqual({ email: 'ada@example.com', firstName: 'Ada' })
})

it.each<[string, JSONObject, RegExp]>([
  ['an empty email', { email: '  ' }, /Email is empty/],
  ['a placeholder email', { email: 'null' }, /Email is not an email address/],
  ['an email that is not ASCII', { email: 'jürgen@example.com' }, /ASCII/],
  ['an object in a form field', { formFields: { firstName: [{ a: 1 }] } }, /Form Fields > firstName holds an object/]
])('%s fails the event before any call', async (_what, mapping, message) => {
  expect(await submit(SIGNUP, mapping)).toMatchObject({
    status: 400,
    errormessage: expect.stringMatching(message) as unknown
  })
  expect(marketo.received).toEqual([])
})

it.each<[string, object, number, RegExp]>([
  [
    'a field that the form lacks',
    success({ status: 'skipped', reasons: [{ code: '1006', message: "Field 'x' not found" }] }),
    400,
    /Add the field to the form/
  ],
  ['an unknown form', refusal('1013', 'Object not found'), 400, /correct Form ID/],
  ['the rate limit', refusal('606'), 429, /100 calls/],
  ['a missing permission', refusal('603'), 403, /"Read-Write Lead"/],
  ['a result without a status', success({ id: 7 }), 500, /no result for this record/],
  ['no result', success(), 500, /no result for this record/],
  ['another answer', { hello: 'world' }, 502, /not a valid Marketo answer/]
])('%s is the outcome of the event', async (_what, answer, status, message) => {
  marketo.answerWith(() => answer)
  expect(await submit()).toMatchObject({ status, errormessage: expect.stringMatching(message) as unknown })
  expect(marketo.received).toHaveLength(1)
})

it('A lead field that Marketo has no form name for goes by its REST API name', async () => {
  const unknown = success({ status: 'skipped', reasons: [{ code: '1006', message: "Field 'Nickname' not found" }] })
  const described = success({ rest: { name: 'nickname' } }, { soap: { name: 'Old' } })
  const answers = [unknown, described, success({ id: 7, status: 'updated' })]
  marketo.answerWith(() => answers.shift() ?? unknown)
  expect((await submit(SIGNUP, { formFields: { Nickname: 'Countess' } })).status).toBe(200)
  expect(JSON.stringify(marketo.received[2].body)).toContain('"nickname":"Countess"')
})
