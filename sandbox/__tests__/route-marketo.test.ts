import https from 'node:https'
import net from 'node:net'
import { createRequestClient } from '@segment/actions-core'
import { routeMarketoTo, startSandbox, type Sandbox } from '..'

let sandbox: Sandbox
let restore: () => void
const former = https.globalAgent
const request = createRequestClient({ throwHttpErrors: false })

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => {
  sandbox.reset()
  restore = routeMarketoTo(sandbox.port)
})
afterEach(() => restore())

async function token(): Promise<string> {
  const { data } = await request<{ access_token: string }>('https://123-ABC-456.mktorest.com/identity/oauth/token', {
    method: 'post',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'sandbox',
      client_secret: 'sandbox'
    })
  })
  return data.access_token
}

describe("The request client of actions-core, with Marketo's hosts routed to the sandbox,", () => {
  it('reaches the REST API', async () => {
    const { data } = await request<{ result: object[] }>('https://123-abc-456.mktorest.com/rest/v1/leads.json', {
      method: 'post',
      json: { input: [{ email: 'new@example.com' }] },
      headers: { authorization: `Bearer ${await token()}` }
    })
    expect(data.result).toEqual([{ id: 1006, status: 'created' }])
  })

  it('unzips what the sandbox zips', async () => {
    const { data, headers } = await request<{ success: boolean }>(
      'https://123-abc-456.mktorest.com/rest/v1/leads/describe2.json',
      { headers: { authorization: `Bearer ${await token()}` } }
    )
    expect(headers.get('content-encoding')).toBe('gzip')
    expect(data.success).toBe(true)
  })

  it('reaches the tracking endpoint', async () => {
    const url = 'https://123-abc-456.mktoresp.com/webevents/visitWebPage?_mchId=123-ABC-456&_mchTk=_mch-a'
    expect((await request(url, { method: 'post' })).status).toBe(202)
    expect(sandbox.state().visits).toHaveLength(1)
  })

  it('sees a cut connection as a network failure', async () => {
    sandbox.addFault({ endpoint: 'identity', kind: 'cut' })
    await expect(token()).rejects.toMatchObject({ code: 'ECONNRESET' })
  })

  it('reuses its connection', async () => {
    const connect = jest.spyOn(net, 'connect')
    await token()
    await token()
    await token()
    expect(connect).toHaveBeenCalledTimes(1)
    connect.mockRestore()
  })
})

describe('routeMarketoTo', () => {
  it.each(['example.test', 'a.mktorest.com.example.test', 'xmktorest.com'])('does not reroute %s', async (host) => {
    const usual = jest.spyOn(https.Agent.prototype, 'createConnection').mockImplementation(() => {
      throw new Error('the usual way')
    })
    await expect(request(`https://${host}/rest/v1/leads.json`)).rejects.toThrow('the usual way')
    usual.mockRestore()
  })

  it('returns a function that undoes the routing and closes its connections', async () => {
    const connect = jest.spyOn(net, 'connect')
    await token()
    const socket = connect.mock.results[0].value as net.Socket
    connect.mockRestore()
    expect(socket.destroyed).toBe(false)
    expect(https.globalAgent).not.toBe(former)
    restore()
    expect(https.globalAgent).toBe(former)
    expect(socket.destroyed).toBe(true)
  })
})
