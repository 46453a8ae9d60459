import { Destination } from '@segment/actions-core'
import type { DynamicFieldResponse, JSONObject } from '@segment/actions-core'
import type { Fault } from '../sandbox/contract'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { sendOne, times } from './support/events'
import { forgetEverything } from '../src/marketo/transport/memory'
import { anonymousTracking, callsOf, settings, useSandbox } from './support/marketo'
import type { ActionKey } from './support/marketo'
import { identify } from './support/numbered-events'

const sandbox = useSandbox()

interface Asking {
  payload?: JSONObject
  settings?: Settings
}

async function choicesFor(action: ActionKey, field: string, asking: Asking = {}): Promise<DynamicFieldResponse> {
  const running = new Destination<Settings>(destination)
  const data = { settings, payload: {}, ...asking }
  return await running.actions[action].executeDynamicField(field, data as never)
}

const valuesOf = ({ choices }: DynamicFieldResponse) => choices.map(({ value }) => value)

const ORDER_COMPLETED = { payload: { activityTypeId: 100001 } }

describe('The choices for the names of custom fields', () => {
  it('are the writable lead fields, by REST API name', async () => {
    const { choices } = await choicesFor('upsertLead', 'customFields.__keys__')
    expect(choices).toContainEqual({
      label: 'Monthly Recurring Revenue',
      value: 'mrr',
      description: expect.stringContaining('mrr') as unknown
    })
    const values = choices.map(({ value }) => value)
    expect(values).toEqual(expect.arrayContaining(['plan', 'leadSource', 'notes']))
    for (const kept of ['id', 'createdAt', 'updatedAt', 'cookies', 'mktoName']) expect(values).not.toContain(kept)
  })

  it('do not include the identifiers, which have their own fields', async () => {
    const values = valuesOf(await choicesFor('upsertLead', 'customFields.__keys__'))
    expect(values.filter((value) => ['id', 'email', 'userId', 'anonymousId'].includes(value))).toEqual([])
  })
})

describe('The choices for rules of fields', () => {
  it('of Never to False are the writable booleans', async () => {
    const values = valuesOf(await choicesFor('upsertLead', 'neverToFalse'))
    expect(values).toEqual(expect.arrayContaining(['unsubscribed', 'doNotCall', 'newsletter']))
    expect(values).not.toContain('plan')
  })

  it('of Only If Empty are those of Custom Fields', async () => {
    const values = valuesOf(await choicesFor('upsertLead', 'onlyIfEmpty'))
    expect(values).toEqual(valuesOf(await choicesFor('upsertLead', 'customFields.__keys__')))
    expect(values).toContain('leadSource')
  })
})

describe('The choices for the lookup field', () => {
  it('are Automatic and the searchable fields', async () => {
    const { choices } = await choicesFor('upsertLead', 'lookupField')
    expect(choices[0]).toMatchObject({ label: 'Automatic', value: 'automatic' })
    const values = choices.map(({ value }) => value)
    expect(values).toEqual(expect.arrayContaining(['email', 'userId', 'anonymousId', 'id', 'plan', 'leadScoreExt']))
    for (const unsearchable of ['firstName', 'mrr', 'notes', 'newsletter']) expect(values).not.toContain(unsearchable)
  })

  it('are all accepted by Marketo', async () => {
    const refused: string[] = []
    const [, ...offered] = valuesOf(await choicesFor('upsertLead', 'lookupField'))
    for (const lookupField of offered) {
      const value = { leadScoreExt: 7, workEmail: 'a@example.com' }[lookupField] ?? 'x'
      const mapping = {
        lookupField,
        leadId: lookupField === 'id' ? 1001 : undefined,
        customFields: { [lookupField]: value }
      }
      const sending = { settings: anonymousTracking, mapping: mapping as JSONObject }
      const { status } = await sendOne('batch', 'upsertLead', identify(1), sending)
      if (status !== 200) refused.push(lookupField)
    }
    expect(refused).toEqual([])
  })
})

describe('The choices for the activity type', () => {
  it('are the approved types, by ID and name', async () => {
    const { choices } = await choicesFor('sendCustomActivity', 'activityTypeId')
    expect(choices.map(({ label, value }) => [label, value])).toEqual([
      ['Order Completed', '100001'],
      ['Webinar Attended', '100002']
    ])
  })
})

describe('The choices for the names of attributes', () => {
  it.each([100001, '100001'])(
    'are the attributes of the chosen type, and name its primary attribute (%j)',
    async (activityTypeId) => {
      const { choices } = await choicesFor('sendCustomActivity', 'attributes.__keys__', { payload: { activityTypeId } })
      expect(choices.map(({ label, value }) => [label, value])).toEqual([
        ['Total', 'total'],
        ['Currency', 'currency'],
        ['Coupon', 'coupon'],
        ['Items', 'items']
      ])
      for (const { description } of choices) expect(description).toContain('Order ID')
    }
  )

  it.each([
    ['there is no mapping yet', undefined, /Choose an Activity Type ID first/],
    ['no type is chosen', {}, /Choose an Activity Type ID first/],
    ['the type is not approved', { activityTypeId: 100003 }, /No approved custom activity has the ID 100003/],
    ['the type is unknown', { activityTypeId: 42 }, /No approved custom activity has the ID 42/]
  ])('are replaced by an explanation when %s', async (_what, payload, message) => {
    const { choices, error } = await choicesFor('sendCustomActivity', 'attributes.__keys__', { payload })
    expect(choices).toEqual([])
    expect(error?.message).toMatch(message)
  })
})

it('The choices for the names of member fields are those that can be written', async () => {
  expect(await choicesFor('setProgramStatus', 'memberFields.__keys__')).toEqual({
    choices: [
      { label: 'Registration Code', value: 'registrationCode', description: 'registrationCode (string)' },
      { label: 'Seats', value: 'seats', description: 'seats (integer)' },
      { label: 'VIP', value: 'vip', description: 'vip (boolean)' }
    ]
  })
})

describe.each<[ActionKey, string, Fault['endpoint'], string, Asking?]>([
  ['upsertLead', 'customFields.__keys__', 'describeLeads', 'Read-Only Lead'],
  ['upsertLead', 'lookupField', 'describeLeads', 'Read-Only Lead'],
  ['sendCustomActivity', 'activityTypeId', 'activityTypes', 'Read-Only Activity Metadata'],
  ['sendCustomActivity', 'attributes.__keys__', 'activityTypes', 'Read-Only Activity Metadata', ORDER_COMPLETED],
  ['sendCustomActivity', 'attributes.__keys__', 'activityType', 'Read-Only Activity Metadata', ORDER_COMPLETED],
  ['setProgramStatus', 'memberFields.__keys__', 'describeProgramMembers', 'Read-Only Lead']
])('%s.%s when %s fails', (action, field, endpoint, permission, asking) => {
  it.each<[string, Omit<Fault, 'endpoint'>, string, RegExp]>([
    ['a missing permission', { kind: 'error', code: '603' }, '403', new RegExp(`"${permission}"`)],
    ['the rate limit', { kind: 'error', code: '606' }, '429', /100 calls in 20 seconds/],
    ['a lost connection', { kind: 'cut' }, '503', /no answer from Marketo/],
    ['a broken answer', { kind: 'broken' }, '502', /not a valid Marketo answer/]
  ])('explains %s', async (_what, fault, code, message) => {
    sandbox().addFault({ endpoint, ...fault })
    const answer = await choicesFor(action, field, asking)
    expect(answer).toEqual({ choices: [], error: { code, message: expect.stringMatching(message) as unknown } })
    // A field has no events that Segment could retry.
    expect(answer.error?.message).not.toContain('events')
  })
})

it.each<[string, Partial<Settings>, string]>([
  ['wrong credentials', { clientSecret: 'wrong' }, '401'],
  ['a malformed Munchkin ID', { munchkinId: 'evil.com/' }, '400']
])('Choices are replaced by an explanation with %s', async (_what, wrong, code) => {
  const given = { settings: { ...settings, ...wrong } }
  expect(await choicesFor('upsertLead', 'lookupField', given)).toMatchObject({ choices: [], error: { code } })
})

it.each<[ActionKey, string, string | undefined, string[]]>([
  ['sendCustomActivity', 'activityTypeId', undefined, ['100001', '100002']],
  ['upsertLead', 'lookupField', 'user', ['userId']],
  ['upsertLead', 'lookupField', 'EMAIL', ['email', 'workEmail']],
  ['sendCustomActivity', 'activityTypeId', 'webinar', ['100002']],
  ['sendCustomActivity', 'activityTypeId', 'nothing', []]
])('%s.%s offers the choices that contain the query %j', async (action, field, query, expected) => {
  const running = new Destination<Settings>(destination)
  const data = { settings, payload: {}, dynamicFieldContext: { query } }
  const { choices } = await running.actions[action].executeDynamicField(
    field,
    data as never,
    destination.actions[action].dynamicFields?.[field] as never
  )
  expect(choices.map(({ value }) => value).filter((value) => value !== 'automatic')).toEqual(expected)
})

it('Choices work when Marketo’s answer lacks optional values', async () => {
  const answers: Record<string, object[]> = {
    '/rest/v1/activities/external/types.json': [
      { id: 100001, apiName: 'order_c', name: 'Order', status: 'approved' },
      { id: 100002, apiName: 'draft_c', name: 'Draft' }
    ],
    '/rest/v1/activities/external/type/order_c/describe.json': [
      { attributes: [{ apiName: 'total', name: 'Total', dataType: 'float' }] }
    ],
    '/rest/v1/leads/describe2.json': []
  }
  const request = async (url: string) => ({
    ok: true,
    status: 200,
    data: { success: true, result: answers[new URL(url).pathname] }
  })
  const choicesOf = (action: ActionKey, field: string): Promise<DynamicFieldResponse> => {
    const { [field.split('.')[0]]: handlers } = destination.actions[action].dynamicFields as Record<string, unknown>
    const handler = field.endsWith('__keys__') ? (handlers as { __keys__: unknown }).__keys__ : handlers
    return (handler as (...given: unknown[]) => Promise<DynamicFieldResponse>)(request, {
      settings,
      ...ORDER_COMPLETED
    })
  }
  expect(await choicesOf('sendCustomActivity', 'activityTypeId')).toEqual({
    choices: [{ label: 'Order', value: '100001', description: '100001' }]
  })
  expect(await choicesOf('sendCustomActivity', 'attributes.__keys__')).toEqual({
    choices: [{ label: 'Total', value: 'total', description: 'total (float).' }]
  })
  answers['/rest/v1/activities/external/type/order_c/describe.json'] = []
  forgetEverything()
  expect(await choicesOf('sendCustomActivity', 'attributes.__keys__')).toEqual({ choices: [] })
  expect(await choicesOf('upsertLead', 'customFields.__keys__')).toEqual({ choices: [] })
})

it('An expired access token is renewed for choices too', async () => {
  await choicesFor('upsertLead', 'lookupField')
  sandbox().expireTokens()
  const [before, after] = times(2, () => choicesFor('upsertLead', 'lookupField'))
  expect(await before).toEqual(await after)
  expect((await after).choices.length).toBeGreaterThan(1)
})

describe('Choices that take two calls', () => {
  const FIELDS: [ActionKey, string, JSONObject, JSONObject][] = [
    ['sendCustomActivity', 'attributes.__keys__', { activityTypeId: 100001 }, { activityTypeId: 100002 }],
    ['setProgramStatus', 'status', { programId: 2001 }, { programId: 2002 }],
    ['submitForm', 'formFields.__keys__', { formId: 2 }, { formId: 3 }]
  ]
  const clock = { ms: 1_000_000 }
  beforeEach(() => {
    clock.ms += 3_600_000
    jest.spyOn(performance, 'now').mockImplementation(() => clock.ms)
  })
  afterEach(() => jest.restoreAllMocks())

  it.each(FIELDS)('are cached for a minute: %s, %s', async (action, field, chosen, other) => {
    const open = (payload: JSONObject) => choicesFor(action, field, { payload })
    const calls = (payload: JSONObject) => callsOf(sandbox(), () => open(payload))
    const first = await open(chosen)
    expect(first.choices.length).toBeGreaterThan(0)
    expect(await calls(chosen)).toBe(0)
    expect(await open(chosen)).toEqual(first)
    expect(await calls(other)).toBe(2)
    clock.ms += 60_001
    expect(await calls(chosen)).toBe(2)
  })

  it.each(FIELDS)('are requested again after a failure: %s, %s', async (action, field, payload) => {
    sandbox().addFault({ endpoint: '*', kind: 'status', status: 503 })
    expect((await choicesFor(action, field, { payload })).error).toBeDefined()
    expect((await choicesFor(action, field, { payload })).choices.length).toBeGreaterThan(0)
  })
})
