import type { JSONValue } from '@segment/actions-core'
import { eventOf, sendOne, statusesOf, times, WAYS } from './support/events'
import { sendBatch } from './support/marketo'
import { refusal, success, useStub } from './support/stub'

const marketo = useStub('994-ZZZ-994')

const change = (leadId: number, status: JSONValue = 'Invited', program = 1107) =>
  eventOf({ userId: `u${leadId}` }, { leadId, status, program })

const SENDING = {
  settings: marketo.settings,
  mapping: {
    programId: { '@path': '$.traits.program' },
    status: { '@path': '$.traits.status' },
    leadId: { '@path': '$.traits.leadId' }
  }
}

const send = (events: ReturnType<typeof change>[]) => sendBatch('setProgramStatus', events, SENDING)

interface StatusBody {
  statusName: string
  input: { leadId: number }[]
}

const calls = () =>
  marketo.received.map(({ path, body }) => {
    const { statusName, input } = body as StatusBody
    const program = Number(/^\/rest\/v1\/programs\/(\d+)\/members\/status\.json$/.exec(path)?.[1])
    return [program, statusName, input.map(({ leadId }) => leadId)]
  })

/** Results of this call name the lead in their own field, and skipped results do not name it. */
const done = (leadId: number, seq = 0) => ({ seq, status: 'updated', leadId })
const skipped = (code: string) => ({ seq: 0, status: 'skipped', reasons: [{ code, message: 'No.' }] })
beforeEach(() =>
  marketo.answerWith(({ body }) => success(...(body as StatusBody).input.map(({ leadId }) => done(leadId))))
)

it.each(WAYS)('An event sets the status of its lead (%s)', async (way) => {
  expect(await sendOne(way, 'setProgramStatus', change(7), SENDING)).toMatchObject({ status: 200, body: { leadId: 7 } })
  expect(marketo.received.map(({ body }) => body)).toEqual([{ statusName: 'Invited', input: [{ leadId: 7 }] }])
})

it('A call holds 300 people with one program and one status', async () => {
  const events = [...times(301, (i) => change(i + 1)), change(1, 'Invited', 1108), change(2, 'Attended')]
  expect(statusesOf(await send(events))).toEqual(times(303, () => 200))
  expect(calls().map(([program, status, leads]) => [program, status, (leads as number[]).length])).toEqual([
    [1107, 'Invited', 300],
    [1107, 'Invited', 1],
    [1108, 'Invited', 1],
    [1107, 'Attended', 1]
  ])
})

it('Each different status of a person is sent in order, and a repeated status only once', async () => {
  const events = ['Invited', 'Invited', 'Registered', 'Registered', 'Attended'].map((status) => change(1, status))
  expect(statusesOf(await send([...events, change(2, 'Registered')]))).toEqual(times(6, () => 200))
  expect(calls()).toEqual([
    [1107, 'Invited', [1]],
    [1107, 'Registered', [1, 2]],
    [1107, 'Attended', [1]]
  ])
})

it('A status that the person already has or had counts as done', async () => {
  marketo.answerWith(() => success(skipped('1037'), done(2)))
  expect(statusesOf(await send([change(1), change(2)]))).toEqual([200, 200])
})

it.each<[string, number]>([
  ['1025', 400],
  ['1013', 400],
  ['1004', 400],
  ['1016', 429],
  ['4711', 500]
])('A record that Marketo refuses with %s fails only its own events', async (code, status) => {
  marketo.answerWith(() => success(done(1), skipped(code), done(3)))
  const reports = await send([change(1), change(2), change(3), change(2)])
  expect(statusesOf(reports)).toEqual([200, status, 200, status])
  expect(reports[1].errormessage).toContain(code)
  expect(marketo.received).toHaveLength(1)
})

it.each([
  ['fewer', [done(1)]],
  ['more', [done(1), done(2), done(3)]],
  ['other', ['x', 'y'] as unknown as object[]]
])('An answer with %s results than records makes Segment retry all events', async (_what, results) => {
  marketo.answerWith(() => success(...results))
  expect(statusesOf(await send([change(1), change(2)]))).toEqual([500, 500])
})

it('A call that fails temporarily fails only its own events, and holds back later statuses of the same people', async () => {
  marketo.answerWith(({ body }) => {
    const { statusName, input } = body as StatusBody
    return statusName === 'Invited' ? refusal('611') : success(...input.map(({ leadId }) => done(leadId)))
  })
  const events = [change(1), change(2, 'Attended'), change(1, 'Attended'), change(1, 'Attended', 1108)]
  expect(statusesOf(await send(events))).toEqual([500, 200, 503, 200])
})

it.each(['', '  ', [], {}])('The status %j fails only its own event', async (status) => {
  const reports = await send([change(1), change(2, status)])
  expect(statusesOf(reports)).toEqual([200, 400])
  expect(reports[1].errormessage).toMatch(/status/i)
})

it('Spaces around a status are ignored', async () => {
  await send([change(1, ' Invited '), change(2)])
  expect(calls()).toEqual([[1107, 'Invited', [1, 2]]])
})
