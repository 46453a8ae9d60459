import { Connection, codes, outcomes, type Envelope } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

const add = (ids: string, listId = 1002) => marketo.rest(`lists/${listId}/leads.json?${ids}`, { method: 'POST' })
const remove = (ids: string, listId = 1002) => marketo.rest(`lists/${listId}/leads.json?${ids}`, { method: 'DELETE' })
const membersOf = (id: number) => marketo.sandbox.state().lists.find((list) => list.id === id)?.leadIds
const names = ({ result }: Envelope) => result.map(({ name }) => name)

describe('The leads of a list', () => {
  it('are added by ID; a lead that does not exist is skipped with its ID', async () => {
    const { result } = await add('id=1001&id=99&id=1003')
    expect(result).toEqual([
      { id: 1001, status: 'added' },
      { id: 99, status: 'skipped', reasons: [{ code: '1004', message: 'Lead not found' }] },
      { id: 1003, status: 'added' }
    ])
    expect(membersOf(1002)).toEqual([1001, 1003])
  })

  it('can be given as a JSON body or comma-separated in the query, and can be added twice', async () => {
    await marketo.rest('lists/1002/leads.json', { method: 'POST', json: { input: [{ id: 1001 }, { id: 1002 }] } })
    expect(outcomes(await add('id=1002,1003'))).toEqual(['added', 'added'])
    expect(membersOf(1002)).toEqual([1001, 1002, 1003])
  })

  it('are removed by ID; a lead that is not on the list is skipped with 1015', async () => {
    await add('id=1001&id=1002')
    const answer = await remove('id=1001&id=1003&id=99')
    expect(outcomes(answer)).toEqual(['removed', '1015', '1004'])
    expect(answer.result[1]).toEqual({
      id: 1003,
      status: 'skipped',
      reasons: [{ code: '1015', message: 'Lead not in list' }]
    })
    expect(membersOf(1002)).toEqual([1002])
  })

  it('can be checked one by one and listed page by page', async () => {
    await add('id=1001&id=1002&id=1003')
    const is = await marketo.rest('lists/1002/leads/ismember.json?id=1001&id=1005&id=99')
    expect(outcomes(is)).toEqual(['memberof', 'notmemberof', '1004'])
    const first = await marketo.rest('lists/1002/leads.json?batchSize=2&fields=email')
    expect(first.result).toEqual([
      { id: 1001, email: 'ada.lovelace@example.com' },
      { id: 1002, email: 'grace.hopper@example.com' }
    ])
    const second = await marketo.rest(`lists/1002/leads.json?batchSize=2&nextPageToken=${first.nextPageToken}`)
    expect(second.result.map(({ id }) => id)).toEqual([1003])
    expect(second.nextPageToken).toBeUndefined()
  })

  it('leave the list when they are deleted', async () => {
    await add('id=1001&id=1002')
    await marketo.rest('leads/delete.json', { method: 'POST', json: { input: [{ id: 1001 }] } })
    expect((await marketo.rest('lists/1002/leads.json')).result.map(({ id }) => id)).toEqual([1002])
    expect(membersOf(1002)).toEqual([1002])
  })

  it.each([
    ['for a list that does not exist', 'id=1001', 999, ['1013']],
    ['without an ID', '', 1002, ['612']],
    ['with more than 300 IDs', Array.from({ length: 301 }, (_, i) => `id=${i + 1}`).join('&'), 1002, ['1003']]
  ])('cannot be changed by a call %s', async (_what, ids, listId, expected) => {
    expect(codes(await add(ids, listId))).toEqual(expected)
    expect(codes(await remove(ids, listId))).toEqual(expected)
  })

  it('can be added and removed only with the permission Read-Write Lead', async () => {
    marketo.sandbox.revoke('Read-Write Lead')
    expect(codes(await add('id=1001'))).toEqual(['603'])
    expect(codes(await remove('id=1001'))).toEqual(['603'])
    expect((await marketo.rest('lists.json')).success).toBe(true)
  })
})

describe('Static lists', () => {
  it('are returned 300 a page, with a token for the next page', async () => {
    marketo.sandbox.reset({ assets: { lists: 700 } })
    const seen: unknown[] = []
    let next = ''
    for (let page = 0; page < 3; page++) {
      const answer = await marketo.rest(`lists.json?nextPageToken=${next}`.replace(/\?nextPageToken=$/, ''))
      expect(answer).not.toHaveProperty('moreResult')
      seen.push(answer.result.length)
      next = answer.nextPageToken ?? 'none'
    }
    expect(seen).toEqual([300, 300, 102])
    expect(next).toBe('none')
  })

  it('can be filtered by exact IDs and names', async () => {
    expect(names(await marketo.rest('lists.json?name=Trial+Users,Newsletter'))).toEqual(['Trial Users'])
    expect(names(await marketo.rest('lists.json?id=1001,1002,7'))).toEqual(['Newsletter Readers', 'Trial Users'])
    expect(await marketo.rest('lists.json?name=Nope')).toMatchObject({ success: true, result: [] })
    expect((await marketo.rest('lists/1001.json')).result).toEqual([
      {
        id: 1001,
        name: 'Newsletter Readers',
        description: 'Everybody who asked for it',
        workspaceName: 'Default',
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
        updatedAt: expect.any(String) as string
      }
    ])
    expect(codes(await marketo.rest('lists/7.json'))).toEqual(['1013'])
  })
})

describe('The Asset API', () => {
  const create = (members: Record<string, string>) =>
    marketo.asset('staticLists.json', { method: 'POST', form: new URLSearchParams(members).toString() })
  const folder = JSON.stringify({ id: 416, type: 'Folder' })

  it('answers without a result when it finds nothing', async () => {
    const { requestId: _id, ...nothing } = await marketo.asset('staticList/byName.json?name=Nope')
    const warnings = ['No assets found for the given search criteria.']
    expect(nothing).toEqual({ success: true, errors: [], warnings })
    expect(await marketo.asset('staticList/7.json')).not.toHaveProperty('result')
    expect(await marketo.asset('folder/byName.json?name=Nope&type=Folder')).not.toHaveProperty('result')
  })

  it('returns lists by offset, 20 a page by default and 200 at most', async () => {
    marketo.sandbox.reset({ assets: { lists: 300 } })
    expect((await marketo.asset('staticLists.json')).result).toHaveLength(20)
    expect((await marketo.asset('staticLists.json?maxReturn=200')).result).toHaveLength(200)
    expect((await marketo.asset('staticLists.json?maxReturn=200&offset=200')).result).toHaveLength(102)
    expect(await marketo.asset('staticLists.json?maxReturn=200&offset=400')).not.toHaveProperty('result')
    expect(codes(await marketo.asset('staticLists.json?maxReturn=201'))).toEqual(['1003'])
  })

  it('finds the lists of a folder', async () => {
    const query = new URLSearchParams({ folder }).toString()
    expect(names(await marketo.asset(`staticLists.json?${query}`))).toEqual(['Trial Users'])
  })

  it('finds a folder by its exact name', async () => {
    expect((await marketo.asset('folder/byName.json?name=Segment&type=Folder')).result).toMatchObject([
      { id: 416, folderId: { id: 416, type: 'Folder' }, path: '/Marketing Activities/Default/Segment' }
    ])
    expect((await marketo.asset('folder/byName.json?name=Segment&root=14&type=Folder')).result).toHaveLength(1)
    expect(await marketo.asset('folder/byName.json?name=Segment&root=417&type=Folder')).not.toHaveProperty('result')
    expect(names(await marketo.asset(`folders.json?root=${JSON.stringify({ id: 15, type: 'Folder' })}`))).toEqual(
      expect.arrayContaining(['Default', 'Segment'])
    )
  })

  it('creates a list in a folder, with a description; the list accepts leads at once', async () => {
    const { result } = await create({ folder, name: 'New', description: 'computation_id=1' })
    expect(result).toMatchObject([
      { id: 1003, name: 'New', description: 'computation_id=1', folder: { id: 416, type: 'Folder' } }
    ])
    expect(outcomes(await add('id=1001', 1003))).toEqual(['added'])
    expect((await marketo.asset('staticList/byName.json?name=New')).result).toMatchObject([{ id: 1003 }])
  })

  it.each([
    ['a name that another list has', { folder, name: 'Trial Users' }, '709'],
    ['a folder that does not exist', { folder: '{"id":9,"type":"Folder"}', name: 'New' }, '710'],
    ['no name', { folder }, '1002'],
    ['no folder', { name: 'New' }, '1002'],
    ['a folder that is only a name', { folder: 'Segment', name: 'New' }, '1001']
  ])('refuses to create a list with %s', async (_what, members, code) => {
    expect(codes(await create(members as Record<string, string>))).toEqual([code])
    expect(marketo.sandbox.state().lists).toHaveLength(2)
  })

  it('creates a list only from a form body, and only with the permission Read-Write Assets', async () => {
    const json = { folder, name: 'New' }
    expect(codes(await marketo.asset('staticLists.json', { method: 'POST', json }))).toEqual(['612'])
    marketo.sandbox.revoke('Read-Write Assets')
    expect(codes(await create(json))).toEqual(['603'])
    expect((await marketo.asset('staticLists.json')).success).toBe(true)
  })
})

describe('The faults of list calls', () => {
  it("can skip records in the call's own format, leave out the last result, or fail the call", async () => {
    marketo.sandbox.addFault({ endpoint: 'addToList', kind: 'record', code: '1029' })
    expect((await add('id=1001')).result).toEqual([
      { id: 1001, status: 'skipped', reasons: [{ code: '1029', message: 'Too many jobs in queue' }] }
    ])
    marketo.sandbox.addFault({ endpoint: 'addToList', kind: 'short', executed: false })
    expect(outcomes(await add('id=1001&id=1002'))).toEqual(['added'])
    expect(membersOf(1002)).toEqual([1001])
    marketo.sandbox.addFault({ endpoint: 'removeFromList', kind: 'error', code: '606' })
    expect(codes(await remove('id=1001'))).toEqual(['606'])
    expect(outcomes(await remove('id=1001'))).toEqual(['removed'])
  })

  it('can let another user delete a lead just before the call', async () => {
    marketo.sandbox.intrude('addToList', ({ leads }) => {
      const lead = leads.get(1001)
      if (lead) leads.delete(lead)
    })
    expect(outcomes(await add('id=1001'))).toEqual(['1004'])
  })
})
