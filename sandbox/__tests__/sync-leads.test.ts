import { Connection, codes, outcomes } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() =>
  marketo.sandbox.reset({ leads: [{ id: 7, email: 'ada@example.com', firstName: 'Ada', userId: 'u1' }] })
)

const leads = () => marketo.sandbox.state().leads
const fieldsOf = (leadId: number) => leads().find(({ id }) => id === leadId)?.fields

describe('Sync Leads', () => {
  it('creates or updates leads by email by default, whatever its case', async () => {
    const { result } = await marketo.sync([{ email: 'ADA@example.com', city: 'London' }, { email: 'new@example.com' }])
    expect(result).toEqual([
      { id: 7, status: 'updated' },
      { id: 1001, status: 'created' }
    ])
    expect(fieldsOf(7)).toEqual({ email: 'ADA@example.com', firstName: 'Ada', userId: 'u1', city: 'London' })
    expect(fieldsOf(1001)).toEqual({ email: 'new@example.com' })
  })

  it('applies the records of a call in order: a second record with a new key updates the lead that the first created', async () => {
    const { result } = await marketo.sync([
      { email: 'new@example.com', city: 'Paris', plan: 'free' },
      { email: 'New@example.com', city: 'Rome' }
    ])
    expect(result).toEqual([
      { id: 1001, status: 'created' },
      { id: 1001, status: 'updated' }
    ])
    expect(fieldsOf(1001)).toEqual({ email: 'New@example.com', city: 'Rome', plan: 'free' })
  })

  it('finds a lead by the new value of a key, but not by the old one', async () => {
    expect((await marketo.find('email', 'ada@example.com')).result).toHaveLength(1)
    await marketo.sync([{ userId: 'u1', email: 'countess@example.com' }], { lookupField: 'userId' })
    const both = await marketo.sync([{ email: 'countess@example.com' }, { email: 'ada@example.com' }])
    expect(outcomes(both)).toEqual(['updated', 'created'])
  })

  it('ignores the case of every key', async () => {
    const answer = await marketo.sync([{ userId: 'U1' }, { userId: 'u1' }], { lookupField: 'userId' })
    expect(outcomes(answer)).toEqual(['updated', 'updated'])
  })

  it('clears a field with null, and no longer finds the lead by it', async () => {
    expect((await marketo.find('userId', 'u1')).result).toHaveLength(1)
    await marketo.sync([{ email: 'ada@example.com', firstName: null, userId: null }])
    expect(fieldsOf(7)).toEqual({ email: 'ada@example.com' })
    expect((await marketo.find('userId', 'u1')).result).toEqual([])
  })

  it('gives each write a later time than the one before', async () => {
    await marketo.sync([{ email: 'a@example.com' }, { email: 'b@example.com' }, { email: 'ada@example.com' }])
    const [ada, a, b] = leads()
    expect([b.updatedAt, ada.updatedAt]).toEqual([a.updatedAt, b.updatedAt, ada.updatedAt].sort().slice(1))
    expect(new Set(leads().map(({ updatedAt }) => updatedAt)).size).toBe(3)
    expect(ada.createdAt < ada.updatedAt).toBe(true)
  })

  it('createOnly skips a lead that exists', async () => {
    const answer = await marketo.sync([{ email: 'ada@example.com', city: 'Rome' }, { email: 'b@example.com' }], {
      action: 'createOnly'
    })
    expect(answer.result).toEqual([
      { status: 'skipped', reasons: [{ code: '1005', message: 'Lead already exists' }] },
      { id: 1001, status: 'created' }
    ])
    expect(fieldsOf(7)).not.toHaveProperty('city')
  })

  it('updateOnly skips a lead that does not exist', async () => {
    const answer = await marketo.sync([{ email: 'b@example.com' }, { email: 'ada@example.com' }], {
      action: 'updateOnly'
    })
    expect(outcomes(answer)).toEqual(['1004', 'updated'])
    expect(leads()).toHaveLength(1)
  })

  it('createDuplicate creates a second lead with the same key, which is then ambiguous', async () => {
    expect(outcomes(await marketo.sync([{ email: 'ada@example.com' }], { action: 'createDuplicate' }))).toEqual([
      'created'
    ])
    expect(outcomes(await marketo.sync([{ email: 'ada@example.com', city: 'Rome' }]))).toEqual(['1007'])
    expect(leads().map(({ fields }) => fields.city)).toEqual([undefined, undefined])
  })

  it('updateOnly can look up leads by id', async () => {
    const answer = await marketo.sync([{ id: 7, city: 'London' }, { id: 99 }, { id: 'x' }, {}], {
      action: 'updateOnly',
      lookupField: 'id'
    })
    expect(outcomes(answer)).toEqual(['updated', '1004', '1001', '1002'])
    expect(fieldsOf(7)).toHaveProperty('city', 'London')
  })

  it.each([
    { action: 'createOrUpdate' },
    { action: 'createOrUpdate', lookupField: 'id' },
    { action: 'createOnly' },
    { action: 'createDuplicate' },
    { action: 'updateOnly' }
  ])('skips a record with an id in a call with %p', async (options) => {
    expect(outcomes(await marketo.sync([{ id: 7, email: 'ada@example.com' }], options))).toEqual(['1003'])
  })

  it.each([undefined, null, ''])('skips a record whose key is %p', async (userId) => {
    const answer = await marketo.sync([{ userId, email: 'b@example.com' }], { lookupField: 'userId' })
    expect(outcomes(answer)).toEqual(['1002'])
    expect(leads()).toHaveLength(1)
  })

  it.each([
    ['an unknown action', { action: 'upsert' }, '1001'],
    ['an unknown lookup field', { lookupField: 'nope' }, '1006'],
    ['a lookup field that is not searchable', { lookupField: 'firstName' }, '1011'],
    ['cookies as lookup field', { lookupField: 'cookies' }, '1011'],
    ['an unknown partition', { partitionName: 'Mars' }, '1008'],
    ['a partition in updateOnly', { action: 'updateOnly', partitionName: 'EMEA' }, '1003'],
    ['a partition in createDuplicate', { action: 'createDuplicate', partitionName: 'EMEA' }, '1003']
  ])('refuses the whole call for %s', async (_what, options, code) => {
    const answer = await marketo.sync([{ email: 'b@example.com' }], options)
    expect(answer).toMatchObject({ success: false, errors: [{ code }] })
    expect(answer).not.toHaveProperty('result')
    expect(leads()).toHaveLength(1)
  })

  it('creates leads in the given partition, and skips leads of other partitions', async () => {
    const answer = await marketo.sync([{ email: 'b@example.com' }, { email: 'ada@example.com' }], {
      partitionName: 'EMEA'
    })
    expect(outcomes(answer)).toEqual(['created', '1010'])
    expect(leads().map(({ partition }) => partition)).toEqual(['Default', 'EMEA'])
  })

  it('updates a lead in any partition if the call names none', async () => {
    await marketo.sync([{ email: 'b@example.com' }], { partitionName: 'EMEA' })
    expect(outcomes(await marketo.sync([{ email: 'b@example.com' }]))).toEqual(['updated'])
  })

  it('accepts records up to the limit of a call, and refuses one more', async () => {
    const records = Array.from({ length: 301 }, (_, i) => ({ email: `p${i}@example.com` }))
    expect(codes(await marketo.sync(records))).toEqual(['1003'])
    expect(leads()).toHaveLength(1)
    expect((await marketo.sync(records.slice(1))).result).toHaveLength(300)
  })

  it.each([
    [[], '1003'],
    [undefined, '1002'],
    ['x', '1001'],
    [['x'], '1001']
  ])('refuses the input %p', async (input, code) => {
    expect(codes(await marketo.rest('leads.json', { method: 'POST', json: { input } }))).toEqual([code])
  })

  it('gives every reason for skipping a record, and writes the others', async () => {
    const { result } = await marketo.sync([{ email: 'b@example.com', nope: 1, mrr: 'x' }, { email: 'c@example.com' }])
    expect(result).toEqual([
      {
        status: 'skipped',
        reasons: [
          { code: '1006', message: "Field 'nope' not found" },
          { code: '1001', message: "Invalid value 'x'. Required of type 'float'" }
        ]
      },
      { id: 1001, status: 'created' }
    ])
  })

  it.each(['createdAt', 'updatedAt', 'mktoName', 'cookies'])('skips a record that sets %s', async (name) => {
    expect(outcomes(await marketo.sync([{ email: 'ada@example.com', [name]: 'x' }]))).toEqual(['1003'])
  })

  it('does not know a removed field', async () => {
    marketo.sandbox.removeField('userId')
    expect(outcomes(await marketo.sync([{ email: 'ada@example.com', userId: 'u2' }]))).toEqual(['1006'])
    expect(codes(await marketo.sync([{ userId: 'u2' }], { lookupField: 'userId' }))).toEqual(['1006'])
  })
})

describe('A field accepts only values of its type:', () => {
  const values: [string, unknown, string][] = [
    ['plan', 'x'.repeat(255), 'updated'],
    ['plan', 'x'.repeat(256), '1003'],
    ['plan', 5, '1001'],
    ['phone', '+1 555', 'updated'],
    ['phone', 1555, '1001'],
    ['notes', 'é'.repeat(15_000), 'updated'],
    ['notes', 'é'.repeat(15_000) + 'e', '1003'],
    ['leadScoreExt', 5, 'updated'],
    ['leadScoreExt', 5.5, '1001'],
    ['leadScoreExt', '5', '1001'],
    ['leadScoreExt', 2 ** 31, '1003'],
    ['mrr', 10.4, 'updated'],
    ['mrr', '10.4', '1001'],
    ['newsletter', true, 'updated'],
    ['newsletter', 'true', '1001'],
    ['dateOfBirth', '2024-02-29', 'updated'],
    ['dateOfBirth', '2023-02-29', '1003'],
    ['dateOfBirth', '2024-02-29T00:00:00Z', '1003'],
    ['dateOfBirth', 20240229, '1001'],
    ['trialEndsAt', '2010-05-07T15:41:32-05:00', 'updated'],
    ['trialEndsAt', '2010-05-07T15:41:32', 'updated'],
    ['trialEndsAt', '2010-05-07', '1003'],
    ['trialEndsAt', '2010-05-07T25:41:32Z', '1003'],
    ['workEmail', 'ada+1@work.example.com', 'updated'],
    ['workEmail', 'ada@wörk.example.com', '1003'],
    ['workEmail', 'ada.example.com', '1003'],
    ['workEmail', 'ada b@example.com', '1003'],
    ['workEmail', 5, '1001'],
    ['city', { a: 1 }, '1001']
  ]
  it.each(values)('%s %j', async (name, value, outcome) => {
    expect(outcomes(await marketo.sync([{ email: 'ada@example.com', [name]: value }]))).toEqual([outcome])
    expect(fieldsOf(7)?.[name]).toEqual(outcome === 'updated' ? value : undefined)
  })
})
