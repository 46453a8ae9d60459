import { Connection, codes, type Envelope } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset({ leads: [{ id: 7 }, { id: 8 }] }))

const record = (primaryAttributeValue: string, overrides: object = {}) =>
  marketo.addActivities({
    leadId: 7,
    activityDate: '2024-05-31T16:00:00+02:00',
    activityTypeId: 100001,
    primaryAttributeValue,
    attributes: [],
    ...overrides
  })

const webinar = { activityTypeId: 100002 }

const tokenSince = async (sinceDatetime: string) =>
  (await marketo.rest(`activities/pagingtoken.json?${new URLSearchParams({ sinceDatetime }).toString()}`)).nextPageToken

async function page(filter: Record<string, string>, nextPageToken?: string): Promise<Envelope> {
  const token = nextPageToken ?? (await tokenSince('2000-01-01T00:00:00Z')) ?? ''
  const query = { nextPageToken: token, activityTypeIds: '100001', ...filter }
  return marketo.rest(`activities.json?${new URLSearchParams(query).toString()}`)
}

const values = ({ result }: Envelope) => result.map(({ primaryAttributeValue }) => primaryAttributeValue)

describe('Get Paging Token', () => {
  it('answers with a token and without a result', async () => {
    const answer = await marketo.rest('activities/pagingtoken.json?sinceDatetime=2024-05-31T14:00:00Z')
    expect(answer).toEqual({ requestId: answer.requestId, success: true, nextPageToken: answer.nextPageToken })
    expect(answer.nextPageToken).toMatch(/\w/)
  })

  it('needs a time with a zone', async () => {
    expect(codes(await marketo.rest('activities/pagingtoken.json'))).toEqual(['1002'])
    expect(codes(await marketo.rest('activities/pagingtoken.json?sinceDatetime=2024-05-31T14:00:00'))).toEqual(['1003'])
  })
})

describe('Get Lead Activities', () => {
  it('gives what took place at the time of the token or later, with dates in UTC to the second', async () => {
    await record('before', { activityDate: '2024-05-31T13:59:59Z' })
    await record('then', { activityDate: '2024-05-31T16:00:00.900+02:00' })
    const token = await tokenSince('2024-05-31T14:00:00Z')
    const answer = await page({}, token)
    expect(answer).toMatchObject({ moreResult: false })
    expect(answer.result).toEqual([
      {
        id: 5002,
        marketoGUID: '5002',
        leadId: 7,
        activityDate: '2024-05-31T14:00:00Z',
        activityTypeId: 100001,
        primaryAttributeValue: 'then',
        attributes: []
      }
    ])
  })

  it('gives the activities of these leads and types only', async () => {
    await record('a')
    await record('b', { leadId: 8 })
    await record('c', webinar)
    expect(values(await page({}))).toEqual(['a', 'b'])
    expect(values(await page({ leadIds: '7' }))).toEqual(['a'])
    expect(values(await page({ leadIds: '7,8', activityTypeIds: '100001,100002' }))).toEqual(['a', 'b', 'c'])
  })

  it('always gives a token, also for a page that is short or empty although there is more', async () => {
    marketo.sandbox.setLimits({ recordsPerCall: 2 })
    for (const more of [webinar, webinar, {}, webinar, {}]) await record('a', more)
    const pages = [await page({})]
    for (let last = pages[0]; last.moreResult; last = pages[pages.length - 1]) {
      pages.push(await page({}, last.nextPageToken))
    }
    expect(pages.map(({ result, moreResult }) => [result.length, moreResult])).toEqual([
      [0, true],
      [1, true],
      [1, false]
    ])
    expect(pages.map(({ nextPageToken }) => typeof nextPageToken)).toEqual(['string', 'string', 'string'])
    await record('later')
    expect(values(await page({}, pages[2].nextPageToken))).toEqual(['later'])
  })

  const many = (count: number) => Array.from({ length: count }, (_, i) => i + 1).join()
  it.each([
    ['31 leads', { leadIds: many(31) }, '1003'],
    ['11 types', { activityTypeIds: many(11) }, '1003'],
    ['no types', { activityTypeIds: '' }, '1002'],
    ['a lead that is not a number', { leadIds: 'x' }, '1001'],
    ['a token that it did not issue', { nextPageToken: 'x' }, '1003']
  ])('refuses %s', async (_what, filter, code) => {
    expect(codes(await page(filter))).toEqual([code])
  })

  it('takes 30 leads and 10 types', async () => {
    await record('a')
    expect((await page({ leadIds: many(30), activityTypeIds: `${many(9)},100001` })).result).toHaveLength(1)
  })

  it('needs the permission Read-Only Activity, as does the token', async () => {
    const token = await tokenSince('2000-01-01T00:00:00Z')
    marketo.sandbox.revoke('Read-Only Activity')
    expect(codes(await page({}, token))).toEqual(['603'])
    expect(codes(await marketo.rest('activities/pagingtoken.json?sinceDatetime=2024-05-31T14:00:00Z'))).toEqual(['603'])
  })
})
