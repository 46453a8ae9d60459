import { Connection, codes, type Envelope } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

const WELCOME = 3001
const request = (input: unknown, campaignId = WELCOME) =>
  marketo.rest(`campaigns/${campaignId}/trigger.json`, { method: 'POST', json: { input } })
const leads = (...ids: unknown[]) => ids.map((id) => ({ id }))
const runs = () => marketo.sandbox.state().campaignRuns
const names = ({ result }: Envelope) => result.map(({ name }) => name)

describe('Request Campaign', () => {
  it('runs the campaign for each lead with the tokens of the call, and answers with one result', async () => {
    const tokens = [{ name: '{{my.message}}', value: 'Hi' }]
    const { result } = await request({ leads: leads(1001, 1002), tokens })
    expect(result).toEqual([{ id: WELCOME }])
    const run = { campaignId: WELCOME, campaignName: 'Send Welcome Email', tokens: { '{{my.message}}': 'Hi' } }
    expect(runs()).toEqual([
      { ...run, leadId: 1001, requestedAt: expect.any(String) as string },
      { ...run, leadId: 1002, requestedAt: expect.any(String) as string }
    ])
  })

  it('needs no tokens, and runs once a call for each lead, even if the call lists a lead twice', async () => {
    await request({ leads: leads(1001, 1001) })
    await request({ leads: leads(1001) })
    expect(runs().map(({ leadId, tokens }) => [leadId, tokens])).toEqual([
      [1001, {}],
      [1001, {}]
    ])
  })

  it('accepts up to 100 leads and 100 tokens', async () => {
    const many = Array.from({ length: 101 }, (_, i) => ({ id: i + 1, email: `lead${i}@example.com` }))
    marketo.sandbox.reset({ leads: many })
    const tokens = many.map(({ id }) => ({ name: `{{my.token ${id}}}`, value: '' }))
    expect(codes(await request({ leads: many }))).toEqual(['1003'])
    expect(codes(await request({ leads: leads(1), tokens }))).toEqual(['1003'])
    expect(runs()).toEqual([])
    expect((await request({ leads: many.slice(1), tokens: tokens.slice(1) })).success).toBe(true)
    expect(runs()).toHaveLength(100)
  })

  it.each([
    ['a batch campaign', 3005, { leads: leads(1001) }, '1003'],
    ['a campaign that is not active', 3003, { leads: leads(1001) }, '1003'],
    ['a campaign with another trigger', 3004, { leads: leads(1001) }, '1003'],
    ['a campaign that does not exist', 99, { leads: leads(1001) }, '1013'],
    ['a lead that does not exist', WELCOME, { leads: leads(1001, 99) }, '1004'],
    ['no leads', WELCOME, {}, '1002'],
    ['an empty list of leads', WELCOME, { leads: [] }, '1003'],
    ['a lead without an ID', WELCOME, { leads: [{}] }, '1001'],
    ['no input', WELCOME, undefined, '1002'],
    ['a token without braces', WELCOME, { leads: leads(1001), tokens: [{ name: 'my.message', value: 'x' }] }, '1003'],
    ['a numeric token', WELCOME, { leads: leads(1001), tokens: [{ name: '{{my.message}}', value: 1 }] }, '1001']
  ])('refuses the whole call for %s', async (_what, campaignId, input, code) => {
    expect(codes(await request(input, campaignId))).toEqual([code])
    expect(runs()).toEqual([])
  })

  it('needs the permission Execute Campaign', async () => {
    marketo.sandbox.revoke('Execute Campaign')
    expect(codes(await request({ leads: leads(1001) }))).toEqual(['603'])
    expect(runs()).toEqual([])
  })

  it.each([
    ['and without running', undefined, 0],
    ['after running', true, 1]
  ])('can answer without its result %s', async (_what, executed, count) => {
    marketo.sandbox.addFault({ endpoint: 'requestCampaign', kind: 'short', executed })
    expect(await request({ leads: leads(1001) })).toMatchObject({ success: true, result: [] })
    expect(runs()).toHaveLength(count)
  })

  it('can be cut off after it has run, but cannot skip single records', async () => {
    marketo.sandbox.addFault({ endpoint: 'requestCampaign', kind: 'cut', executed: true })
    await expect(request({ leads: leads(1001) })).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(runs()).toHaveLength(1)
    expect(() => marketo.sandbox.addFault({ endpoint: 'requestCampaign', kind: 'record', code: '1004' })).toThrow(
      /cannot happen to requestCampaign/
    )
  })

  it('fails after a marketer has deactivated the campaign', async () => {
    marketo.sandbox.intrude('requestCampaign', ({ campaigns }) => campaigns.setActive(WELCOME, false))
    expect(codes(await request({ leads: leads(1001) }))).toEqual(['1003'])
  })
})

describe('Get Campaigns', () => {
  it('lists all campaigns, or those that can be requested, or those with the given IDs', async () => {
    const all = await marketo.rest('campaigns.json')
    expect(all.result).toHaveLength(5)
    expect(all.result[0]).toMatchObject({ id: WELCOME, type: 'trigger', active: true, workspaceName: 'Default' })
    expect(names(await marketo.rest('campaigns.json?isTriggerable=true'))).toEqual([
      'Send Welcome Email',
      'Send Order Confirmation'
    ])
    expect(names(await marketo.rest('campaigns.json?id=3002,3005'))).toEqual([
      'Send Order Confirmation',
      'Monthly Newsletter'
    ])
  })

  it('returns 300 campaigns a page, and needs a campaign permission', async () => {
    marketo.sandbox.reset({ assets: { campaigns: 400 } })
    const first = await marketo.rest('campaigns.json?isTriggerable=true')
    expect(first.result).toHaveLength(300)
    const path = `campaigns.json?isTriggerable=true&nextPageToken=${first.nextPageToken}`
    expect((await marketo.rest(path)).result).toHaveLength(102)
    marketo.sandbox.revoke('Read-Only Campaign')
    marketo.sandbox.revoke('Read-Write Campaign')
    expect(codes(await marketo.rest(path))).toEqual(['603'])
  })

  it('is superseded by Get Smart Campaigns, which says whether a campaign is active and requestable', async () => {
    const { result } = await marketo.asset('smartCampaigns.json?isActive=true&maxReturn=200')
    expect(result.map(({ id, isActive, isRequestable }) => [id, isActive, isRequestable])).toEqual([
      [3001, true, true],
      [3002, true, true],
      [3004, true, false]
    ])
    expect((await marketo.asset('smartCampaign/3005.json')).result).toMatchObject([{ type: 'batch', isActive: false }])
    expect(await marketo.asset('smartCampaign/99.json')).not.toHaveProperty('result')
  })
})
