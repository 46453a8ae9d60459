import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JSONObject, JSONValue } from '@segment/actions-core'
import { routeMarketoTo } from '../sandbox/route-marketo'
import { eventOf, sendOne, statusesOf, times, USER_AGENT, WAYS } from './support/events'
import { anonymousTracking, exchangesOfBatch, sendBatch, useSandbox } from './support/marketo'
import type { TestEvent } from './support/marketo'

const sandbox = useSandbox()
const visits = () => sandbox().state().visits

/** The documentation's sample Page. */
const PAGE: TestEvent = {
  type: 'page',
  userId: '019mr8mf4r',
  category: 'Docs',
  name: 'Node.js Library',
  properties: {
    url: '/docs/connections/sources/catalog/libraries/server/node',
    path: '/docs/connections/sources/catalog/libraries/server/node/',
    title: 'Node.js Library - Segment',
    referrer: 'https://github.com/segmentio/analytics-node'
  },
  context: {
    userAgent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/40.0.2214.115 Safari/537.36'
  },
  timestamp: '2025-03-04T14:29:46.131Z'
}

/** Sends one visit without associating it. */
async function visit(mapping: JSONObject) {
  const event = { ...eventOf({ userId: 'ada' }), properties: {} }
  const [report] = await sendBatch('visitWebPage', [event], { mapping: { associateLead: false, ...mapping } })
  return report
}

describe.each(WAYS)('The documentation’s sample Page (%s)', (way) => {
  it('becomes a visit, reported as Munchkin does', async () => {
    expect(await sendOne(way, 'visitWebPage', PAGE)).toMatchObject({ status: way === 'batch' ? 202 : 200 })
    expect(visits()).toEqual([
      {
        leadId: null,
        token: expect.stringMatching(/^_mch-segment\.com-[0-9a-f]{32}$/) as string,
        url: '/docs/connections/sources/catalog/libraries/server/node',
        params: {
          _mchNc: '1741098586131',
          _mchCn: '',
          _mchId: '123-ABC-456',
          _mchTk: visits()[0].token,
          _mchHo: '',
          _mchPo: '',
          _mchRu: '/docs/connections/sources/catalog/libraries/server/node',
          _mchPc: '',
          _mchVr: '164',
          _mchEcid: '',
          _mchHa: '',
          _mchRe: 'https://github.com/segmentio/analytics-node',
          _mchQp: ''
        },
        userAgent: PAGE.context?.userAgent,
        visitedAt: '2025-03-04T14:29:46.131Z'
      }
    ])
  })
})

describe('The beacon', () => {
  it('is an empty POST to the instance’s tracking host, with the parameters in Munchkin’s order and encoding', async () => {
    const event = {
      ...eventOf({ userId: 'ada' }),
      properties: { url: 'https://k6.io/a b?a=1&b=2#top', referrer: 'https://example.org/?q=a%26b' },
      timestamp: '2025-03-04T14:29:46.131Z'
    }
    const { exchanges } = await exchangesOfBatch('visitWebPage', [event], { mapping: { associateLead: false } })
    const [{ request, url, options }] = exchanges
    expect(exchanges).toHaveLength(1)
    expect(request.method).toBe('POST')
    expect(options.body).toBeUndefined()
    expect(request.headers.get('user-agent')).toBe(USER_AGENT)
    expect(request.headers.has('authorization')).toBe(false)
    expect(url.replace(/_mchTk=[^&]+/, '_mchTk=TOKEN')).toBe(
      'https://123-abc-456.mktoresp.com/webevents/visitWebPage?_mchNc=1741098586131&_mchCn=&_mchId=123-ABC-456' +
        '&_mchTk=TOKEN&_mchHo=k6.io&_mchPo=&_mchRu=%2Fa%20b&_mchPc=https%3A&_mchVr=164&_mchEcid=&_mchHa=%23top' +
        '&_mchRe=https%3A%2F%2Fexample.org%2F%3Fq%3Da%26b&_mchQp=a%3D1__-__b%3D2'
    )
  })

  const nowhere = { _mchHo: '', _mchPo: '', _mchPc: '' }
  it.each<[url: string, hostname: string | null, parts: Record<string, string>]>([
    [
      'https://www.example.com:8443/a/b?x=1&y=2&z#top',
      null,
      {
        _mchHo: 'www.example.com',
        _mchPo: '8443',
        _mchRu: '/a/b',
        _mchPc: 'https:',
        _mchQp: 'x=1__-__y=2__-__z',
        _mchHa: '#top'
      }
    ],
    [
      'http://example.com',
      null,
      { _mchHo: 'example.com', _mchPo: '', _mchRu: '/', _mchPc: 'http:', _mchQp: '', _mchHa: '' }
    ],
    ['HTTPS://EXAMPLE.com:443/A', null, { _mchHo: 'example.com', _mchPo: '', _mchRu: '/A', _mchPc: 'https:' }],
    [' https://example.com/a ', 'other.com', { _mchHo: 'example.com', _mchRu: '/a' }],
    ['/docs?x=1#top', null, { ...nowhere, _mchRu: '/docs', _mchQp: 'x=1', _mchHa: '#top' }],
    ['/docs', '', { ...nowhere, _mchRu: '/docs' }],
    ['/docs', 'not a host', { ...nowhere, _mchRu: '/docs' }],
    ['/docs', 'example.com\r\nX-Evil: 1', { ...nowhere, _mchRu: '/docs' }],
    ['/docs', 'example.com', { _mchHo: 'example.com', _mchPo: '', _mchPc: 'https:', _mchRu: '/docs' }],
    ['/docs', ' example.com ', { _mchHo: 'example.com', _mchRu: '/docs' }],
    ['/docs', 'exam\tple.com', { ...nowhere, _mchRu: '/docs' }],
    ['/docs', 'example.com:8080', { _mchHo: 'example.com', _mchPo: '8080', _mchPc: 'https:' }],
    [
      '/docs',
      'http://example.com:8080/other?q=1',
      { _mchHo: 'example.com', _mchPo: '8080', _mchPc: 'http:', _mchRu: '/docs', _mchQp: '' }
    ],
    ['/caf%C3%A9/a%20b', null, { _mchRu: '/café/a b' }],
    ['/café', null, { _mchRu: '/café' }],
    ['/a%2520b', null, { _mchRu: '/a%20b' }],
    ['/100%', null, { _mchRu: '/100%' }],
    ['/?q=a%26b&c=%C3%A9', null, { _mchQp: 'q=a&b__-__c=é' }],
    ['/#caf%C3%A9', null, { _mchHa: '#café' }],
    ['https://bücher.example/ä', null, { _mchHo: 'xn--bcher-kva.example', _mchRu: '/ä' }],
    ['/docs', 'bücher.example', { _mchHo: 'xn--bcher-kva.example' }],
    ['https://example.com/\ud800', null, { _mchRu: '/\ufffd' }]
  ])('splits the URL %j with the hostname %j', async (url, hostname, parts) => {
    expect(await visit({ url, hostname })).toMatchObject({ status: 202 })
    expect(visits()[0].params).toMatchObject(parts)
  })

  it('takes the host of a path from the page’s URL by default', async () => {
    const event: TestEvent = {
      userId: 'ada',
      properties: { url: '/docs' },
      context: {
        userAgent: USER_AGENT,
        page: { url: 'https://segment.com/academy/', referrer: 'https://example.org/' }
      }
    }
    await sendBatch('visitWebPage', [event, { ...event, properties: {} }])
    expect(visits().map(({ url }) => url)).toEqual(['https://segment.com/docs', 'https://segment.com/academy/'])
    expect(visits()[0].params._mchRe).toBe('https://example.org/')
  })

  it.each([
    ['https://example.org/caf%C3%A9?q=a%2520b', 'https://example.org/café?q=a%20b'],
    ['https://example.org/100%', 'https://example.org/100%'],
    ['android-app://com.example', 'android-app://com.example'],
    ['https://example.org/\ud800', 'https://example.org/\ufffd'],
    ['', '']
  ])('decodes the referrer %j once', async (referrer, expected) => {
    await visit({ url: '/', referrer })
    expect(visits()[0].params._mchRe).toBe(expected)
  })

  it.each<[JSONValue, string]>([
    ['2025-03-04T14:29:46.131Z', '1741098586131'],
    ['2025-03-04T14:29:46.131', '1741098586131'],
    ['2025-03-04T15:29:46.131+01:00', '1741098586131'],
    [1741098586131, '1741098586131'],
    [1741098586, '1741098586000']
  ])('says that the page was visited at %j', async (visitedAt, expected) => {
    expect(await visit({ url: '/', visitedAt })).toMatchObject({ status: 202 })
    expect(visits()[0].params._mchNc).toBe(expected)
  })

  it('says that the page was visited now if the event has no time', async () => {
    const from = Date.now()
    await visit({ url: '/', visitedAt: null })
    const visitedAt = Number(visits()[0].params._mchNc)
    expect(visitedAt).toBeGreaterThanOrEqual(from)
    expect(visitedAt).toBeLessThanOrEqual(Date.now())
  })

  it('is sent with the visitor’s user agent', async () => {
    await visit({ url: '/', userAgent: ' Opera/9.80 (Müller Edition) ' })
    expect(visits()[0].userAgent).toBe('Opera/9.80 (Müller Edition)')
  })

  it.each([
    ['Mozilla/5.0 😀 Ω', 'Mozilla/5.0 ? ?'],
    ['Mozilla/5.0\r\nX-Evil: 1', 'Mozilla/5.0??X-Evil: 1'],
    ['Mozilla/5.0 \u0000', 'Mozilla/5.0 ?'],
    ['Mozilla/5.0 \ud800', 'Mozilla/5.0 ?'],
    ['Mozilla/5.0\u0085', 'Mozilla/5.0?']
  ])('replaces characters that a header cannot hold with question marks: %j', async (userAgent, expected) => {
    expect(await visit({ url: '/', userAgent })).toMatchObject({ status: 202 })
    expect(visits()[0].userAgent).toBe(expected)
  })

  it.each([
    ['example.com/x', 'https:', 'example.com', '', '/x'],
    ['www.example.com', 'https:', 'www.example.com', '', '/'],
    ['example.com:8080/x?y=1#z', 'https:', 'example.com', '8080', '/x'],
    ['localhost:3000/x', 'https:', 'localhost', '3000', '/x'],
    ['müller.example/x', 'https:', 'xn--mller-kva.example', '', '/x'],
    ['//example.com/x', 'http:', 'example.com', '', '/x']
  ])('may have a URL without a scheme: %s', async (url, _mchPc, _mchHo, _mchPo, _mchRu) => {
    expect(await visit({ url })).toMatchObject({ status: 202 })
    expect(visits()[0].params).toMatchObject({ _mchPc, _mchHo, _mchPo, _mchRu })
  })

  it.each(WAYS)('is sent whatever its optional values are (%s)', async (way) => {
    const event = {
      ...eventOf({ userId: 'ada' }),
      properties: { url: '/x', referrer: [] },
      context: {
        userAgent: USER_AGENT,
        page: { url: {} as string, referrer: 'https://a.example' },
        Marketo: { marketoCookie: [] }
      },
      timestamp: ''
    }
    const report = await sendOne(way, 'visitWebPage', event, { mapping: { associateLead: false } })
    expect(report.errormessage).toBeUndefined()
    expect(visits()[0].params).toMatchObject({ _mchRu: '/x', _mchHo: '', _mchRe: 'https://a.example' })
  })
})

describe('A visit is refused, and no other visit with it,', () => {
  it.each([
    ['URL', 'pricing'],
    ['URL', 'ada@example.com'],
    ['URL', 'example.com:x/pricing'],
    ['URL', 'javascript:example.com/x'],
    ['URL', 'javascript:alert(1)'],
    ['URL', 'mailto:ada@example.com'],
    ['URL', 'ftp://example.com/'],
    ['URL', 'https://'],
    ['URL', 'https://exa mple.com/'],
    ['URL', 'https://example.com:99999/'],
    ['URL', 'https://example.com/a\nb'],
    ['URL', '/a\r\nb'],
    ['URL', '/a\u0000b'],
    ['URL', ''],
    ['URL', '  '],
    ['User Agent', '\r\n'],
    ['User Agent', '日本語'],
    ['User Agent', ''],
    ['User Agent', ' ']
  ])('with the %s %j', async (label, value) => {
    const key = label === 'URL' ? 'url' : 'userAgent'
    const mapping = { [key]: { '@path': '$.traits.given' }, associateLead: false }
    const good = label === 'URL' ? '/good' : USER_AGENT
    const events = [good, value, good].map((given) => eventOf({ userId: 'ada' }, { given }))
    const reports = await sendBatch('visitWebPage', events, { mapping })
    expect(statusesOf(reports)).toEqual([202, 400, 202])
    expect(reports[1].errormessage).toContain(label)
    expect(visits()).toHaveLength(2)
    const alone = await sendOne('single', 'visitWebPage', events[1], { mapping })
    expect(alone.status).toBe(400)
    expect([label, `'${key}'`].filter((name) => alone.errormessage?.includes(name))).toHaveLength(1)
  })
})

describe('Beacons', () => {
  it('are sent at most 25 at once', async () => {
    const waiting: http.ServerResponse[] = []
    let most = 0
    const server = http.createServer((request, response) => {
      request.resume()
      waiting.push(response)
      most = Math.max(most, waiting.length)
      // If more than 25 could run at once, the next beacon would have arrived by now.
      if (waiting.length >= 25) setTimeout(() => waiting.splice(0).forEach((held) => held.writeHead(202).end()), 50)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const restore = routeMarketoTo((server.address() as AddressInfo).port)
    try {
      const events = times(100, (i) => eventOf({ userId: `u${i}` }))
      const reports = await sendBatch('visitWebPage', events, { mapping: { associateLead: false } })
      expect(statusesOf(reports)).toEqual(events.map(() => 202))
      expect(most).toBe(25)
    } finally {
      restore()
      server.closeAllConnections()
      server.close()
    }
  })
})

it('When a visit cannot be reported, the next visit associates the visitor', async () => {
  sandbox().reset({ leads: [{ id: 11, userId: 'u1' }], keepDefaults: false })
  sandbox().addFault({ endpoint: 'munchkin', kind: 'status', status: 503 })
  const visits = ['/1', '/2'].map((path) => ({
    ...eventOf({ userId: 'u1' }),
    type: 'page' as const,
    properties: { url: `https://x.org${path}` }
  }))
  const reports = await sendBatch('visitWebPage', visits)
  expect(statusesOf(reports).sort()).toEqual([202, 503])
  expect(reports.map(({ body }) => body?.webActivity)).toContain('associated')
  expect(sandbox().state().visits).toMatchObject([{ leadId: 11 }])
})

it('A visit with only an anonymous ID is recorded even if the owner of its token cannot be looked up', async () => {
  sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611' })
  const visit = { ...eventOf({ anonymousId: 'x' }), type: 'page' as const }
  const [report] = await sendBatch('visitWebPage', [visit], { settings: anonymousTracking })
  expect(report).toMatchObject({ status: 202 })
  expect(sandbox().state().visits).toMatchObject([{ leadId: null }])
})
