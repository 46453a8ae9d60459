import * as limits from '../src/marketo/transport/limits'
import { eventOf, leadFields, leadWith, sendOne, statusesOf, times, WAYS } from './support/events'
import { callsOf, sendBatch, sendSingle, useSandbox } from './support/marketo'
import type { Sending, TestEvent } from './support/marketo'

const sandbox = useSandbox()
const [WEBINAR, ADS] = [2001, 2002]
const time: { BATCH_MS: number } = limits
const people = (n: number) => times(n, (i) => ({ id: i + 1, email: `p${i}@example.com`, userId: `u${i}` }))

function start(n = 3): void {
  sandbox().reset({ leads: people(n) })
  sandbox().setLimits({ callsPerWindow: 10_000 })
}
beforeEach(() => start())
afterEach(() => jest.restoreAllMocks())

const members = () =>
  sandbox()
    .state()
    .programMembers.map(({ programId, leadId, statusName }) => [programId, leadId, statusName])
    .sort()
const calls = () => sandbox().state().usage.byEndpoint

/** An event that gives person `i` a status. */
const change = (i: number, status = 'Registered', program = WEBINAR) =>
  eventOf({ userId: `u${i}`, email: `p${i}@example.com` }, { status, program })

const sending = (more = {}): Sending => ({
  mapping: { programId: { '@path': '$.traits.program' }, status: { '@path': '$.traits.status' }, ...more }
})
const send = (events: TestEvent[], more = {}) => sendBatch('setProgramStatus', events, sending(more))

describe.each(WAYS)('A status (%s)', (way) => {
  const one = (event: TestEvent, more = {}) => sendOne(way, 'setProgramStatus', event, sending(more))

  it('makes the lead of the event a member of the program, and does not change the lead', async () => {
    const before = sandbox().state().leads
    expect(await one(change(1))).toMatchObject({ status: 200, body: { status: 'created', leadId: 2 } })
    expect(members()).toEqual([[WEBINAR, 2, 'Registered']])
    expect(sandbox().state().leads).toEqual(before)
    expect(calls()).toEqual({ getLeads: 1, setProgramStatus: 1 })
  })

  it('that the person already has or had counts as done and changes nothing', async () => {
    await one(change(1, 'Attended'))
    expect((await one(change(1, 'Attended'))).status).toBe(200)
    expect((await one(change(1, 'Invited'))).status).toBe(200)
    expect(members()).toEqual([[WEBINAR, 2, 'Attended']])
  })

  it('of a new person creates the lead, in the partition that the mapping names', async () => {
    expect((await one(change(9), { partitionName: 'EMEA' })).status).toBe(200)
    const { id, partition } = leadWith(sandbox(), 'userId', 'u9')
    expect(partition).toBe('EMEA')
    expect(members()).toEqual([[WEBINAR, id, 'Registered']])
  })

  it('of a new person fails with Create Lead off', async () => {
    expect(await one(change(9), { createLead: false })).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/no lead/i) as unknown
    })
    expect(leadFields(sandbox())).toHaveLength(3)
    expect(members()).toEqual([])
  })

  it('for a lead ID needs no look-up; an unknown lead ID fails for good', async () => {
    expect((await one(change(9), { leadId: 3 })).status).toBe(200)
    expect(await one(change(9), { leadId: 99 })).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('1004') as unknown
    })
    expect(members()).toEqual([[WEBINAR, 3, 'Registered']])
    expect(calls()).toEqual({ setProgramStatus: 2 })
  })

  it.each([
    ['Influenced', WEBINAR, /statuses of the program's channel/],
    ['Registered', 4711, /correct Program ID/]
  ])('%s in program %i fails for good', async (status, program, message) => {
    expect(await one(change(1, status, program))).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(message) as unknown
    })
  })

  it('for a lead that was just deleted goes to the person’s new lead', async () => {
    sandbox().intrude('setProgramStatus', ({ leads }) => leads.delete(leads.all()[1]))
    expect((await one(change(1))).status).toBe(200)
    expect(members()).toEqual([[WEBINAR, leadWith(sandbox(), 'userId', 'u1').id, 'Registered']])
  })
})

describe('A batch', () => {
  it('of 300 people known by email takes 2 calls', async () => {
    start(300)
    let statuses: number[] = []
    const cost = await callsOf(sandbox(), async () => {
      statuses = statusesOf(await send(times(300, (i) => change(i))))
    })
    expect(statuses).toEqual(times(300, () => 200))
    expect(members()).toHaveLength(300)
    expect(cost).toBe(2)
  })

  const mixed = [
    change(0, 'Invited'),
    change(1, 'Clicked', ADS),
    change(0, 'Attended'),
    change(9, 'Registered'),
    change(0, 'Registered'),
    change(1, 'Nonsense', ADS),
    change(2, 'Influenced', ADS),
    change(2, 'Clicked', ADS)
  ]

  it('of several programs and statuses has the same result as its events one by one', async () => {
    const reports = await send(mixed)
    const inBatch = {
      statuses: statusesOf(reports),
      members: members().map(([program, , status]) => [program, status])
    }
    start()
    const statuses: number[] = []
    for (const event of mixed) {
      const status = await sendSingle('setProgramStatus', event, sending()).then(
        () => 200,
        (error: { status: number }) => error.status
      )
      statuses.push(status)
    }
    expect(inBatch).toEqual({ statuses, members: members().map(([program, , status]) => [program, status]) })
    expect(inBatch.statuses).toEqual([200, 200, 200, 200, 200, 400, 200, 200])
  })

  it.each(['606', '611', '604'])(
    'whose first call fails with %s loses nothing when Segment retries it',
    async (code) => {
      sandbox().addFault({ endpoint: 'setProgramStatus', kind: 'error', code })
      const events = [change(0, 'Invited'), change(1, 'Clicked', ADS), change(0, 'Attended'), change(2, 'Invited')]
      const first = statusesOf(await send(events))
      expect(first[1]).toBe(200)
      expect(first.filter((status) => status === 200)).toHaveLength(1)
      const again = events.filter((_, i) => first[i] !== 200)
      expect(statusesOf(await send(again))).toEqual([200, 200, 200])
      expect(members()).toEqual([
        [WEBINAR, 1, 'Attended'],
        [WEBINAR, 3, 'Invited'],
        [ADS, 2, 'Clicked']
      ])
    }
  )

  it('whose answer is lost is retried without duplicates', async () => {
    sandbox().addFault({ endpoint: 'setProgramStatus', kind: 'cut', executed: true })
    expect(statusesOf(await send([change(0), change(1)]))).toEqual([503, 503])
    expect(statusesOf(await send([change(0), change(1)]))).toEqual([200, 200])
    expect(members()).toHaveLength(2)
  })

  it('starts no call after its time limit', async () => {
    jest.replaceProperty(time, 'BATCH_MS', 500)
    sandbox().addFault({ endpoint: 'setProgramStatus', kind: 'delay', ms: 700 })
    expect(statusesOf(await send([change(0, 'Invited'), change(0, 'Registered')]))).toEqual([200, 503])
  })

  it('names the missing permission', async () => {
    sandbox().revoke('Read-Write Lead')
    const reports = await send([change(0)])
    expect(reports[0]).toMatchObject({
      status: 403,
      errormessage: expect.stringContaining('"Read-Write Lead"') as unknown
    })
  })
})
