import nock from 'nock'
import type { Settings } from '../../../src/generated-types'

export const settings: Settings = {
  munchkinId: '123-ABC-456',
  clientId: 'client-id',
  clientSecret: 'client-secret',
  trackAnonymousActivity: true
}

/** The value of a `_mkto_trk` cookie of this instance. */
export const marketoCookie = 'id:123-ABC-456&token:_mch-example.com-0123456789abcdef0123456789abcdef'

/** Marketo's REST API. It gives out an access token; each test adds the calls that it expects. */
export function marketoApi(): nock.Scope {
  const api = nock('https://123-abc-456.mktorest.com')
  api.post('/identity/oauth/token').optionally().reply(200, { access_token: 'token', expires_in: 3600 })
  return api
}

/** Marketo's REST API finds these leads by these User IDs, which are separated by commas. */
export const leadsOfUsers = (userIds: string, ...leads: object[]): nock.Scope =>
  marketoApi()
    .get('/rest/v1/leads.json')
    .query(({ filterType, filterValues }) => filterType === 'userId' && filterValues === userIds)
    .reply(200, success(...leads))

/** A lead with the values of its fields. */
export interface Lead {
  id: number
  [field: string]: unknown
}

/** Marketo's REST API finds these leads, by whatever they are looked up. */
export function leadsInMarketo(...leads: Lead[]): nock.Scope {
  return marketoApi()
    .persist()
    .get('/rest/v1/leads.json')
    .query(true)
    .reply((uri) => {
      const query = new URL(uri, 'https://123-abc-456.mktorest.com').searchParams
      const values = (query.get('filterValues') ?? '').toLowerCase().split(',')
      const field = query.get('filterType') ?? ''
      // A cookie is looked up as a whole. The lead shows its token.
      const has = (lead: Lead) =>
        values.some((value) => value.replace(/^id:.*&token:/, '') === String(lead[field]).toLowerCase())
      return [200, success(...leads.filter(has))]
    })
}

/** Munchkin, Marketo's web tracking. */
export const munchkin = (): nock.Scope => nock('https://123-abc-456.mktoresp.com')

/** An answer with these results. */
export const success = (...result: object[]) => ({ requestId: 'request', success: true, result })

/** An answer that refuses the whole call. */
export const refusal = (code: string, message: string) => ({
  requestId: 'request',
  success: false,
  errors: [{ code, message }]
})

/** Calls that no test expects. They fail and never leave the machine. */
const unexpected: string[] = []

beforeAll(() => {
  nock.disableNetConnect()
  nock.emitter.on('no match', ({ method, path }: { method?: string; path?: string }) =>
    unexpected.push(`${method} ${path}`)
  )
})

/** Fails if the test did not make a call that it expects, or made one that it does not expect. */
export function endMarketo(): void {
  const missing = nock.pendingMocks()
  nock.cleanAll()
  expect({ missing, unexpected: unexpected.splice(0) }).toEqual({ missing: [], unexpected: [] })
}

// Without this, nock's replacement of Node's HTTP would stay in place for the next test file in the same process.
afterAll(() => {
  nock.emitter.removeAllListeners('no match')
  nock.enableNetConnect()
  nock.restore()
})
