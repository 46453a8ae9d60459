import type { JSONObject, JSONValue } from '@segment/actions-core'
import { eventOf, sendOne, statusesOf, times, WAYS } from './support/events'
import { sendBatch, useSandbox } from './support/marketo'
import type { Sending, TestEvent } from './support/marketo'

/** The fields that Set Program Status writes to members of programs. */

const sandbox = useSandbox()
const [WEBINAR, ADS] = [2001, 2002]
beforeEach(() => {
  sandbox().reset({ leads: times(300, (i) => ({ id: i + 1, email: `p${i}@example.com`, userId: `u${i}` })) })
  sandbox().setLimits({ callsPerWindow: 10_000 })
})

const fieldsOf = (leadId: number, program = WEBINAR) =>
  sandbox()
    .state()
    .programMembers.find((member) => member.leadId === leadId && member.programId === program)?.fields
const statusOf = (leadId: number) =>
  sandbox()
    .state()
    .programMembers.find((member) => member.leadId === leadId)?.statusName
const calls = () => sandbox().state().usage.byEndpoint

/** An event that gives person `i` a status and fields. */
const change = (i: number, memberFields: JSONValue, status = 'Registered', program = WEBINAR) =>
  eventOf({ userId: `u${i}`, email: `p${i}@example.com` }, { status, program, memberFields })

const SENDING: Sending = {
  mapping: {
    programId: { '@path': '$.traits.program' },
    status: { '@path': '$.traits.status' },
    memberFields: { '@path': '$.traits.memberFields' }
  }
}
const send = (events: TestEvent[]) => sendBatch('setProgramStatus', events, SENDING)

describe.each(WAYS)('Member Fields (%s)', (way) => {
  const one = (event: TestEvent) => sendOne(way, 'setProgramStatus', event, SENDING)

  it('are written to the member once the status is set', async () => {
    const report = await one(change(1, { registrationCode: 'A1', seats: 2, vip: true }))
    expect(report).toMatchObject({
      status: 200,
      body: { status: 'created', leadId: 2, memberFields: { status: 'updated' } }
    })
    expect(statusOf(2)).toBe('Registered')
    expect(fieldsOf(2)).toEqual({ registrationCode: 'A1', seats: 2, vip: true })
    expect(calls()).toEqual({ getLeads: 1, setProgramStatus: 1, syncProgramMembers: 1 })
  })

  it('are written also if the member already has the status, and null clears one', async () => {
    await one(change(1, { registrationCode: 'A1', seats: 2 }, 'Attended'))
    expect((await one(change(1, { seats: null, vip: false, registrationCode: '' }, 'Invited'))).status).toBe(200)
    expect(fieldsOf(2)).toEqual({ registrationCode: 'A1', vip: false })
    expect(statusOf(2)).toBe('Attended')
  })

  it('that are empty cost no call', async () => {
    await one(change(1, { registrationCode: ' ', seats: [], vip: {} }))
    expect(calls()).toEqual({ getLeads: 1, setProgramStatus: 1 })
  })

  it('are converted to their types if Marketo refuses them', async () => {
    expect((await one(change(1, { seats: '3', vip: 'yes', registrationCode: null }))).status).toBe(200)
    expect(fieldsOf(2)).toEqual({ seats: 3, vip: true })
  })

  it.each<[string, JSONObject, RegExp]>([
    ['a field that Marketo lacks', { shoeSize: 42 }, /1006.*shoeSize.*offered for Member Fields/],
    ['a field that Marketo sets itself', { reachedSuccess: true }, /1003.*reachedSuccess.*Marketo sets itself/],
    ['a value of another type', { seats: 'many' }, /1001/]
  ])('with %s fail the event, and the status stays', async (_what, fields, message) => {
    const report = await one(change(1, fields))
    expect(report.status).toBe(400)
    expect(report.errormessage).toMatch(/^The status is set, but not the member fields\. Sync Program Member Data/)
    expect(report.errormessage).toMatch(message)
    expect(statusOf(2)).toBe('Registered')
    expect(fieldsOf(2)).toEqual({})
  })

  it('with an object fail the event before any call, and the message names the field', async () => {
    expect(await one(change(1, { seats: { count: 2 } }))).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('Member Fields > seats holds an object') as string
    })
    expect(calls()).toEqual({})
  })

  it('are not written if the status is refused', async () => {
    expect((await one(change(1, { seats: 2 }, 'Influenced'))).errormessage).toContain('1025')
    expect(calls().syncProgramMembers).toBeUndefined()
  })

  it('of a lead that disappears before they are written go to its next lead, with the status', async () => {
    sandbox().intrude('syncProgramMembers', ({ leads }) => {
      const lead = leads.get(2)
      if (lead) leads.delete(lead)
    })
    const report = await one(change(1, { seats: 2 }))
    expect(report.status).toBe(200)
    const leadId = Number(report.body?.leadId)
    expect(leadId).toBeGreaterThan(300)
    expect([statusOf(leadId), fieldsOf(leadId)]).toEqual(['Registered', { seats: 2 }])
  })
})

describe('Member Fields of a batch', () => {
  it('take one call more for 300 people', async () => {
    const events = times(300, (i) => change(i, { seats: i + 1 }))
    expect(statusesOf(await send(events))).toEqual(times(300, () => 200))
    expect(calls()).toEqual({ getLeads: 1, setProgramStatus: 1, syncProgramMembers: 1 })
    expect(fieldsOf(300)).toEqual({ seats: 300 })
  })

  it('of one member become one record, with later values over earlier ones; each program has its call', async () => {
    const events = [
      change(1, { registrationCode: 'A1', seats: 1 }, 'Invited'),
      change(1, { seats: 2 }, 'Attended'),
      change(1, { seats: 3 }, 'Clicked', ADS)
    ]
    expect(statusesOf(await send(events))).toEqual([200, 200, 200])
    expect(fieldsOf(2)).toEqual({ registrationCode: 'A1', seats: 2 })
    expect(fieldsOf(2, ADS)).toEqual({ seats: 3 })
    expect(calls().syncProgramMembers).toBe(2)
  })

  it('that Marketo refuses fail only their own event', async () => {
    const events = [
      change(1, { registrationCode: 'A1' }),
      change(1, { shoeSize: 42 }, 'Attended'),
      change(1, { seats: 2 }, 'Attended'),
      change(2, { seats: 5 })
    ]
    expect(statusesOf(await send(events))).toEqual([200, 400, 200, 200])
    expect(fieldsOf(2)).toEqual({ registrationCode: 'A1', seats: 2 })
    expect(statusOf(2)).toBe('Attended')
  })

  it('that will be retried hold back later events of the same member, also those without fields', async () => {
    sandbox().addFault({ endpoint: 'syncProgramMembers', kind: 'error', code: '611' })
    const events = [
      change(1, { seats: 2 }, 'Attended'),
      change(1, {}, 'Attended On-demand'),
      change(1, {}, 'Clicked', ADS),
      change(2, {}, 'Invited')
    ]
    const reports = await send(events)
    expect(statusesOf(reports)).toEqual([500, 503, 200, 200])
    expect(reports[0].errormessage).toMatch(/status is set, but not the member fields.*611/)
    expect(reports[1].errormessage).toMatch(/^Sent, but has to be sent again, because an earlier event.*failed/)
    expect(statusesOf(await send(events.slice(0, 2)))).toEqual([200, 200])
    expect(statusOf(2)).toBe('Attended On-demand')
    expect(fieldsOf(2)).toEqual({ seats: 2 })
  })

  it('that will be retried still find their person, whoever is created in the same batch', async () => {
    sandbox().addFault({ endpoint: 'syncProgramMembers', kind: 'error', code: '611' })
    const email = 'shared@example.com'
    const events = [
      eventOf({ userId: 'u1', email }, { status: 'Registered', program: WEBINAR, memberFields: { seats: 2 } }),
      eventOf({ email }, { status: 'Registered', program: WEBINAR })
    ]
    const reports = await send(events)
    expect(statusesOf(reports)).toEqual([500, 503])
    expect(statusesOf(await send(events))).toEqual([200, 200])
    expect(fieldsOf(2)).toEqual({ seats: 2 })
    expect(sandbox().state().leads).toHaveLength(301)
  })

  it('wait for the types of the fields if these cannot be looked up for now', async () => {
    sandbox().addFault({ endpoint: 'describeProgramMembers', kind: 'error', code: '611' })
    expect(statusesOf(await send([change(1, { seats: '3' })]))).toEqual([500])
    expect(statusesOf(await send([change(1, { seats: '3' })]))).toEqual([200])
  })

  it('stay as they are if the API user may not look up their types', async () => {
    sandbox().addFault({ endpoint: 'describeProgramMembers', kind: 'error', code: '603' })
    const [report] = await send([change(1, { seats: '3' })])
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('1001') as string })
  })
})
