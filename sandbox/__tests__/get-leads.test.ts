import { Connection, codes, type Envelope } from './connect'

let marketo: Connection
const TOKEN = '_mch-example.com-1741098586131-10001'
const NEW_TOKEN = '_mch-example.com-85eeb125bfe067a6385b1724380af3c4'

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() =>
  marketo.sandbox.reset({
    leads: [
      { id: 1, email: 'ada@example.com', firstName: 'Ada', userId: 'u1', leadScoreExt: 5, cookies: [TOKEN, NEW_TOKEN] },
      { id: 2, email: 'b+c@example.com', userId: 'u2', leadScoreExt: 6 },
      { id: 3, email: 'ADA@example.com', userId: 'u3' }
    ]
  })
)

const ids = ({ result }: Envelope) => result.map(({ id }) => id)

describe('Get Leads by Filter Type', () => {
  it('returns the default fields that have a value', async () => {
    const [{ createdAt, updatedAt }] = marketo.sandbox.state().leads
    expect((await marketo.find('userId', 'u1')).result).toEqual([
      { id: 1, email: 'ada@example.com', updatedAt, createdAt, firstName: 'Ada' }
    ])
  })

  it('returns the requested fields and the id', async () => {
    expect((await marketo.find('userId', 'u1,u2', { fields: 'userId,firstName' })).result).toEqual([
      { id: 1, userId: 'u1', firstName: 'Ada' },
      { id: 2, userId: 'u2' }
    ])
  })

  it('finds all leads with an email, whatever its case', async () => {
    expect(ids(await marketo.find('email', 'Ada@Example.com'))).toEqual([1, 3])
  })

  it('ignores the case of a value', async () => {
    expect(ids(await marketo.find('userId', 'U1'))).toEqual([1])
  })

  it('returns a lead once, even if several values match it', async () => {
    expect(ids(await marketo.find('email', 'ada@example.com,ADA@example.com'))).toEqual([1, 3])
  })

  it('filters by id and by integer fields', async () => {
    expect(ids(await marketo.find('id', '3,2,99'))).toEqual([2, 3])
    expect(ids(await marketo.find('leadScoreExt', '6'))).toEqual([2])
  })

  it.each(['id', 'leadScoreExt'])('refuses a value of %s that is not a number', async (field) => {
    expect(codes(await marketo.find(field, '1,x'))).toEqual(['1001'])
  })

  it('always splits values at commas', async () => {
    await marketo.sync([{ userId: 'x,u2' }], { lookupField: 'userId' })
    expect(ids(await marketo.find('userId', 'x,u2'))).toEqual([2])
  })

  it.each([
    ['firstName', '1011'],
    ['mrr', '1011'],
    ['nope', '1006']
  ])('refuses the filter type %s', async (field, code) => {
    expect(codes(await marketo.find(field, 'x'))).toEqual([code])
  })

  it('refuses an unknown field', async () => {
    expect(codes(await marketo.find('id', '1', { fields: 'id,nope' }))).toEqual(['1006'])
  })

  it('needs a filter type and values', async () => {
    expect(codes(await marketo.rest('leads.json?filterValues=x'))).toEqual(['1002'])
    expect(codes(await marketo.rest('leads.json?filterType=email&filterValues='))).toEqual(['1002'])
  })

  it('accepts as many values as a call can have records', async () => {
    const values = Array.from({ length: 301 }, (_, i) => `u${i}`)
    expect(codes(await marketo.find('userId', values.join()))).toEqual(['1003'])
    expect(ids(await marketo.find('userId', values.slice(1).join()))).toEqual([1, 2, 3])
  })

  it('reads a plus sign in the query as a space', async () => {
    expect(ids(await marketo.rest('leads.json?filterType=email&filterValues=b+c@example.com'))).toEqual([])
    expect(ids(await marketo.rest('leads.json?filterType=email&filterValues=b%2Bc@example.com'))).toEqual([2])
  })

  it('accepts the query as the form body of a POST with _method=GET', async () => {
    const form = 'filterType=email&filterValues=b%2Bc%40example.com&fields=id'
    const answer = await marketo.rest('leads.json?_method=GET', { method: 'POST', form })
    expect(answer.result).toEqual([{ id: 2 }])
    expect(marketo.sandbox.state().usage.byEndpoint).toEqual({ getLeads: 1 })
  })

  it('returns a large result page by page', async () => {
    marketo.sandbox.reset({ leads: Array.from({ length: 7 }, () => ({ email: 'same@example.com' })) })
    marketo.sandbox.setLimits({ recordsPerCall: 3 })
    const pages = [await marketo.find('email', 'same@example.com', { fields: 'id' })]
    for (let token = pages[0].nextPageToken; token; token = pages[pages.length - 1].nextPageToken) {
      pages.push(await marketo.find('email', 'same@example.com', { fields: 'id', nextPageToken: token }))
    }
    expect(pages.map(ids)).toEqual([[1001, 1002, 1003], [1004, 1005, 1006], [1007]])
    expect(pages.map(({ moreResult }) => moreResult)).toEqual([true, true, undefined])
  })

  it('refuses a paging token that it did not issue', async () => {
    expect(codes(await marketo.find('id', '1', { nextPageToken: 'x' }))).toEqual(['1003'])
  })

  it('refuses a filter that too many leads match', async () => {
    marketo.sandbox.setLimits({ filterMatches: 2 })
    expect(ids(await marketo.find('id', '1,2'))).toEqual([1, 2])
    expect((await marketo.find('id', '1,2,3')).errors).toEqual([
      { code: '1003', message: 'Too many results match the filter' }
    ])
  })
})

describe('The filter type cookies', () => {
  it.each([`id:123-ABC-456&token:${TOKEN}`, `id:123-abc-456&token:${TOKEN}`, `token:${TOKEN}`, TOKEN, NEW_TOKEN])(
    'finds the owner of %s',
    async (cookie) => {
      expect(ids(await marketo.find('cookies', cookie))).toEqual([1])
    }
  )

  it('finds no lead for a token that no lead owns', async () => {
    expect(ids(await marketo.find('cookies', `token:${TOKEN.replace('10001', '20002')}`))).toEqual([])
  })

  it.each([`id:999-ZZZ-999&token:${TOKEN}`, 'id:123-ABC-456', 'nonsense', '_mch-example.com-12'])(
    'refuses %s',
    async (cookie) => {
      expect(codes(await marketo.find('cookies', `${TOKEN},${cookie}`))).toEqual(['1012'])
    }
  )

  it('returns the tokens of a lead, and no cookies field for a lead without tokens', async () => {
    expect((await marketo.find('id', '1,2', { fields: 'cookies' })).result).toEqual([
      { id: 1, cookies: `${TOKEN},${NEW_TOKEN}` },
      { id: 2 }
    ])
  })
})
