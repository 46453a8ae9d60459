import { Connection, codes, outcomes } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

const sync = (input: unknown[], options: object = {}, name = 'car_c') =>
  marketo.rest(`customobjects/${name}.json`, { method: 'POST', json: { ...options, input } })
const remove = (input: unknown[], options: object = {}, name = 'car_c') =>
  marketo.rest(`customobjects/${name}/delete.json`, { method: 'POST', json: { ...options, input } })
const objects = () => marketo.sandbox.state().objects
const car = (vin: string, others: object = {}) => ({ vin, leadID: 1001, ...others })

describe('Sync Custom Objects', () => {
  it('creates and updates records by dedupe fields, and answers with the position and GUID of each', async () => {
    const made = await sync([car('A', { make: 'BMW' }), car('B')])
    expect(made.result).toEqual([
      { seq: 0, status: 'created', marketoGUID: expect.stringMatching(/^[0-9a-f-]{36}$/) as string },
      { seq: 1, status: 'created', marketoGUID: expect.any(String) as string }
    ])
    const again = await sync([{ vin: 'A', year: 2003 }])
    expect(again.result).toEqual([{ seq: 0, status: 'updated', marketoGUID: made.result[0].marketoGUID }])
    expect(objects()[0]).toMatchObject({
      objectName: 'car_c',
      leadId: 1001,
      fields: { vin: 'A', leadID: 1001, make: 'BMW', year: 2003 }
    })
  })

  it('follows action and dedupeBy', async () => {
    const [{ marketoGUID }] = (await sync([car('A')])).result
    expect(outcomes(await sync([car('A'), car('B')], { action: 'createOnly' }))).toEqual(['1017', 'created'])
    expect(outcomes(await sync([car('A'), car('C')], { action: 'updateOnly' }))).toEqual(['updated', '1013'])
    const byId = { action: 'updateOnly', dedupeBy: 'idField' }
    expect(outcomes(await sync([{ marketoGUID, make: 'VW' }, { marketoGUID: 'x' }], byId))).toEqual(['updated', '1013'])
    expect(objects().find(({ fields }) => fields.vin === 'A')?.fields.make).toBe('VW')
    expect(codes(await sync([{ marketoGUID }], { dedupeBy: 'idField' }))).toEqual(['1003'])
    expect(codes(await sync([car('A')], { action: 'upsert' }))).toEqual(['1001'])
    expect(codes(await sync([car('A')], { dedupeBy: 'vin' }))).toEqual(['1003'])
  })

  it('accepts each key once a call, and compares compound keys as a whole', async () => {
    expect(outcomes(await sync([car('A'), car('A')]))).toEqual(['created', '1036'])
    const items = ['1', '2', '1'].map((sku) => ({ orderNumber: 'o1', sku, customer: 'user-ada', amount: 1.5 }))
    expect(outcomes(await sync(items, {}, 'purchase_c'))).toEqual(['created', 'created', '1036'])
    expect(objects().filter(({ leadId }) => leadId === 1001)).toHaveLength(3)
  })

  it('links a record to the lead with the value of its link field, of several to the one updated last, and skips it if none matches', async () => {
    await marketo.sync([{ email: 'a@example.com', userId: 'two' }])
    const { result } = await marketo.sync([{ userId: 'two' }], { action: 'createDuplicate', lookupField: 'userId' })
    const customers = ['user-ada', 'nobody', 'two']
    const items = customers.map((customer) => ({ orderNumber: customer, sku: '1', customer }))
    expect(outcomes(await sync(items, {}, 'purchase_c'))).toEqual(['created', '1004', 'created'])
    expect(outcomes(await sync([{ storeNumber: 5, city: 'Rome' }], {}, 'store_c'))).toEqual(['created'])
    expect(objects().map(({ leadId }) => leadId)).toEqual([1001, result[0].id, null])
  })

  it('skips only the records that are not valid', async () => {
    const refused: [object, string][] = [
      [{ make: 'BMW' }, '1002'],
      [car('A', { wheels: 4 }), '1006'],
      [car('B', { year: 'old' }), '1001'],
      [car('C', { createdAt: '2024-01-01T00:00:00Z' }), '1003'],
      [car('D', { leadID: 99 }), '1004']
    ]
    const answer = await sync([...refused.map(([record]) => record), car('E')])
    expect(outcomes(answer)).toEqual([...refused.map(([, code]) => code), 'created'])
    expect(answer.result[4]).toEqual({
      seq: 4,
      status: 'skipped',
      reasons: [{ code: '1004', message: 'Lead not found' }]
    })
  })

  it('refuses a call for an unknown object, with too many records, or without the permission Read-Write Custom Object', async () => {
    expect(codes(await sync([{}], {}, 'boat_c'))).toEqual(['1013'])
    expect(codes(await sync(Array.from({ length: 301 }, (_, i) => car(String(i)))))).toEqual(['1003'])
    marketo.sandbox.revoke('Read-Write Custom Object')
    expect(codes(await sync([car('A')]))).toEqual(['603'])
    expect(objects()).toEqual([])
  })

  it('clears a field with null, and keeps fields that are not given', async () => {
    await sync([car('A', { make: 'BMW', year: 2003 })])
    await sync([{ vin: 'A', make: null }])
    expect(objects()[0]).toMatchObject({ leadId: 1001, fields: { vin: 'A', leadID: 1001, year: 2003 } })
    expect(objects()[0].fields).not.toHaveProperty('make')
  })

  it('skips all records of a call under the fault record, with the position of each', async () => {
    marketo.sandbox.addFault({ endpoint: 'syncCustomObjects', kind: 'record', code: '1029' })
    const { result } = await sync([car('A'), car('B')])
    const reasons = [{ code: '1029', message: 'Too many jobs in queue' }]
    expect(result).toEqual([0, 1].map((seq) => ({ seq, status: 'skipped', reasons })))
  })
})

describe('Delete Custom Objects', () => {
  it('deletes records by dedupe fields or by GUID, and skips those that do not exist', async () => {
    const { result } = await sync([car('A'), car('B')])
    const [{ marketoGUID }, other] = result
    const answer = await remove([{ vin: 'A' }, { vin: 'Z' }, {}], { deleteBy: 'dedupeFields' })
    expect(outcomes(answer)).toEqual(['deleted', '1013', '1002'])
    expect(answer.result[0]).toEqual({ seq: 0, marketoGUID, status: 'deleted' })
    expect(outcomes(await remove([{ marketoGUID: other.marketoGUID }], { deleteBy: 'idField' }))).toEqual(['deleted'])
    expect(objects()).toEqual([])
  })
})

describe('The description of a custom object', () => {
  it('has its relationship under relatedTo in the list of objects, but under object when described alone', async () => {
    const { result } = await marketo.rest('customobjects.json')
    const lead = { name: 'Lead', field: 'id' }
    expect(result.map(({ name }) => name)).toEqual(['car_c', 'purchase_c', 'store_c'])
    expect(result[0]).toMatchObject({
      idField: 'marketoGUID',
      dedupeFields: ['vin'],
      relationships: [{ field: 'leadID', type: 'child', relatedTo: lead }]
    })
    const [described] = (await marketo.rest('customobjects/car_c/describe.json')).result
    expect(described.relationships).toEqual([{ field: 'leadID', type: 'child', object: lead }])
    expect((await marketo.rest('customobjects.json?names=store_c')).result).toHaveLength(1)
  })

  it('can name the lead object and its field in other ways, or have no link to a lead', async () => {
    const [purchase] = (await marketo.rest('customobjects/purchase_c/describe.json')).result
    expect(purchase.relationships).toMatchObject([{ field: 'customer', object: { name: 'lead', field: 'User ID' } }])
    const [store] = (await marketo.rest('customobjects/store_c/describe.json')).result
    expect(store.relationships).toEqual([])
  })

  it('lists its fields with their types', async () => {
    const [{ fields }] = (await marketo.rest('customobjects/car_c/describe.json')).result
    expect(fields).toEqual(
      expect.arrayContaining([
        { name: 'marketoGUID', displayName: 'Marketo GUID', dataType: 'string', length: 36, updateable: false },
        { name: 'vin', displayName: 'VIN', dataType: 'string', length: 255, updateable: false },
        { name: 'year', displayName: 'Year', dataType: 'integer', updateable: true }
      ])
    )
    expect(codes(await marketo.rest('customobjects/boat_c/describe.json'))).toEqual(['1013'])
  })
})

describe('Query Custom Objects', () => {
  const query = (json: object) => marketo.rest('customobjects/car_c.json?_method=GET', { method: 'POST', json })

  it('finds records by dedupe fields or by GUID, with the fields that the call asks for', async () => {
    const [{ marketoGUID }] = (await sync([car('A', { make: 'BMW' }), car('B')])).result
    const byKey = { filterType: 'dedupeFields', input: [{ vin: 'A' }, { vin: 'C' }] }
    expect((await query(byKey)).result).toEqual([{ seq: 0, marketoGUID, vin: 'A' }])
    const fields = ['vin', 'make', 'year']
    const byGuid = { filterType: 'idField', input: [{ marketoGUID }] }
    expect((await query({ ...byGuid, fields })).result).toEqual([{ seq: 0, marketoGUID, vin: 'A', make: 'BMW' }])
    expect(objects()).toHaveLength(2)
  })

  it.each([
    ['another filter', { filterType: 'make', input: [{ make: 'BMW' }] }, '1003'],
    ['no records', { filterType: 'dedupeFields', input: [] }, '1002'],
    ['too many records', { filterType: 'dedupeFields', input: Array.from({ length: 301 }, () => ({})) }, '1003'],
    ['a field that the object lacks', { filterType: 'dedupeFields', input: [{ vin: 'A' }], fields: ['x'] }, '1006']
  ])('refuses %s', async (_what, json, code) => {
    expect(codes(await query(json))).toEqual([code])
  })
})
