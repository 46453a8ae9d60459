import { Connection, codes, outcomes } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open()
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

interface Described {
  name: string
  searchableFields: string[][]
  fields: { name: string }[]
}

const describeLeads = async () => (await marketo.rest('leads/describe2.json')).result[0] as unknown as Described

describe('Describe Lead 2', () => {
  it('describes a field by name, type, length and whether it can be updated', async () => {
    const { name, fields } = await describeLeads()
    expect(name).toBe('API Lead')
    const common = { updateable: true, crmManaged: false }
    expect(fields).toEqual(
      expect.arrayContaining([
        { name: 'email', displayName: 'Email Address', dataType: 'email', length: 255, ...common },
        { name: 'address', displayName: 'Address', dataType: 'text', length: 30_000, ...common },
        { name: 'dateOfBirth', displayName: 'Date of Birth', dataType: 'date', ...common },
        { name: 'updatedAt', displayName: 'Updated At', dataType: 'datetime', ...common, updateable: false }
      ])
    )
  })

  it('lists a few standard fields, and custom fields of type string, email and integer, as searchable', async () => {
    const { searchableFields } = await describeLeads()
    const expected = ['id', 'cookies', 'email', 'userId', 'anonymousId', 'plan', 'workEmail', 'leadScoreExt']
    expect(searchableFields).toEqual(expected.map((name) => [name]))
  })

  it('leaves out a removed field until the sandbox is reset', async () => {
    marketo.sandbox.removeField('userId')
    const removed = await describeLeads()
    expect(removed.searchableFields).not.toContainEqual(['userId'])
    expect(removed.fields.map(({ name }) => name)).not.toContain('userId')
    marketo.sandbox.reset()
    expect((await describeLeads()).searchableFields).toContainEqual(['userId'])
  })
})

describe('Delete Leads', () => {
  const input = [{ id: 1001 }, { id: 99 }, {}, { id: 1002 }]

  it.each([
    ['POST', 'leads/delete.json'],
    ['POST', 'leads/delete.json?_method=DELETE'],
    ['POST', 'leads.json?_method=DELETE'],
    ['DELETE', 'leads.json']
  ])('as %s %s deletes leads and skips those that do not exist', async (method, path) => {
    const answer = await marketo.rest(path, { method, json: { input } })
    expect(outcomes(answer)).toEqual(['deleted', '1004', '1002', 'deleted'])
    expect(answer.result[0]).toEqual({ id: 1001, status: 'deleted' })
    expect(marketo.sandbox.state().leads.map(({ id }) => id)).toEqual([1003, 1004, 1005])
    expect(marketo.sandbox.state().usage.byEndpoint).toEqual({ deleteLeads: 1 })
  })

  it('removes a lead from all searches, and frees its email and its token', async () => {
    const [, grace] = marketo.sandbox.state().leads
    await marketo.find('email', 'grace.hopper@example.com')
    await marketo.rest('leads/delete.json', { method: 'POST', json: { input: [{ id: grace.id }] } })
    expect((await marketo.find('id', `${grace.id}`)).result).toEqual([])
    expect((await marketo.find('email', 'grace.hopper@example.com')).result).toEqual([])
    expect((await marketo.find('cookies', grace.cookies[0])).result).toEqual([])
    expect(outcomes(await marketo.sync([{ email: 'grace.hopper@example.com' }]))).toEqual(['created'])
  })

  it('refuses more records than the limit of a call', async () => {
    marketo.sandbox.setLimits({ recordsPerCall: 3 })
    expect(codes(await marketo.rest('leads/delete.json', { method: 'POST', json: { input } }))).toEqual(['1003'])
    expect(marketo.sandbox.state().leads).toHaveLength(5)
  })
})

describe('Get Daily Usage', () => {
  it('counts the calls so far, including itself', async () => {
    await marketo.find('id', '1')
    const { result } = await marketo.rest('stats/usage.json')
    const users = [{ userId: 'api-user@example.com', count: 2 }]
    expect(result).toEqual([{ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string, total: 2, users }])
  })
})
