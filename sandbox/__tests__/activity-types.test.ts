import { Connection, codes, outcomes } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

const SEGMENT_EVENT = {
  apiName: 'segmentEvent',
  name: 'Segment Event',
  triggerName: 'Segment Event Happens',
  filterName: 'Segment Event Happened',
  primaryAttribute: { apiName: 'eventName', name: 'Event Name' }
}
const PATH = 'activities/external/type/segmentEvent_c'

const post = (path: string, json?: unknown) => marketo.rest(path, { method: 'POST', json })
const create = (more: object = {}) => post('activities/external/type.json', { ...SEGMENT_EVENT, ...more })
const addAttributes = (...attributes: object[]) => post(`${PATH}/attributes/create.json`, { attributes })
const approve = () => post(`${PATH}/approve.json`)
const text = (apiName: string) => ({ apiName, name: apiName, dataType: 'text' })
const record = (activityTypeId: unknown, ...apiNames: string[]) =>
  marketo.addActivities({
    leadId: 1001,
    activityDate: '2026-01-01T00:00:00Z',
    activityTypeId,
    primaryAttributeValue: 'Signed Up',
    attributes: apiNames.map((apiName) => ({ apiName, value: 'x' }))
  })

describe('A custom activity type', () => {
  it('is a draft without attributes at first, and takes records once it is approved', async () => {
    const [{ id, apiName, status, attributes }] = (await create()).result
    expect({ apiName, status, attributes }).toEqual({ apiName: 'segmentEvent_c', status: 'draft', attributes: [] })
    expect(outcomes(await record(id))).toEqual(['1003'])
    await addAttributes(text('properties'))
    expect((await approve()).result).toMatchObject([{ id, status: 'approved', attributes: [text('properties')] }])
    expect(outcomes(await record(id, 'properties'))).toEqual(['added'])
  })

  it('shows an attribute that was added later only in its draft, until it is approved again', async () => {
    const [{ id }] = (await create()).result
    await approve()
    expect((await addAttributes(text('source'))).result).toMatchObject([{ status: 'approved with draft' }])
    expect((await marketo.rest(`${PATH}/describe.json`)).result).toMatchObject([{ attributes: [] }])
    expect((await marketo.rest(`${PATH}/describe.json?draft=true`)).result).toMatchObject([
      { attributes: [{ apiName: 'source' }] }
    ])
    expect(outcomes(await record(id, 'source'))).toEqual(['1006'])
    await approve()
    expect(outcomes(await record(id, 'source'))).toEqual(['added'])
  })

  it.each(['apiName', 'name', 'triggerName', 'filterName'] as const)(
    'is refused if its %s is taken, whatever its case',
    async (member) => {
      await create()
      const others = { apiName: 'other', name: 'Other', triggerName: 'Other Happens', filterName: 'Other Happened' }
      expect(codes(await create({ ...others, [member]: SEGMENT_EVENT[member].toUpperCase() }))).toEqual(['1017'])
    }
  )

  it.each([
    ['without a name', { name: undefined }, '1002'],
    ['with another character in its name', { name: 'Segment: Event' }, '1003'],
    ['without a letter in its name', { name: '2024' }, '1003'],
    ['with another character in its API name', { apiName: 'segment event' }, '1003'],
    ['without a primary attribute', { primaryAttribute: undefined }, '1001']
  ])('is refused %s', async (_what, more, code) => {
    expect(codes(await create(more))).toEqual([code])
  })

  it('is refused beyond the limit of types, and its attributes beyond theirs', async () => {
    marketo.sandbox.setLimits({ activityTypes: 4, activityAttributes: 2 })
    await create()
    const other = { apiName: 'other', name: 'Other', triggerName: 'Other Happens', filterName: 'Other Happened' }
    expect(codes(await create(other))).toEqual(['709'])
    await addAttributes(text('a'))
    expect(codes(await addAttributes(text('b'), text('c')))).toEqual(['1028'])
    expect((await addAttributes(text('b'))).success).toBe(true)
  })

  it('is refused attributes of another type, and those that it has', async () => {
    await create()
    await addAttributes(text('a'))
    expect(codes(await addAttributes({ ...text('b'), dataType: 'percent' }))).toEqual(['1003'])
    expect(codes(await addAttributes(text('A')))).toEqual(['1017'])
    expect(codes(await addAttributes())).toEqual(['1002'])
  })

  it('cannot be changed without the permission Read-Write Activity Metadata', async () => {
    await create()
    marketo.sandbox.revoke('Read-Write Activity Metadata')
    expect(codes(await create({ name: 'Other' }))).toEqual(['603'])
    expect(codes(await addAttributes(text('a')))).toEqual(['603'])
    expect(codes(await approve())).toEqual(['603'])
    expect((await marketo.rest('activities/external/types.json')).result).toHaveLength(4)
  })

  it('is gone after a reset, and another sandbox does not have it', async () => {
    await create()
    const other = await Connection.open()
    expect((await other.rest('activities/external/types.json')).result).toHaveLength(3)
    await other.sandbox.close()
    marketo.sandbox.reset()
    expect((await marketo.rest('activities/external/types.json')).result).toHaveLength(3)
  })
})

describe('An instance', () => {
  it('can be set up otherwise', async () => {
    marketo.sandbox.reset({
      setup: {
        activityTypes: [],
        objectTypes: [],
        channels: [{ id: 1, name: 'Nurture', progressionStatuses: [] }],
        memberFields: [{ name: 'table', displayName: 'Table', dataType: 'string' }],
        partitions: ['World']
      }
    })
    expect((await marketo.rest('activities/external/types.json')).result).toEqual([])
    expect((await marketo.rest('customobjects.json')).result).toEqual([])
    expect((await marketo.asset('channels.json')).result).toMatchObject([{ name: 'Nurture' }])
    const [members] = (await marketo.rest('programs/members/describe.json')).result
    expect(members.fields).toContainEqual(expect.objectContaining({ name: 'table', updateable: true }))
    expect((await marketo.rest('leads/partitions.json')).result).toMatchObject([{ name: 'World' }])
    expect(marketo.sandbox.state().leads[0].partition).toBe('World')
  })
})
