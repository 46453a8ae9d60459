import { Connection, codes, outcomes } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

const PATH = 'leads/schema/fields.json'
const field = (name: string, others: object = {}) => ({
  name,
  displayName: `Field ${name}`,
  dataType: 'string',
  ...others
})
const create = (...input: object[]) => marketo.rest(PATH, { method: 'POST', json: { input } })

describe('Create Lead Fields', () => {
  it('creates fields that can be written and searched at once', async () => {
    marketo.sandbox.removeField('userId')
    const { result } = await create({ name: 'userId', displayName: 'Segment User ID', dataType: 'string' })
    expect(result).toEqual([{ name: 'userId', status: 'created' }])
    expect(outcomes(await marketo.sync([{ userId: 'u1' }], { lookupField: 'userId' }))).toEqual(['created'])
    expect((await marketo.find('userId', 'u1')).result).toHaveLength(1)
    const [{ searchableFields }] = (await marketo.rest('leads/describe2.json')).result
    expect(searchableFields).toContainEqual(['userId'])
  })

  it.each([
    ['a name that is taken', field('userId'), '1017'],
    ['a taken name in another case', field('userid'), '1017'],
    ['a label that is taken', field('other', { displayName: 'User ID' }), '1017'],
    ['a name that starts with a digit', field('1st'), '1003'],
    ['a name with a hyphen', field('my-field'), '1003'],
    ['a label with special characters', field('other', { displayName: 'A & B' }), '1003'],
    ['an unknown type', field('other', { dataType: 'text' }), '1003'],
    ['no type', field('other', { dataType: undefined }), '1002'],
    ['no label', field('other', { displayName: undefined }), '1002'],
    ['an unknown member', field('other', { length: 5 }), '1006']
  ])('skips a field with %s, and answers with its name', async (_what, given, code) => {
    const answer = await create(given, field('good'))
    expect(outcomes(answer)).toEqual([code, 'created'])
    expect(answer.result[0].name).toBe(given.name)
  })

  it('creates at most 100 fields', async () => {
    await create(...Array.from({ length: 100 }, (_, i) => field(`made${i}`)))
    expect(outcomes(await create(field('oneMore')))).toEqual(['1028'])
  })

  it('needs the permission Read-Write Schema Custom Field', async () => {
    marketo.sandbox.revoke('Read-Write Schema Custom Field')
    expect(codes(await create(field('other')))).toEqual(['603'])
    expect((await marketo.rest(PATH)).success).toBe(true)
    marketo.sandbox.revoke('Read-Write Schema Standard Field')
    expect(codes(await marketo.rest(PATH))).toEqual(['603'])
  })

  it('skips all fields under the fault record', async () => {
    marketo.sandbox.addFault({ endpoint: 'createLeadFields', kind: 'record', code: '1014' })
    expect(await create(field('other'))).toMatchObject({ result: [{ name: 'other', status: 'skipped' }] })
  })
})

describe('Get Lead Fields', () => {
  it('describes each field, and says whether it is custom and created by API', async () => {
    await create(field('made'))
    const tell = async (name: string) => (await marketo.rest(`leads/schema/fields/${name}.json`)).result[0]
    expect(await tell('email')).toEqual({
      displayName: 'Email Address',
      name: 'email',
      description: null,
      dataType: 'email',
      length: 255,
      isHidden: false,
      isHtmlEncodingInEmail: true,
      isSensitive: false,
      isCustom: false,
      isApiCreated: false
    })
    expect(await tell('userId')).toMatchObject({ isCustom: true, isApiCreated: false })
    expect(await tell('made')).toMatchObject({ isCustom: true, isApiCreated: true })
    expect(codes(await marketo.rest('leads/schema/fields/nope.json'))).toEqual(['1006'])
  })

  it('returns the fields page by page', async () => {
    const first = await marketo.rest(`${PATH}?batchSize=5`)
    expect([first.result.length, first.moreResult]).toEqual([5, true])
    const rest = await marketo.rest(`${PATH}?nextPageToken=${first.nextPageToken}`)
    expect(rest.moreResult).toBe(false)
    expect(rest.result.map(({ name }) => name)).toContain('notes')
  })
})
