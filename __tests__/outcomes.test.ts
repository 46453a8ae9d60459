import { IntegrationError, PayloadValidationError, RetryableError } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import type { Fault } from '../sandbox/contract'
import { CALLS } from '../src/marketo/calls/all-calls'
import { sendOne, statusesOf, times } from './support/events'
import { exchangesOfBatch, sendBatch, sendSingle, settings, useSandbox } from './support/marketo'
import type { Reported } from './support/marketo'
import { identify, ON_LIST, ONE_CALL, ORDER, page, track } from './support/numbered-events'
import type { OneCallAction } from './support/numbered-events'

const sandbox = useSandbox()

const TRANSIENT = [500, 502, 503, 504]
const THROTTLED = [429]
const PERMANENT = [400]

/** The error codes in Marketo's documentation, except those for access tokens and permissions. */
const TRANSIENT_CODES = '500 502 604 608 611 614 713 719'
const THROTTLED_CODES = '606 607 615 1016 1019 1020 1029'
const PERMANENT_CODES =
  '605 609 610 612 613 616 701 702 703 704 709 710 711 712 714 718 1001 1002 1003 1004 1005 1006 1007 1008 1009 1010 ' +
  '1011 1012 1013 1014 1015 1017 1018 1021 1022 1025 1026 1027 1028 1035 1036 1037 1042 1048 1049 1076 1077 1078 1079 1080'
const UNKNOWN_CODES = '699 999 1099 1234'

const CODES = [
  ...`${TRANSIENT_CODES} ${UNKNOWN_CODES}`.split(' ').map((code) => [code, TRANSIENT] as const),
  ...THROTTLED_CODES.split(' ').map((code) => [code, THROTTLED] as const),
  ...PERMANENT_CODES.split(' ').map((code) => [code, PERMANENT] as const)
]

/** Sends a batch of three events and then a single event, with these faults before each. */
async function bothWays(action: OneCallAction, ...faults: Omit<Fault, 'endpoint'>[]): Promise<Reported[]> {
  const { event, sending, endpoint } = ONE_CALL[action]
  const arrange = () => {
    sandbox().reset()
    for (const fault of faults) sandbox().addFault({ endpoint, ...fault })
  }
  arrange()
  const batch = await sendBatch(action, times(3, event), sending)
  expect(batch).toHaveLength(3)
  arrange()
  const single = await sendOne('single', action, event(0), sending)
  const ending = ({ status }: Reported) => (status < 300 ? 'done' : status)
  expect(ending(single)).toBe(ending(batch[0]))
  return [...batch, single]
}

const leadOf = (userId: string) =>
  sandbox()
    .state()
    .leads.filter(({ fields }) => fields.userId === userId)

describe('When everything succeeds', () => {
  it.each<[OneCallAction, JSONObject, JSONObject]>([
    ['upsertLead', { userId: 'user-0', email: 'person-0@example.com' }, { status: 'created' }],
    [
      'sendCustomActivity',
      { leadId: 1001, activityTypeId: 100001, primaryAttributeValue: 'order-0' },
      { status: 'added' }
    ],
    ['visitWebPage', { _mchHo: 'example.com', _mchRu: '/0' }, {}]
  ])('the outcome of %s shows what was sent and what Marketo answered', async (action, sent, body) => {
    const reports = await bothWays(action)
    for (const report of reports.slice(0, 3)) {
      expect(Math.floor(report.status / 100)).toBe(2)
      expect(report.body).toMatchObject(body)
      expect(report).not.toHaveProperty('errortype')
    }
    expect(reports[0].sent).toMatchObject(sent)
    expect(reports[3].body).toMatchObject(body)
  })
})

describe.each(['upsertLead', 'sendCustomActivity'] as const)('%s: Marketo error', (action) => {
  it.each(CODES)('%s for a whole call is the outcome of all its records', async (code, expected) => {
    const reports = await bothWays(action, { kind: 'error', code, message: 'Words of Marketo', times: 10 })
    for (const { status, errormessage } of reports) {
      expect(expected).toContain(status)
      expect(errormessage).toContain(`${code}, Words of Marketo`)
    }
    expect(reports[0]).toMatchObject({ sent: expect.any(Object) as unknown, body: { errors: [{ code }] } })
    expect(sandbox().state().activities).toEqual([])
    expect(leadOf('user-0')).toEqual([])
  })

  it.each(CODES)('%s for a record is the outcome of that record', async (code, expected) => {
    const reports = await bothWays(action, { kind: 'record', code, message: 'Words of Marketo' })
    for (const { status, errormessage } of reports) {
      expect(expected).toContain(status)
      expect(errormessage).toContain(`${code}, Words of Marketo`)
    }
    expect(reports[0]).toMatchObject({ sent: expect.any(Object) as unknown, body: { status: 'skipped' } })
  })

  it.each(['601', '602'])('%s is solved by sending the call once more', async (code) => {
    const reports = await bothWays(action, { kind: 'error', code })
    expect(statusesOf(reports)).toEqual([200, 200, 200, 200])
    expect(sandbox().state().usage).toMatchObject({ total: 2 })
  })

  it('602 for an expired token is solved by a new token', async () => {
    const { event, sending, endpoint } = ONE_CALL[action]
    await sendBatch(action, [event(0)], sending)
    sandbox().expireTokens()
    expect(statusesOf(await sendBatch(action, times(3, event), sending))).toEqual([200, 200, 200])
    expect(sandbox().state().usage.byEndpoint).toEqual({ [endpoint]: 2 })
  })

  it.each(['601', '602'])(
    '%s for the new token too makes Segment retry, because Marketo has just accepted the credentials',
    async (code) => {
      const reports = await bothWays(action, { kind: 'error', code, times: 2 })
      expect(statusesOf(reports)).toEqual([503, 503, 503, 503])
      expect(sandbox().state().usage.total).toBe(2)
    }
  )
})

describe('A record that Marketo refuses', () => {
  it('does not change the outcome of other records in Upsert Lead', async () => {
    const mapping = { lookupField: 'userId', customFields: { mrr: { '@path': '$.traits.mrr' } } }
    const events = [identify(0, { mrr: 1 }), identify(1, { mrr: 'much' }), identify(2, { mrr: 3 })]
    const reports = await sendBatch('upsertLead', events, { mapping })
    expect(statusesOf(reports)).toEqual([200, 400, 200])
    expect(reports[1]).toMatchObject({
      errormessage: expect.stringContaining('1001') as unknown,
      sent: { userId: 'user-1', mrr: 'much' },
      body: { status: 'skipped', reasons: [{ code: '1001' }] }
    })
    expect([...leadOf('user-0'), ...leadOf('user-2')]).toHaveLength(2)
    expect(leadOf('user-1')).toEqual([])
    expect(await sendOne('single', 'upsertLead', events[1], { mapping })).toMatchObject({ status: 400 })
  })

  it('does not change the outcome of other records in Send Custom Activity', async () => {
    const mapping = { ...ORDER, leadId: { '@path': '$.properties.leadId' } }
    const events = [1001, 999_999, 1002].map((leadId, i) => track(i, { leadId }))
    const reports = await sendBatch('sendCustomActivity', events, { mapping })
    expect(statusesOf(reports)).toEqual([200, 400, 200])
    expect(reports[1]).toMatchObject({
      errormessage: expect.stringContaining('1004') as unknown,
      sent: { leadId: 999_999 },
      body: { status: 'skipped', errors: [{ code: '1004' }] }
    })
    expect(sandbox().state().activities).toHaveLength(2)
    expect(await sendOne('single', 'sendCustomActivity', events[1], { mapping })).toMatchObject({ status: 400 })
  })
})

describe.each(Object.keys(ONE_CALL) as OneCallAction[])('%s: without an answer from Marketo', (action) => {
  it.each([500, 501, 502, 503, 504, 520])('HTTP %i is retried', async (status) => {
    for (const report of await bothWays(action, { kind: 'status', status, times: 3 })) {
      expect(TRANSIENT).toContain(report.status)
      expect(report.errormessage).toContain(`HTTP ${status}`)
    }
  })

  it.each([
    [400, 400],
    [404, 400],
    [429, 429]
  ])('HTTP %i ends as %i', async (http, status) => {
    expect(statusesOf(await bothWays(action, { kind: 'status', status: http, times: 3 }))).toEqual(
      times(4, () => status)
    )
  })

  it.each([false, true])('a lost connection is retried (work already done: %s)', async (executed) => {
    for (const { status, errormessage, sent } of (await bothWays(action, { kind: 'cut', executed, times: 3 })).slice(
      0,
      3
    )) {
      expect(TRANSIENT).toContain(status)
      expect(errormessage).toMatch(/no answer from Marketo/)
      expect(sent).toEqual(expect.any(Object))
    }
  })

  it('a timeout is a 504, and is retried', async () => {
    for (const call of Object.values(CALLS)) jest.replaceProperty(call, 'timeoutMs', 50)
    jest.replaceProperty(
      jest.requireActual<{ BEACON_TIMEOUT_MS: number }>('../src/marketo/transport/call'),
      'BEACON_TIMEOUT_MS',
      50
    )
    try {
      const reports = await bothWays(action, { kind: 'delay', ms: 5_000, times: 3 })
      expect(statusesOf(reports)).toEqual([504, 504, 504, 504])
    } finally {
      jest.restoreAllMocks()
    }
  })
})

describe.each(['upsertLead', 'sendCustomActivity'] as const)('%s: an answer', (action) => {
  it('that is not one of Marketo’s makes Segment retry', async () => {
    for (const { status, errormessage } of await bothWays(action, { kind: 'broken', executed: true })) {
      expect(TRANSIENT).toContain(status)
      expect(errormessage).toMatch(/not a valid Marketo answer/)
    }
  })

  it('with too few results fails all records with 500, except activities with a result, which must not be sent twice', async () => {
    const { event, sending, endpoint } = ONE_CALL[action]
    sandbox().addFault({ endpoint, kind: 'short' })
    const expected = action === 'upsertLead' ? [500, 500, 500] : [200, 200, 500]
    expect(statusesOf(await sendBatch(action, times(3, event), sending))).toEqual(expected)
    sandbox().addFault({ endpoint, kind: 'short' })
    expect(await sendOne('single', action, event(0), sending)).toMatchObject({ status: 500 })
  })
})

describe('Credentials that Marketo rejects', () => {
  it.each(['upsertLead', 'sendCustomActivity'] as const)('fail every event of %s with 401', async (action) => {
    const { event, sending } = ONE_CALL[action]
    const wrong = { ...sending, settings: { ...settings, clientSecret: 'wrong' } }
    const reports = [
      ...(await sendBatch(action, times(3, event), wrong)),
      await sendOne('single', action, event(0), wrong)
    ]
    expect(statusesOf(reports)).toEqual([401, 401, 401, 401])
    for (const { errormessage } of reports) expect(errormessage).toMatch(/Client ID and Client Secret.*LaunchPoint/s)
  })

  it('differ from a new token that Marketo rejects: that error is temporary, and written records stay done', async () => {
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'error', code: '601', after: 1, times: 10 })
    const reports = await sendBatch('upsertLead', times(700, identify), ONE_CALL.upsertLead.sending)
    expect(statusesOf(reports)).toEqual([...times(300, () => 200), ...times(400, () => 503)])
  })
})

describe('Error 603 names the missing permission', () => {
  it.each<[string, OneCallAction, Fault['endpoint'], string]>([
    ['to write leads', 'upsertLead', 'syncLeads', 'Read-Write Lead'],
    ['to find leads', 'upsertLead', 'getLeads', 'Read-Only Lead'],
    ['to find leads for activities', 'sendCustomActivity', 'getLeads', 'Read-Only Lead'],
    ['to create leads for activities', 'sendCustomActivity', 'syncLeads', 'Read-Write Lead'],
    ['to add activities', 'sendCustomActivity', 'addActivities', 'Read-Write Activity'],
    ['to add to lists', 'syncList', 'addToList', 'Read-Write Lead'],
    ['to find leads for lists', 'syncList', 'getLeads', 'Read-Only Lead']
  ])('%s', async (_what, action, endpoint, permission) => {
    const event = { upsertLead: identify, sendCustomActivity: track, visitWebPage: page, syncList: track }[action](1)
    const sending = { mapping: { sendCustomActivity: ORDER, syncList: ON_LIST }[String(action)] }
    sandbox().addFault({ endpoint, kind: 'error', code: '603', times: 2 })
    const [batch] = await sendBatch(action, [event], sending)
    const single = await sendOne('single', action, event, sending)
    for (const report of [batch, single]) {
      expect(report).toMatchObject({ status: 403, errormessage: expect.stringContaining(`"${permission}"`) as unknown })
    }
  })

  it('to associate leads, in the outcome of a visit that is still recorded', async () => {
    sandbox().addFault({ endpoint: 'associateLead', kind: 'error', code: '603' })
    const [report] = await sendBatch('visitWebPage', [{ ...page(1), userId: 'user-ada' }])
    expect(report.status).toBe(202)
    expect(report.body?.webActivity).toMatch(/603.*"Read-Write Lead"/s)
    expect(sandbox().state().visits).toHaveLength(1)
  })
})

describe('Calls that are too large', () => {
  const notes = (bytes: number) => 'x'.repeat(bytes)
  const sending = { mapping: { lookupField: 'userId', customFields: { notes: { '@path': '$.traits.notes' } } } }

  it('are halved until Marketo accepts them', async () => {
    sandbox().setLimits({ bodyBytes: 5_000 })
    const events = times(20, (i) => identify(i, { notes: notes(1_000) }))
    expect(statusesOf(await sendBatch('upsertLead', events, sending))).toEqual(times(20, () => 200))
  })

  it('fail only the record that is too large on its own', async () => {
    sandbox().setLimits({ bodyBytes: 5_000 })
    const events = times(9, (i) => identify(i, { notes: notes(i === 4 ? 6_000 : 500) }))
    const reports = await sendBatch('upsertLead', events, sending)
    expect(statusesOf(reports)).toEqual(times(9, (i) => (i === 4 ? 413 : 200)))
    expect(reports[4]).toMatchObject({
      errormessage: expect.stringContaining('1 MB') as unknown,
      sent: { userId: 'user-4' }
    })
    expect(await sendOne('single', 'upsertLead', events[4], sending)).toMatchObject({ status: 413 })
  })

  it('are not made at all for a record over 1 MB', async () => {
    const events = times(3, (i) => identify(i, { notes: notes(i === 1 ? 1_100_000 : 500) }))
    const { reports, exchanges } = await exchangesOfBatch('upsertLead', events, sending)
    expect(statusesOf(reports)).toEqual([200, 413, 200])
    expect(exchanges.map(({ status }) => status)).not.toContain(413)
    expect(reports[1].errormessage).toContain('1 MB')

    const calls = sandbox().state().usage.total
    expect(await sendOne('single', 'upsertLead', events[1], sending)).toMatchObject({ status: 413 })
    expect(sandbox().state().usage.total).toBe(calls)
  })
})

describe('What was written stays written', () => {
  const failures: Omit<Fault, 'endpoint'>[] = [
    { kind: 'error', code: '611' },
    { kind: 'error', code: '1008' },
    { kind: 'error', code: '606' },
    { kind: 'error', code: '603' },
    { kind: 'status', status: 503 },
    { kind: 'cut' },
    { kind: 'broken' }
  ]

  it.each(failures)('when the second call of Upsert Lead fails: %j', async (failure) => {
    sandbox().addFault({ endpoint: 'syncLeads', after: 1, ...failure })
    const reports = await sendBatch('upsertLead', times(700, identify), ONE_CALL.upsertLead.sending)
    const failed = reports[300].status
    expect(failed).toBeGreaterThanOrEqual(400)
    expect(statusesOf(reports)).toEqual(times(700, (i) => (i >= 300 && i < 600 ? failed : 200)))
    expect(
      sandbox()
        .state()
        .leads.filter(({ fields }) => /^user-\d/.test(String(fields.userId)))
    ).toHaveLength(400)
  })

  it.each(failures)('when the first call of Send Custom Activity fails: %j', async (failure) => {
    sandbox().addFault({ endpoint: 'addActivities', ...failure })
    const reports = await sendBatch('sendCustomActivity', times(700, track), ONE_CALL.sendCustomActivity.sending)
    const failed = reports[0].status
    expect(failed).toBeGreaterThanOrEqual(400)
    expect(statusesOf(reports)).toEqual(times(700, (i) => (i < 300 ? failed : 200)))
    expect(sandbox().state().activities).toHaveLength(400)
  })

  it('when some leads cannot be looked up', async () => {
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611', after: 1 })
    const known = times(300, (i) => identify(i))
    await sendBatch('upsertLead', known, ONE_CALL.upsertLead.sending)
    const reports = await sendBatch('upsertLead', times(600, identify))
    expect(statusesOf(reports)).toEqual(times(600, (i) => (i < 300 ? 200 : 500)))
  })

  it('when leads for activities cannot be created', async () => {
    sandbox().addFault({ endpoint: 'syncLeads', kind: 'error', code: '611' })
    const events = [{ ...track(1), userId: 'user-ada' }, track(2)]
    const reports = await sendBatch('sendCustomActivity', events, { mapping: ORDER })
    expect(statusesOf(reports)).toEqual([200, 500])
    // The lead was sent, but the activity was not.
    expect(reports[1].sent).toEqual({ userId: 'user-2' })
    expect(sandbox().state().activities).toHaveLength(1)
  })

  it('when one of several visits does not arrive', async () => {
    sandbox().addFault({ endpoint: 'munchkin', kind: 'status', status: 503 })
    const reports = await sendBatch('visitWebPage', times(4, page), ONE_CALL.visitWebPage.sending)
    expect(statusesOf(reports).sort()).toEqual([202, 202, 202, 503])
    expect(sandbox().state().visits).toHaveLength(3)
  })

  it('when web activity cannot be associated with the lead', async () => {
    sandbox().addFault({ endpoint: 'associateLead', kind: 'error', code: '611' })
    const [report] = await sendBatch('upsertLead', [identify(1)], { mapping: { associateWebActivity: true } })
    expect(report).toMatchObject({
      status: 200,
      body: { webActivity: expect.stringMatching(/^failed: .*611/) as unknown }
    })
  })
})

describe('The sync mode of Upsert Lead', () => {
  const inMode = (mode: string, more: JSONObject = {}) => ({ mapping: { __segment_internal_sync_mode: mode, ...more } })
  const known = { ...identify(1, { email: 'ada.lovelace@example.com' }), userId: 'user-ada' }

  it.each([
    ['add', known, {}],
    ['update', identify(1), {}],
    ['add', known, { lookupField: 'userId' }],
    ['update', identify(1), { lookupField: 'userId' }]
  ])('%s fails an event for good if it excludes the lead', async (mode, event, mapping) => {
    const { leads } = sandbox().state()
    const [report] = await sendBatch('upsertLead', [event], inMode(mode, mapping))
    expect(report.status).toBe(400)
    // With a lookup field, the record was sent and Marketo refused it. Otherwise nothing was sent.
    if ('lookupField' in mapping) expect(report.sent).toMatchObject({ userId: event.userId })
    else expect(report.sent).toBeUndefined()
    expect(await sendOne('single', 'upsertLead', event, inMode(mode, mapping))).toMatchObject({ status: 400 })
    expect(sandbox().state().leads).toEqual(leads)
  })

  it.each([
    ['add', identify(1)],
    ['update', known],
    ['upsert', identify(1)],
    ['upsert', known]
  ])('%s lets an event pass if it allows the lead', async (mode, event) => {
    expect(statusesOf(await sendBatch('upsertLead', [event], inMode(mode)))).toEqual([200])
  })
})

describe('A single event that fails throws an error of the framework', () => {
  it.each([
    ['611', RetryableError],
    ['606', RetryableError],
    ['601', RetryableError],
    ['603', IntegrationError],
    ['1006', PayloadValidationError]
  ])('%s', async (code, errorClass) => {
    const { event, sending, endpoint } = ONE_CALL.upsertLead
    sandbox().addFault({ endpoint, kind: 'error', code, times: 2 })
    await expect(sendSingle('upsertLead', event(1), sending)).rejects.toBeInstanceOf(errorClass)
  })

  it('with the framework’s code, the same as in a batch', async () => {
    const { event, sending, endpoint } = ONE_CALL.upsertLead
    sandbox().addFault({ endpoint, kind: 'error', code: '603' })
    await expect(sendSingle('upsertLead', event(1), sending)).rejects.toMatchObject({ code: 'FORBIDDEN', status: 403 })
    sandbox().addFault({ endpoint, kind: 'error', code: '603' })
    expect((await sendBatch('upsertLead', [event(1)], sending))[0]).toMatchObject({
      errortype: 'FORBIDDEN',
      status: 403
    })
  })
})
