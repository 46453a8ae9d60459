import https from 'https'
import { MarketoReader } from '../../rehearsal/wire/ask-marketo'
import { whyNoRead } from '../../rehearsal/wire/reads'
import { ENDPOINTS } from '../../sandbox/rest/endpoints'
import { useSandbox } from '../support/marketo'

const sandbox = useSandbox()

const HOST = '123-abc-456.mktorest.com'
const INSTANCE = '123-ABC-456'
const isRead = (method: string, path: string, host = HOST) => whyNoRead({ method, path, host }, INSTANCE) === undefined

const ways = Object.values(ENDPOINTS)
  .flatMap(({ at }): readonly string[] => at)
  .map((at) => at.split(' '))
  .map(([method, path]) => [method, `/rest${path.replace('{id}', '1').replace('{name}', 'car_c')}`])

test.each(ways.filter(([method]) => method === 'GET'))(
  '%s %s is a read, also as a POST that says so',
  (method, path) => {
    expect(isRead(method, path)).toBe(true)
    expect(isRead('POST', `${path}?_method=GET`)).toBe(true)
  }
)

test.each(ways.filter(([method]) => method !== 'GET'))('%s %s is a write', (method, path) => {
  expect(isRead(method, path)).toBe(false)
  expect(isRead(method, `${path}?leadIds=1,2&cookie=x`)).toBe(false)
})

test.each([
  ['a GET that overrides its method', 'GET', '/rest/v1/leads.json?_method=POST'],
  ['a POST that overrides its method twice', 'POST', '/rest/v1/leads.json?_method=GET&_method=DELETE'],
  ['a DELETE that says it is a GET', 'DELETE', '/rest/v1/leads.json?_method=GET'],
  ['a GET of a path that is only written to', 'GET', '/rest/v1/leads/1/associate.json?cookie=x'],
  ['a path that leads elsewhere', 'GET', '/rest/v1/lists/../leads/1/merge.json'],
  ['an unknown path', 'GET', '/rest/v1/stats/errors.json'],
  ['a sign-in that is something else', 'DELETE', '/identity/oauth/token'],
  ['a page visit', 'GET', '/webevents/visitWebPage?_mchId=1', '123-abc-456.mktoresp.com'],
  ['another instance', 'GET', '/rest/v1/leads.json', '999-abc-456.mktorest.com'],
  ['the tracking host', 'GET', '/rest/v1/leads.json', '123-abc-456.mktoresp.com']
])('%s is no read', (_what, method, path, host = HOST) => {
  expect(isRead(method, path, host)).toBe(false)
})

test('the reader throws at a write before anything is sent', async () => {
  const reader = new MarketoReader({ munchkinId: INSTANCE, agent: https.globalAgent })
  for (const [method, path] of ways.filter(([one]) => one !== 'GET')) {
    await expect(reader.ask({ method, path, headers: {} })).rejects.toThrow('A rehearsal only reads')
  }
  expect(sandbox().state().usage.total).toBe(0)
  await reader.ask({ method: 'GET', path: '/rest/v1/leads.json', headers: {} })
  expect(reader.calls).toBe(1)
})
