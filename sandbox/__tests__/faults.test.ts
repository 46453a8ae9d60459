import type { Fault } from '..'
import { Connection, codes, outcomes } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset({ leads: [{ id: 7, email: 'ada@example.com' }] }))

const emails = () => marketo.sandbox.state().leads.map(({ fields }) => fields.email)
const sync = (...names: string[]) => marketo.sync(names.map((name) => ({ email: `${name}@example.com` })))
const sendSync = () =>
  marketo.send('/rest/v1/leads.json', {
    method: 'POST',
    headers: { authorization: `Bearer ${marketo.token}` },
    json: { input: [{ email: 'a@example.com' }] }
  })

describe('A fault of the kind', () => {
  it('error answers with its code and executes nothing', async () => {
    marketo.sandbox.addFault({ endpoint: 'syncLeads', kind: 'error', code: '608' })
    const answer = await sync('a')
    expect(answer).toMatchObject({ success: false, errors: [{ code: '608', message: 'API Temporarily Unavailable' }] })
    expect(emails()).toEqual(['ada@example.com'])
  })

  it('error answers with its own message if it has one', async () => {
    marketo.sandbox.addFault({ endpoint: 'getLeads', kind: 'error', code: '9999', message: 'Whatever' })
    expect((await marketo.find('id', '7')).errors).toEqual([{ code: '9999', message: 'Whatever' }])
  })

  it('record skips every record of the call and executes nothing', async () => {
    marketo.sandbox.addFault({ endpoint: '*', kind: 'record', code: '1029' })
    expect((await marketo.find('id', '7')).result).toHaveLength(1)
    expect(outcomes(await sync('a', 'b'))).toEqual(['1029', '1029'])
    expect(emails()).toEqual(['ada@example.com'])
  })

  it('record gives the reasons for a skipped activity under "errors"', async () => {
    marketo.sandbox.addFault({ endpoint: 'addActivities', kind: 'record', code: '1004' })
    expect((await marketo.addActivities({})).result).toEqual([
      { status: 'skipped', errors: [{ code: '1004', message: 'Lead not found' }] }
    ])
  })

  it('status answers with an HTTP status and HTML, and executes nothing', async () => {
    marketo.sandbox.addFault({ endpoint: 'syncLeads', kind: 'status', status: 502 })
    const { status, headers, text } = await sendSync()
    expect([status, headers['content-type']]).toEqual([502, 'text/html;charset=UTF-8'])
    expect(text).toMatch(/^<html>/)
    expect(emails()).toEqual(['ada@example.com'])
  })

  it('delay executes the call at once and answers later', async () => {
    marketo.sandbox.addFault({ endpoint: 'syncLeads', kind: 'delay', ms: 300 })
    const answered = sync('a')
    while (marketo.sandbox.state().usage.total === 0) await new Promise(setImmediate)
    expect(emails()).toEqual(['ada@example.com', 'a@example.com'])
    expect(outcomes(await answered)).toEqual(['created'])
  })

  it('delay cuts the connection after the delay if the call is not to be executed', async () => {
    marketo.sandbox.addFault({ endpoint: 'syncLeads', kind: 'delay', ms: 1, executed: false })
    await expect(sync('a')).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(emails()).toEqual(['ada@example.com'])
  })

  it.each([
    [undefined, 1],
    [false, 1],
    [true, 2]
  ])('cut resets the connection (executed: %p)', async (executed, leads) => {
    marketo.sandbox.addFault({ endpoint: 'syncLeads', kind: 'cut', executed })
    await expect(sync('a')).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(emails()).toHaveLength(leads)
  })

  it.each([
    [undefined, 1],
    [false, 1],
    [true, 2]
  ])('broken answers with HTTP 200 and no envelope (executed: %p)', async (executed, leads) => {
    marketo.sandbox.addFault({ endpoint: 'syncLeads', kind: 'broken', executed })
    const { status, text } = await sendSync()
    expect(status).toBe(200)
    expect(() => JSON.parse(text) as unknown).toThrow()
    expect(emails()).toHaveLength(leads)
  })

  it.each([
    [undefined, 2],
    [false, 2],
    [true, 3]
  ])('short leaves out the last result (its record executed: %p)', async (executed, leads) => {
    marketo.sandbox.addFault({ endpoint: 'syncLeads', kind: 'short', executed })
    expect(outcomes(await sync('a', 'b'))).toEqual(['created'])
    expect(emails()).toHaveLength(leads)
  })

  it('short leaves out the last lead that a search finds', async () => {
    marketo.sandbox.addFault({ endpoint: 'getLeads', kind: 'short' })
    expect((await marketo.find('id', '7')).result).toEqual([])
  })

  it.each(['identity', 'munchkin'] as const)(
    'status, delay, cut or broken can hit the endpoint %s',
    async (endpoint) => {
      const call = () =>
        endpoint === 'identity'
          ? marketo.send('/identity/oauth/token')
          : marketo.visit({ _mchTk: '_mch-example.com-1741098586131-10001' })
      const usual = (await call()).status
      const add = (fault: Pick<Fault, 'kind' | 'status' | 'ms'>) => marketo.sandbox.addFault({ endpoint, ...fault })
      add({ kind: 'status', status: 503 })
      expect((await call()).status).toBe(503)
      add({ kind: 'delay', ms: 1 })
      expect((await call()).status).toBe(usual)
      add({ kind: 'cut' })
      await expect(call()).rejects.toMatchObject({ code: 'ECONNRESET' })
      add({ kind: 'broken' })
      expect((await call()).text).toMatch(/^<html>/)
      expect(marketo.sandbox.state().visits).toHaveLength(endpoint === 'munchkin' ? 2 : 0)
    }
  )
})

describe('Faults', () => {
  it('hit as many calls as `times` says, after as many calls as `after` says', async () => {
    marketo.sandbox.addFault({ endpoint: 'getLeads', kind: 'error', code: '604', times: 2, after: 1 })
    const seen = []
    for (let i = 0; i < 5; i++) {
      seen.push((await marketo.find('id', '7')).success)
      await sync('ada')
    }
    expect(seen).toEqual([true, false, false, true, true])
    expect(marketo.sandbox.state().faults).toEqual([])
  })

  it('for any endpoint count the calls of all endpoints', async () => {
    marketo.sandbox.addFault({ endpoint: '*', kind: 'error', code: '604', after: 2 })
    expect((await marketo.find('id', '7')).success).toBe(true)
    expect((await sync('ada')).success).toBe(true)
    expect(codes(await marketo.find('id', '7'))).toEqual(['604'])
  })

  it('for the same endpoint hit one after the other', async () => {
    marketo.sandbox.addFault({ endpoint: 'getLeads', kind: 'error', code: '604' })
    marketo.sandbox.addFault({ endpoint: 'getLeads', kind: 'error', code: '608' })
    expect(codes(await marketo.find('id', '7'))).toEqual(['604'])
    expect(codes(await marketo.find('id', '7'))).toEqual(['608'])
    expect((await marketo.find('id', '7')).success).toBe(true)
  })

  it('show in the state how many calls they will still hit', async () => {
    marketo.sandbox.addFault({ endpoint: 'getLeads', kind: 'error', code: '604', times: 2, after: 1 })
    await marketo.find('id', '7')
    await marketo.find('id', '7')
    expect(marketo.sandbox.state().faults).toEqual([
      { endpoint: 'getLeads', kind: 'error', code: '604', times: 1, after: 0 }
    ])
  })

  it('do not hit a call with an invalid access token', async () => {
    marketo.sandbox.addFault({ endpoint: 'getLeads', kind: 'error', code: '604' })
    const headers = { authorization: 'Bearer 1:ab' }
    expect(codes(await marketo.rest('leads.json', { headers }))).toEqual(['601'])
    expect(codes(await marketo.find('id', '7'))).toEqual(['604'])
  })

  const nonsense: [object, RegExp][] = [
    [{ kind: 'cut' }, /endpoint must be one of/],
    [{ endpoint: 'nope', kind: 'cut' }, /endpoint must be one of/],
    [{ endpoint: '*', kind: 'toString' }, /kind must be one of/],
    [{ endpoint: '*', kind: 'error' }, /code must be/],
    [{ endpoint: 'syncLeads', kind: 'record' }, /code must be/],
    [{ endpoint: '*', kind: 'error', code: 604 }, /code must be/],
    [{ endpoint: '*', kind: 'status' }, /status must be/],
    [{ endpoint: '*', kind: 'status', status: 99 }, /status must be/],
    [{ endpoint: '*', kind: 'delay' }, /ms must be/],
    [{ endpoint: '*', kind: 'cut', times: 0 }, /times must be/],
    [{ endpoint: '*', kind: 'cut', after: -1 }, /after must be/],
    [{ endpoint: '*', kind: 'cut', executed: 'yes' }, /executed must be/],
    [{ endpoint: '*', kind: 'cut', message: 1 }, /message must be/],
    [{ endpoint: '*', kind: 'cut', when: 1 }, /no when/],
    [{ endpoint: 'identity', kind: 'error', code: '604' }, /cannot happen to identity/],
    [{ endpoint: 'getLeads', kind: 'record', code: '1004' }, /cannot happen to getLeads/],
    [{ endpoint: 'associateLead', kind: 'short' }, /cannot happen to associateLead/]
  ]
  it.each(nonsense)('that are not valid are refused with a message: %j', (fault, words) => {
    expect(() => marketo.sandbox.addFault(fault as Fault)).toThrow(words)
    expect(marketo.sandbox.state().faults).toEqual([])
  })
})
