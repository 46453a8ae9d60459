import { Connection, codes, outcomes } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

const WEBINAR = 2001
const set = (statusName: unknown, leadIds: unknown[], programId = WEBINAR) =>
  marketo.rest(`programs/${programId}/members/status.json`, {
    method: 'POST',
    json: { statusName, input: leadIds.map((leadId) => ({ leadId })) }
  })
const members = () =>
  marketo.sandbox.state().programMembers.map(({ programId, leadId, statusName }) => [programId, leadId, statusName])

describe('Sync Program Member Status', () => {
  it('creates members or moves them to a later status, and answers with the position and the lead of each', async () => {
    expect((await set('Registered', [1001, 1002])).result).toEqual([
      { seq: 0, status: 'created', leadId: 1001 },
      { seq: 1, status: 'created', leadId: 1002 }
    ])
    expect(outcomes(await set('Attended', [1002, 1003]))).toEqual(['updated', 'created'])
    expect(members()).toEqual([
      [WEBINAR, 1001, 'Registered'],
      [WEBINAR, 1002, 'Attended'],
      [WEBINAR, 1003, 'Attended']
    ])
  })

  it('skips members already in or past the status, and leaves out their lead ID', async () => {
    await set('Registered', [1001])
    const { result } = await set('Registered', [1001])
    const message = 'Lead skipped because it is already in or past this status'
    expect(result).toEqual([{ seq: 0, status: 'skipped', reasons: [{ code: '1037', message }] }])
    expect(outcomes(await set('Invited', [1001]))).toEqual(['1037'])
    expect(members()).toEqual([[WEBINAR, 1001, 'Registered']])
  })

  it('moves a member to another status of the same step', async () => {
    await set('Attended', [1001])
    expect(outcomes(await set('Attended On-demand', [1001]))).toEqual(['updated'])
  })

  it('skips leads that do not exist and records without a lead', async () => {
    expect(outcomes(await set('Invited', [99, undefined, 'x', 1001]))).toEqual(['1004', '1002', '1001', 'created'])
  })

  it.each([
    ['a status that the channel does not have', 'Influenced', WEBINAR, '1025'],
    ['no status', undefined, WEBINAR, '1002'],
    ['a program that does not exist', 'Invited', 99, '1013']
  ])('refuses the whole call for %s', async (_what, status, programId, code) => {
    expect(codes(await set(status, [1001], programId))).toEqual([code])
    expect(members()).toEqual([])
  })

  it('accepts up to 300 leads, and needs the permission Read-Write Lead', async () => {
    const ids = Array.from({ length: 301 }, (_, i) => i + 1)
    expect(codes(await set('Invited', ids))).toEqual(['1003'])
    expect((await set('Invited', ids.slice(1))).result).toHaveLength(300)
    marketo.sandbox.revoke('Read-Write Lead')
    expect(codes(await set('Invited', [1001]))).toEqual(['603'])
  })

  it('leaves out the last record under the fault short', async () => {
    marketo.sandbox.addFault({ endpoint: 'setProgramStatus', kind: 'short', executed: false })
    expect(outcomes(await set('Invited', [1001, 1002]))).toEqual(['created'])
    expect(members()).toEqual([[WEBINAR, 1001, 'Invited']])
  })

  it('removes a deleted lead from the members', async () => {
    await set('Invited', [1001, 1002])
    await marketo.rest('leads/delete.json', { method: 'POST', json: { input: [{ id: 1001 }] } })
    expect(members()).toEqual([[WEBINAR, 1002, 'Invited']])
  })
})

describe('Sync Program Member Data', () => {
  const write = (...input: object[]) =>
    marketo.rest(`programs/${WEBINAR}/members.json`, { method: 'POST', json: { input } })
  const fieldsOf = (leadId: number) =>
    marketo.sandbox.state().programMembers.find((member) => member.leadId === leadId)?.fields

  it('writes the custom fields of members, and null clears one', async () => {
    await set('Invited', [1001])
    expect((await write({ leadId: 1001, registrationCode: 'A1', seats: 2 })).result).toEqual([
      { seq: 0, status: 'updated', leadId: 1001 }
    ])
    await write({ leadId: 1001, seats: null, vip: true })
    expect(fieldsOf(1001)).toEqual({ registrationCode: 'A1', vip: true })
  })

  it('skips people outside the program, unknown fields, fields of Marketo itself and values of another type', async () => {
    await set('Invited', [1001])
    const answer = await write(
      { leadId: 1002, seats: 1 },
      { leadId: 99, seats: 1 },
      { seats: 1 },
      { leadId: 1001, shoeSize: 42 },
      { leadId: 1001, statusName: 'Attended' },
      { leadId: 1001, seats: '2' }
    )
    expect(outcomes(answer)).toEqual(['1013', '1004', '1002', '1006', '1003', '1001'])
    expect(fieldsOf(1001)).toEqual({})
  })

  it('knows which fields can be written', async () => {
    const [{ fields }] = (await marketo.rest('programs/members/describe.json')).result
    const updateable = (fields as { name: string; updateable: boolean }[]).filter((field) => field.updateable)
    expect(updateable.map(({ name }) => name)).toEqual(['registrationCode', 'seats', 'vip'])
  })
})

describe('Delete Program Members', () => {
  it('removes members, and skips leads that are not members', async () => {
    await set('Invited', [1001])
    const input = [{ leadId: 1001 }, { leadId: 1002 }]
    const answer = await marketo.rest(`programs/${WEBINAR}/members/delete.json`, { method: 'POST', json: { input } })
    expect(outcomes(answer)).toEqual(['deleted', '1037'])
    expect(members()).toEqual([])
  })
})

describe('Programs and channels', () => {
  it('show the channel of a program and the statuses of a channel', async () => {
    const [program] = (await marketo.asset(`program/${WEBINAR}.json`)).result
    expect(program).toMatchObject({ id: WEBINAR, name: 'Spring Webinar', channel: 'Webinar', workspace: 'Default' })
    const [channel] = (await marketo.asset('channel/byName.json?name=Webinar')).result
    expect(channel.progressionStatuses).toEqual(
      expect.arrayContaining([
        { name: 'Attended', step: 40, description: null, hidden: false, success: true },
        { name: 'Cancelled', step: 50, description: null, hidden: true, success: false }
      ])
    )
    expect((await marketo.asset('channels.json')).result).toHaveLength(2)
    expect((await marketo.asset('program/byName.json?name=Search+Ads')).result).toMatchObject([{ id: 2002 }])
  })

  it('can be listed by offset; the answer has no result if nothing is found', async () => {
    marketo.sandbox.reset({ assets: { programs: 300 } })
    expect((await marketo.asset('programs.json?maxReturn=200&offset=200')).result).toHaveLength(102)
    expect(await marketo.asset('programs.json?offset=302')).not.toHaveProperty('result')
    expect(await marketo.asset('program/99.json')).not.toHaveProperty('result')
    expect(await marketo.asset('channel/byName.json?name=Nope')).not.toHaveProperty('result')
    marketo.sandbox.revoke('Read-Only Assets')
    marketo.sandbox.revoke('Read-Write Assets')
    expect(codes(await marketo.asset('programs.json'))).toEqual(['603'])
  })

  it('can contain static lists, as folders do', async () => {
    const form = new URLSearchParams({ folder: `{"id":${WEBINAR},"type":"Program"}`, name: 'Guests' }).toString()
    await marketo.asset('staticLists.json', { method: 'POST', form })
    expect((await marketo.rest('lists.json?programName=Spring+Webinar')).result).toMatchObject([
      { name: 'Guests', programName: 'Spring Webinar' }
    ])
  })
})

describe('Query Program Members', () => {
  const query = (filterType: string, filterValues: string, others: Record<string, string> = {}) =>
    marketo.rest(
      `programs/${WEBINAR}/members.json?${new URLSearchParams({ filterType, filterValues, ...others }).toString()}`
    )

  it('finds members by lead or by status, with the fields that the call asks for', async () => {
    await set('Registered', [1001])
    await set('Attended', [1002])
    const member = { seq: 0, leadId: 1002, programId: WEBINAR, reachedSuccess: true }
    expect((await query('leadId', '1002,99')).result).toEqual([expect.objectContaining(member)])
    expect((await query('leadId', '1002')).result[0]).not.toHaveProperty('statusName')
    const { result } = await query('statusName', 'Registered', { fields: 'statusName,seats' })
    expect(result).toEqual([expect.objectContaining({ leadId: 1001, statusName: 'Registered' })])
  })

  it('gives pages', async () => {
    await set('Registered', [1001, 1002])
    const first = await query('statusName', 'Registered', { batchSize: '1' })
    const { nextPageToken = '' } = first
    const second = await query('statusName', 'Registered', { batchSize: '1', nextPageToken })
    expect([...first.result, ...second.result].map(({ leadId }) => leadId)).toEqual([1001, 1002])
  })

  it('refuses other filters and too many values', async () => {
    expect(codes(await query('email', 'a@example.com'))).toEqual(['1011'])
    expect(codes(await query('leadId', Array.from({ length: 301 }, (_, i) => i).join()))).toEqual(['1003'])
  })
})
