import type { JSONObject } from '@segment/actions-core'
import * as limits from '../src/marketo/transport/limits'
import { eventOf, leadFields, leadWith, sendOne, statusesOf, times, WAYS } from './support/events'
import { callsOf, sendBatch, useSandbox } from './support/marketo'
import type { Sending } from './support/marketo'

const sandbox = useSandbox()
const [WELCOME, CONFIRMATION, INACTIVE, UNREQUESTABLE, BATCH] = [3001, 3002, 3003, 3004, 3005]
const time: { BATCH_MS: number } = limits
const people = (n: number) => times(n, (i) => ({ id: i + 1, email: `p${i}@example.com`, userId: `u${i}` }))
beforeEach(() => {
  sandbox().reset({ leads: people(3) })
  sandbox().setLimits({ callsPerWindow: 10_000 })
})
afterEach(() => jest.restoreAllMocks())

const calls = () => sandbox().state().usage.byEndpoint
const runs = () =>
  sandbox()
    .state()
    .campaignRuns.map(({ campaignId, leadId, tokens }) => [campaignId, leadId, tokens])

const person = (i: number, traits = {}) => eventOf({ userId: `u${i}`, email: `p${i}@example.com` }, traits)
const known = (n: number) => times(n, (i) => person(i))
const welcome = (more: JSONObject = {}): Sending => ({ mapping: { campaignId: WELCOME, ...more } })
const ofTraits = welcome({ campaignId: { '@path': '$.traits.campaign' }, tokens: { '@path': '$.traits.tokens' } })

describe.each(WAYS)('A request (%s)', (way) => {
  it('runs the campaign for the lead of the event, with its tokens, and does not change the lead', async () => {
    const before = sandbox().state().leads
    const sending = welcome({ tokens: { 'my.order': { '@path': '$.traits.order' } } })
    expect(await sendOne(way, 'requestCampaign', person(1, { order: 7 }), sending)).toMatchObject({
      status: 200,
      body: { id: WELCOME }
    })
    expect(runs()).toEqual([[WELCOME, 2, { '{{my.order}}': '7' }]])
    expect(sandbox().state().leads).toEqual(before)
    expect(calls()).toEqual({ getLeads: 1, requestCampaign: 1 })
  })

  it('creates the lead of a new person', async () => {
    expect(await sendOne(way, 'requestCampaign', person(9), welcome({ partitionName: 'EMEA' }))).toMatchObject({
      status: 200
    })
    const { id, partition } = leadWith(sandbox(), 'userId', 'u9')
    expect(partition).toBe('EMEA')
    expect(runs()).toEqual([[WELCOME, id, {}]])
  })

  it('with Create Lead off fails for a new person, and runs nothing', async () => {
    const report = await sendOne(way, 'requestCampaign', person(9), welcome({ createLead: false }))
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringMatching(/no lead/i) as unknown })
    expect(leadFields(sandbox())).toHaveLength(3)
    expect(runs()).toEqual([])
  })

  it('for a lead ID needs no look-up; an unknown lead ID fails for good', async () => {
    expect((await sendOne(way, 'requestCampaign', person(9), welcome({ leadId: 3 }))).status).toBe(200)
    expect(await sendOne(way, 'requestCampaign', person(9), welcome({ leadId: 99 }))).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('1004') as unknown
    })
    expect(runs()).toEqual([[WELCOME, 3, {}]])
    expect(calls()).toEqual({ requestCampaign: 2 })
  })

  it.each([INACTIVE, UNREQUESTABLE, BATCH, 4711])('for campaign %i fails for good', async (campaignId) => {
    expect(await sendOne(way, 'requestCampaign', person(1), welcome({ campaignId }))).toMatchObject({ status: 400 })
    expect(runs()).toEqual([])
  })

  it('for a lead that was just deleted finds the person’s current lead, or creates one', async () => {
    sandbox().intrude('requestCampaign', ({ leads }) => leads.delete(leads.all()[1]))
    expect(await sendOne(way, 'requestCampaign', person(1), welcome())).toMatchObject({ status: 200 })
    expect(runs()).toEqual([[WELCOME, leadWith(sandbox(), 'userId', 'u1').id, {}]])
  })
})

describe('A batch', () => {
  it.each([
    [100, 2],
    [300, 4],
    [301, 6]
  ])('of %i people known by email, with equal tokens, takes %i calls', async (n, expected) => {
    sandbox().reset({ leads: people(n) })
    sandbox().setLimits({ callsPerWindow: 10_000 })
    let statuses: number[] = []
    const cost = await callsOf(sandbox(), async () => {
      statuses = statusesOf(await sendBatch('requestCampaign', known(n), welcome({ tokens: { 'my.a': 'x' } })))
    })
    expect(statuses).toEqual(times(n, () => 200))
    expect(runs()).toHaveLength(n)
    expect(cost).toBe(expected)
  })

  it('runs each event once, and the events of one person one after another, in order', async () => {
    const events = [
      person(0, { campaign: WELCOME, tokens: { 'my.a': '1' } }),
      person(1, { campaign: CONFIRMATION }),
      person(0, { campaign: CONFIRMATION }),
      person(0, { campaign: WELCOME, tokens: { 'my.a': '2' } }),
      person(0, { campaign: WELCOME, tokens: { 'my.a': '1' } })
    ]
    expect(statusesOf(await sendBatch('requestCampaign', events, ofTraits))).toEqual(times(5, () => 200))
    const ofFirst = runs().filter(([, leadId]) => leadId === 1)
    expect(ofFirst).toEqual([
      [WELCOME, 1, { '{{my.a}}': '1' }],
      [CONFIRMATION, 1, {}],
      [WELCOME, 1, { '{{my.a}}': '2' }],
      [WELCOME, 1, { '{{my.a}}': '1' }]
    ])
    expect(runs()).toHaveLength(5)
  })

  it('with a campaign that cannot be requested fails only the events that name it', async () => {
    const events = times(3, (i) => person(i, { campaign: i === 1 ? INACTIVE : WELCOME }))
    expect(statusesOf(await sendBatch('requestCampaign', events, ofTraits))).toEqual([200, 400, 200])
  })

  it('loses no event when a lead is deleted in between', async () => {
    sandbox().reset({ leads: people(100) })
    sandbox().intrude('requestCampaign', ({ leads }) => leads.delete(leads.all()[49]))
    expect(statusesOf(await sendBatch('requestCampaign', known(100), welcome()))).toEqual(times(100, () => 200))
    const ran = runs().map(([, leadId]) => leadId)
    expect(new Set(ran).size).toBe(100)
    expect(ran).toHaveLength(100)
    expect(ran).toContain(leadWith(sandbox(), 'userId', 'u49').id)
  })

  it.each(['606', '607', '615', '611', '604'])(
    'whose first call fails with %s sends none of its events twice',
    async (code) => {
      sandbox().reset({ leads: people(150) })
      sandbox().addFault({ endpoint: 'requestCampaign', kind: 'error', code })
      const first = await sendBatch('requestCampaign', known(150), welcome())
      const again = known(150).filter((_, i) => first[i].status === 429 || first[i].status >= 500)
      expect(again).toHaveLength(100)
      expect(statusesOf(await sendBatch('requestCampaign', again, welcome()))).toEqual(times(100, () => 200))
      expect(runs()).toHaveLength(150)
      expect(new Set(runs().map(([, leadId]) => leadId)).size).toBe(150)
    }
  )

  it('whose look-up fails runs nothing, and Segment retries all its events', async () => {
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '606', times: 5 })
    expect(statusesOf(await sendBatch('requestCampaign', known(3), welcome()))).toEqual([429, 429, 429])
    expect(runs()).toEqual([])
  })

  it('names the missing permission', async () => {
    sandbox().revoke('Execute Campaign')
    const reports = await sendBatch('requestCampaign', known(2), welcome())
    expect(statusesOf(reports)).toEqual([403, 403])
    expect(reports[0].errormessage).toContain('"Execute Campaign"')
  })

  it('starts no call after its time limit, and Segment retries the events that were not sent', async () => {
    jest.replaceProperty(time, 'BATCH_MS', 500)
    sandbox().addFault({ endpoint: 'requestCampaign', kind: 'delay', ms: 700 })
    const events = [person(0), person(1), person(0), person(0)]
    expect(statusesOf(await sendBatch('requestCampaign', events, welcome()))).toEqual([200, 200, 503, 503])
    expect(runs()).toHaveLength(2)
  })

  it('whose answer is lost is retried and runs the campaign twice, because the destination cannot know that it ran', async () => {
    sandbox().addFault({ endpoint: 'requestCampaign', kind: 'cut', executed: true })
    expect((await sendBatch('requestCampaign', [person(0)], welcome()))[0].status).toBe(503)
    expect((await sendBatch('requestCampaign', [person(0)], welcome()))[0].status).toBe(200)
    expect(runs()).toHaveLength(2)
  })
})

it.each(WAYS)(
  'A system error with tokens names nested programs as a possible cause, and one without does not (%s)',
  async (way) => {
    sandbox().addFault({ endpoint: 'requestCampaign', kind: 'error', code: '611', times: 2 })
    const withTokens = await sendOne(way, 'requestCampaign', person(1), welcome({ tokens: { 'my.a': 'x' } }))
    expect(withTokens).toMatchObject({
      status: 500,
      errormessage: expect.stringMatching(/nested in another program/) as string
    })
    const without = await sendOne(way, 'requestCampaign', person(1), welcome())
    expect(without.errormessage).toContain('611')
    expect(without.errormessage).not.toContain('nested')
  }
)
