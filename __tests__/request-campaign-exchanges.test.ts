import type { JSONObject, JSONValue } from '@segment/actions-core'
import { eventOf, sendOne, statusesOf, times, WAYS } from './support/events'
import { sendBatch } from './support/marketo'
import { refusal, success, useStub } from './support/stub'

const marketo = useStub('995-ZZZ-995')
const CAMPAIGN = 1044

interface CampaignInput {
  leads: { id: number }[]
  tokens?: { name: string; value: unknown }[]
}

/** An event about the lead with this ID, with these tokens. */
const request = (leadId: number, tokens: JSONValue = {}, campaign = CAMPAIGN) =>
  eventOf({ userId: `u${leadId}` }, { leadId, tokens, campaign })

const SENDING = {
  settings: marketo.settings,
  mapping: {
    campaignId: { '@path': '$.traits.campaign' },
    tokens: { '@path': '$.traits.tokens' },
    leadId: { '@path': '$.traits.leadId' }
  }
}

const send = (events: ReturnType<typeof request>[]) => sendBatch('requestCampaign', events, SENDING)

/** The calls that Marketo received: campaign, lead IDs, and tokens by name. */
const calls = () =>
  marketo.received.map(({ path, body }) => {
    const { leads, tokens } = (body as { input: CampaignInput }).input
    const campaign = Number(/^\/rest\/v1\/campaigns\/(\d+)\/trigger\.json$/.exec(path)?.[1])
    return { campaign, leads: leads.map(({ id }) => id), ...(tokens && { tokens }) }
  })

beforeEach(() => marketo.answerWith(() => success({ id: CAMPAIGN })))

it.each(WAYS)('An event requests the campaign for its lead, without tokens if it has none (%s)', async (way) => {
  expect(await sendOne(way, 'requestCampaign', request(7), SENDING)).toMatchObject({
    status: 200,
    body: { id: CAMPAIGN }
  })
  expect(marketo.received.map(({ body }) => body)).toEqual([{ input: { leads: [{ id: 7 }] } }])
})

describe('Tokens', () => {
  it.each([
    ...['my.name', '{{my.name}}', '{{ my.name }}', ' my.name ', 'MY.name'],
    ...['{{my.name:default=edit me}}', 'my.name:default=x', '{{ my.name : Default = a:b, c }}', 'my.name:default=']
  ])('%j is sent as {{my.name}}', async (name) => {
    await send([request(7, { [name]: 'Ada' })])
    expect(calls()).toMatchObject([{ tokens: [{ name: '{{my.name}}', value: 'Ada' }] }])
  })

  it('keep spaces, case and symbols in their names', async () => {
    await send([request(7, { '{{my.Order ID (long)}}': '1' })])
    expect(calls()).toMatchObject([{ tokens: [{ name: '{{my.Order ID (long)}}', value: '1' }] }])
  })

  it('are sent as text, with lists joined; an empty or null token keeps its value in Marketo', async () => {
    await send([request(7, { 'my.a': 12.5, 'my.b': false, 'my.c': ['x', 'y'], 'my.d': '', 'my.e': null, 'my.f': [] })])
    expect(calls()[0].tokens).toEqual([
      { name: '{{my.a}}', value: '12.5' },
      { name: '{{my.b}}', value: 'false' },
      { name: '{{my.c}}', value: 'x;y' }
    ])
  })

  it.each([
    'name',
    'my.',
    'my',
    '{{my.}}',
    '{{my.a',
    'lead.Email Address',
    '{{lead.Email Address}}',
    'my.a}}{{my.b',
    ''
  ])('%j is refused: it is not the name of a My Token', async (name) => {
    const [report] = await send([request(7, { [name]: 'x' })])
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('My Token') as unknown })
    expect(marketo.received).toEqual([])
  })

  it.each<[string, JSONObject]>([
    ['an object', { 'my.a': { b: 1 } }],
    ['an infinite number', { 'my.a': JSON.parse('1e400') as number }]
  ])('that hold %s fail only their event', async (_what, tokens) => {
    const reports = await send([request(1), request(2, tokens), request(3)])
    expect(statusesOf(reports)).toEqual([200, 400, 200])
    expect(reports[1].errormessage).toContain('Tokens > my.a')
    expect(calls()).toMatchObject([{ leads: [1, 3] }])
  })

  it('may be up to 100; one more fails the event before any call', async () => {
    const many = (n: number) => Object.fromEntries(times(n, (i) => [`my.t${i}`, i])) as JSONObject
    const reports = await send([request(1, many(101)), request(2, { ...many(100), 'my.empty': '' })])
    expect(statusesOf(reports)).toEqual([400, 200])
    expect(reports[0].errormessage).toContain('101 values, but a campaign takes 100 at most')
    expect(calls()).toHaveLength(1)
    expect(calls()[0].tokens).toHaveLength(100)
  })

  it('that are larger than 1 MB together fail their event before any call', async () => {
    const large = { 'my.a': 'x'.repeat(400_000), 'my.b': 'é'.repeat(400_000) }
    const reports = await send([request(1, large), request(2)])
    expect(statusesOf(reports)).toEqual([413, 200])
    expect(calls()).toHaveLength(1)
  })
})

describe('A call', () => {
  it('holds the events with the same campaign and tokens, whatever their order', async () => {
    await send([
      request(1, { 'my.a': 1, 'my.b': 2 }),
      request(2, { '{{my.b}}': '2', 'my.a': '1' }),
      request(3, { 'my.a': 1 }),
      request(4, { 'my.a': 1, 'my.b': 2 }, 1045),
      request(5, { 'my.a': 1, 'my.b': 2, 'my.c': '' })
    ])
    expect(calls().map(({ campaign, leads }) => [campaign, leads])).toEqual([
      [CAMPAIGN, [1, 2, 5]],
      [CAMPAIGN, [3]],
      [1045, [4]]
    ])
  })

  it('holds 100 leads', async () => {
    expect(statusesOf(await send(times(250, (i) => request(i + 1))))).toEqual(times(250, () => 200))
    expect(calls().map(({ leads }) => leads.length)).toEqual([100, 100, 50])
  })

  it('holds a lead only once: each event is its own request, in order', async () => {
    await send([request(1), request(2), request(1), request(1, {}, 1045), request(1), request(2)])
    expect(calls().map(({ campaign, leads }) => [campaign, leads])).toEqual([
      [CAMPAIGN, [1, 2]],
      [CAMPAIGN, [1, 2]],
      [1045, [1]],
      [CAMPAIGN, [1]]
    ])
  })
})

describe('A deleted lead', () => {
  it.each([[[50]], [[1, 100]], [[1, 2, 3]]])('fails only its own event (%j)', async (gone) => {
    marketo.answerWith(({ body }) => {
      const { leads } = (body as { input: CampaignInput }).input
      return leads.some(({ id }) => gone.includes(id)) ? refusal('1004', 'Lead not found') : success({ id: CAMPAIGN })
    })
    const reports = await send(times(100, (i) => request(i + 1)))
    expect(statusesOf(reports)).toEqual(times(100, (i) => (gone.includes(i + 1) ? 400 : 200)))
  })
})

describe('A request that Marketo answers with success', () => {
  it.each<[string, object]>([
    ['without a result', { success: true }],
    ['with an empty result', success()],
    ['with more results than leads', success({ id: 1 }, { id: 2 }, { id: 3 })],
    ['with a result of another shape', success({ status: 'skipped', reasons: [{ code: '1004', message: 'x' }] })],
    ['with a result that is not a list', { success: true, result: { id: 1 } }]
  ])('%s is never sent again', async (_what, answer) => {
    marketo.answerWith(() => answer)
    expect(statusesOf(await send([request(1), request(2)]))).toEqual([200, 200])
    expect(marketo.received).toHaveLength(1)
  })
})

describe('A call that fails', () => {
  it.each<[string, object, number, RegExp]>([
    ['for a batch campaign', refusal('1003', 'Campaign is not triggerable'), 400, /Campaign is Requested/],
    ['for an unknown campaign', refusal('1013', 'Object not found'), 400, /correct Campaign ID/],
    ['for a missing permission', refusal('603', 'Access denied'), 403, /"Execute Campaign"/],
    ['for the rate limit', refusal('606'), 429, /100 calls/],
    ['with a timeout', refusal('604'), 504, /604/],
    ['with an unknown answer', { hello: 'world' }, 502, /not a valid Marketo answer/]
  ])('%s fails only its own events', async (_what, answer, status, message) => {
    marketo.answerWith(({ path }) => (path.includes('/1045/') ? answer : success({ id: CAMPAIGN })))
    const reports = await send([request(1), request(2, {}, 1045), request(3), request(4, {}, 1045)])
    expect(statusesOf(reports)).toEqual([200, status, 200, status])
    expect(reports[1].errormessage).toMatch(message)
    expect(marketo.received).toHaveLength(2)
  })

  it('with a temporary error holds back later requests for the same person only', async () => {
    let hasFailed = false
    marketo.answerWith(() => {
      if (hasFailed) return success({ id: CAMPAIGN })
      hasFailed = true
      return refusal('611')
    })
    const reports = await send([request(1), request(2, {}, 1045), request(1, {}, 1045), request(1, {}, 1046)])
    expect(statusesOf(reports)).toEqual([500, 200, 503, 503])
    expect(reports[2].errormessage).toContain('an earlier event about the same lead failed')
    expect(calls().map(({ campaign, leads }) => [campaign, leads])).toEqual([
      [CAMPAIGN, [1]],
      [1045, [2]]
    ])
  })

  it('with a permanent error holds back nothing', async () => {
    marketo.answerWith(({ path }) => (path.includes('/1045/') ? refusal('1013') : success({ id: CAMPAIGN })))
    expect(statusesOf(await send([request(1, {}, 1045), request(1)]))).toEqual([400, 200])
  })
})
