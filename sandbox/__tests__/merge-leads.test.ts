import { Connection, codes } from './connect'

let marketo: Connection

beforeAll(async () => {
  marketo = await Connection.open({ limits: { callsPerWindow: 10_000 } })
})
afterAll(() => marketo.sandbox.close())
beforeEach(() => marketo.sandbox.reset())

const merge = (winner: number, query: string) => marketo.rest(`leads/${winner}/merge.json?${query}`, { method: 'POST' })
const ids = () => marketo.sandbox.state().leads.map(({ id }) => id)

describe('Merge Leads', () => {
  it("keeps the winner's values unless they are empty, and answers without a result", async () => {
    await marketo.sync([{ id: 1001, country: '', city: 'Rome' }], { action: 'updateOnly', lookupField: 'id' })
    const { requestId: _id, ...answer } = await merge(1001, 'leadId=1002')
    expect(answer).toEqual({ success: true })
    const { leads, merges } = marketo.sandbox.state()
    expect(leads[0]).toMatchObject({
      id: 1001,
      fields: { email: 'ada.lovelace@example.com', country: 'United States', city: 'Rome' },
      cookies: ['_mch-example.com-1741098586131-10001']
    })
    expect(merges).toMatchObject([
      { winnerId: 1001, loserId: 1002, loserFields: { email: 'grace.hopper@example.com' } }
    ])
  })

  it("moves the loser's lists, campaigns, programs and forms to the winner, but not its custom objects", async () => {
    const post = (path: string, json: object) => marketo.rest(path, { method: 'POST', json })
    await post('lists/1002/leads.json', { input: [{ id: 1002 }] })
    await post('campaigns/3001/trigger.json', { input: { leads: [{ id: 1002 }] } })
    await post('customobjects/car_c.json', { input: [{ vin: 'A', leadID: 1002 }] })
    await post('programs/2001/members/status.json', { statusName: 'Attended', input: [{ leadId: 1002 }] })
    await post('leads/submitForm.json', {
      formId: 1,
      input: [{ leadFormFields: { email: 'grace.hopper@example.com' } }]
    })
    await merge(1001, 'leadId=1002')
    const state = marketo.sandbox.state()
    expect(state.lists[1].leadIds).toEqual([1001])
    expect(state.campaignRuns).toMatchObject([{ leadId: 1001 }])
    expect(state.objects).toMatchObject([{ leadId: null }])
    expect(state.programMembers).toMatchObject([{ leadId: 1001, statusName: 'Attended' }])
    expect(state.formSubmissions).toMatchObject([{ leadId: 1001 }])
    expect(state.activities).toMatchObject([{ leadId: 1001 }])
  })

  it('keeps a boolean of the winner, even if it was never set', async () => {
    marketo.sandbox.reset({ leads: [{ id: 1 }, { id: 2, doNotCall: true, city: 'Rome' }] })
    await merge(1, 'leadId=2')
    expect(marketo.sandbox.state().leads).toMatchObject([{ id: 1, fields: { city: 'Rome' } }])
    expect(marketo.sandbox.state().leads[0].fields).not.toHaveProperty('doNotCall')
  })

  it("keeps Salesforce's lead, whichever the call names", async () => {
    marketo.sandbox.reset({
      leads: [
        { id: 1, city: 'Rome' },
        { id: 2, sfdcContactId: '003', city: 'Paris' }
      ]
    })
    await merge(1, 'leadId=2')
    expect(marketo.sandbox.state().leads).toMatchObject([{ id: 2, fields: { city: 'Paris' } }])
  })

  it('accepts up to 25 losers, separated by commas', async () => {
    await merge(1001, 'leadIds=1002,1003')
    expect(ids()).toEqual([1001, 1004, 1005])
    const many = Array.from({ length: 26 }, (_, i) => ({ id: i + 2 }))
    marketo.sandbox.reset({ leads: [{ id: 1 }, ...many] })
    const text = many.map(({ id }) => id)
    expect(codes(await merge(1, `leadIds=${text.join(',')}`))).toEqual(['1080'])
    expect((await merge(1, `leadIds=${text.slice(1).join(',')}`)).success).toBe(true)
    expect(ids()).toEqual([1, 2])
  })

  it.each([
    ['into a winner that does not exist', 99, 'leadId=1002', '1004'],
    ['several leads if one does not exist', 1001, 'leadIds=1002,99', '1004'],
    ['without the ID of a loser', 1001, '', '1002'],
    ['the winner into itself', 1001, 'leadId=1001', '1003']
  ])('refuses to merge %s, and changes nothing', async (_what, winner, query, code) => {
    expect(codes(await merge(winner, query))).toEqual([code])
    expect(ids()).toHaveLength(5)
  })

  it('needs the permission Read-Write Lead', async () => {
    marketo.sandbox.revoke('Read-Write Lead')
    expect(codes(await merge(1001, 'leadId=1002'))).toEqual(['603'])
  })
})

it('The partition of a lead can be read as a field, and all partitions can be listed', async () => {
  const { result } = await marketo.find('email', 'office@example.org', { fields: 'leadPartitionId' })
  expect(result).toEqual([
    { id: 1004, leadPartitionId: 1 },
    { id: 1005, leadPartitionId: 2 }
  ])
  expect((await marketo.rest('leads/partitions.json')).result).toMatchObject([{ id: 1, name: 'Default' }, { id: 2 }])
})
