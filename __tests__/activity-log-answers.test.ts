import type { JSONObject } from '@segment/actions-core'
import { times } from './support/events'
import { sendBatch } from './support/marketo'
import type { Reported } from './support/marketo'
import { refusal, success, useStub } from './support/stub'

/** What Get Lead Activities may answer, single exchange by single exchange. */

const stub = useStub('888-LOG-888')

const NOON = '2024-05-31T12:00:00.700Z'
const AT_NOON = {
  leadId: 7,
  activityTypeId: 100001,
  primaryAttributeValue: 'order-1',
  activityDate: '2024-05-31T12:00:00Z'
}

/** Sends one activity of lead 7. @param pages what the log answers, page by page */
async function send(pages: (JSONObject | string)[], token: JSONObject = { success: true, nextPageToken: 'page 0' }) {
  const waiting = [...pages]
  stub.answerWith(({ path }) => {
    if (path.endsWith('/pagingtoken.json')) return token
    if (path.endsWith('/activities.json')) return waiting.shift() ?? refusal('610')
    return success({ id: 1, status: 'added' })
  })
  const mapping = { activityTypeId: 100001, primaryAttributeValue: 'order-1', leadId: 7, preventDuplicates: true }
  const [report] = await sendBatch('sendCustomActivity', [{ timestamp: NOON }], { mapping, settings: stub.settings })
  return report
}

const isRecorded = () => stub.received.some(({ path }) => path.endsWith('/external.json'))

/** A page with its token, as Marketo always gives one. */
const page = (result: object[] | undefined, moreResult = false, nextPageToken = 'next'): JSONObject =>
  ({ success: true, nextPageToken, moreResult, ...(result && { result }) } as JSONObject)

const expectAdded = (report: Reported) => {
  expect(report).toMatchObject({ status: 200, body: { status: 'added' } })
  expect(isRecorded()).toBe(true)
}
const expectExists = (report: Reported) => {
  expect(report).toMatchObject({ status: 200, body: { status: 'exists' } })
  expect(isRecorded()).toBe(false)
}

it('The log is asked for the lead and the type, from before the second of the event on', async () => {
  expectAdded(await send([page([])]))
  const [token, log] = stub.received.filter(({ path }) => /pagingtoken|activities\.json/.test(path))
  const { sinceDatetime } = token.query
  expect(sinceDatetime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  expect(Date.parse(sinceDatetime)).toBeLessThanOrEqual(Date.parse('2024-05-31T12:00:00Z'))
  expect(log.query).toEqual({ nextPageToken: 'page 0', activityTypeIds: '100001', leadIds: '7' })
})

describe('A log without the activity', () => {
  it.each([
    ['an empty list', page([])],
    ['no list, as Marketo leaves out empty ones', page(undefined)],
    ['a list without a token', { success: true, result: [] }],
    ['another lead', page([{ ...AT_NOON, leadId: 8 }])],
    ['another type', page([{ ...AT_NOON, activityTypeId: 100002 }])],
    ['another primary value', page([{ ...AT_NOON, primaryAttributeValue: 'order-2' }])],
    ['no primary value', page([{ ...AT_NOON, primaryAttributeValue: null }])],
    ['another second', page([{ ...AT_NOON, activityDate: '2024-05-31T12:00:01Z' }])]
  ])('may have %s', async (_what, answer) => expectAdded(await send([answer])))
})

describe('A log with the activity', () => {
  it.each([
    '2024-05-31T12:00:00Z',
    '2024-05-31T12:00:00.000Z',
    '2024-05-31T12:00:00+0000',
    '2024-05-31T07:00:00-05:00',
    '2024-05-31T14:00:00.999+02:00'
  ])('may write its date as %s', async (activityDate) =>
    expectExists(await send([page([{ ...AT_NOON, activityDate }])]))
  )

  it('may have IDs that are text', async () => {
    expectExists(await send([page([{ ...AT_NOON, leadId: '7', activityTypeId: '100001' }])]))
  })

  it('may have it behind empty and short pages, and pages without a list', async () => {
    const others = [{ ...AT_NOON, primaryAttributeValue: 'order-0' }]
    const pages = [
      page([], true, 'a'),
      page(others, true, 'b'),
      page(undefined, true, 'c'),
      page([AT_NOON], false, 'd')
    ]
    expectExists(await send(pages))
    const tokens = stub.received.flatMap(({ query }) => query.nextPageToken ?? [])
    expect(tokens).toEqual(['page 0', 'a', 'b', 'c'])
  })
})

describe('An answer that cannot be understood is no empty log: the event is retried, and nothing is recorded', () => {
  const cases: [string, (JSONObject | string)[], JSONObject?][] = [
    ['neither a list nor a token', [{ success: true }]],
    ['a list of something else', [page(['x', null] as unknown as object[])]],
    ['an object in place of the list', [{ ...page([]), result: { a: 1 } }]],
    ['null in place of the list', [{ ...page([]), result: null }]],
    ['an activity without a lead', [page([{ ...AT_NOON, leadId: null }])]],
    ['an activity without a date', [page([{ ...AT_NOON, activityDate: undefined }])]],
    ['more pages without a token', [{ success: true, result: [], moreResult: true }]],
    ['the same page over and over', times(3, () => page([], true, 'page 0'))],
    ['text', ['<html>']],
    ['no first token', [page([])], { success: true }],
    ['a list and no first token', [page([])], { success: true, result: [] }]
  ]
  it.each(cases.map(([what, pages, token]) => ({ what, pages, token })))('$what', async ({ pages, token }) => {
    const report = await send(pages, token)
    expect(report.status).toBeGreaterThanOrEqual(500)
    expect(report.errormessage).toMatch(/^Get (Lead Activities|Paging Token): .*Segment retries events/)
    expect(isRecorded()).toBe(false)
  })
})
