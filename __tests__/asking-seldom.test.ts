import { createRequestClient, createTestEvent, Destination } from '@segment/actions-core'
import destination from '../src'
import { forgetEverything } from '../src/marketo/transport/memory'
import { eventOf, statusesOf, times } from './support/events'
import { callsOf, mappingOf, sendBatch, sendSingle, settings, useSandbox } from './support/marketo'
import type { TestEvent } from './support/marketo'

/** A process looks up the visitors of its first batches at once, and later those of several batches together. */

const sandbox = useSandbox({ callsPerWindow: 100_000 })
const NOT_YET = 'not yet associated: with a later visit'
const PEOPLE = 400
const leads = times(PEOPLE, (i) => ({ id: 1_001 + i, userId: `user-${i}` }))
const clock = { ms: Date.now() }

beforeEach(() => {
  jest.spyOn(Date, 'now').mockImplementation(() => clock.ms)
  // Longer than the process remembers anything.
  clock.ms += 3_600_000
  jest.spyOn(performance, 'now').mockImplementation(() => clock.ms)
  forgetEverything()
  sandbox().reset({ leads, keepDefaults: false })
})
afterEach(() => jest.restoreAllMocks())

const page = (i: number, url = `/${i}`): TestEvent => ({ ...eventOf({ userId: `user-${i}` }), properties: { url } })
const visit = (i: number, url?: string) => sendSingle('visitWebPage', page(i, url)).then(({ data }) => data)
const calls = (work: () => Promise<unknown>) => callsOf(sandbox(), work)
const ownerOf = (url: string) =>
  sandbox()
    .state()
    .visits.find((one) => one.url === url)?.leadId
/** Looks up ten visitors at once, so that later visitors have to wait. */
const useUpLookUps = async () => {
  for (const i of times(10, (n) => 390 + n)) await visit(i)
}

it('A process looks up the visitors of its first ten batches at once; the next visitor waits, but the visit is recorded', async () => {
  for (const i of times(10, (n) => n)) expect(await visit(i)).toEqual({ leadId: 1_001 + i, webActivity: 'associated' })
  expect(await calls(async () => expect(await visit(10)).toEqual({ webActivity: NOT_YET }))).toBe(0)
  expect(ownerOf('/10')).toBeNull()
  expect(ownerOf('/9')).toBe(1_010)
})

it('A minute later, the next batch also associates the waiting visitors, whatever visitors it is about', async () => {
  await useUpLookUps()
  for (const i of [0, 1]) await visit(i)
  clock.ms += 60_000
  // One call for three tokens, one for three users, and one for each association.
  expect(await calls(() => visit(2))).toBe(2 + 3)
  expect(times(3, (i) => ownerOf(`/${i}`))).toEqual([1_001, 1_002, 1_003])
  expect(await visit(3)).toEqual({ webActivity: NOT_YET })
})

it('A batch that associates none of its own visitors still associates the waiting ones', async () => {
  await useUpLookUps()
  await visit(0)
  clock.ms += 60_000
  await sendBatch('visitWebPage', [page(1)], { mapping: { associateLead: false } })
  expect([ownerOf('/0'), ownerOf('/1')]).toEqual([1_001, null])
})

it('300 waiting visitors are looked up at once', async () => {
  await useUpLookUps()
  expect(
    await calls(() =>
      sendBatch(
        'visitWebPage',
        times(299, (i) => page(i))
      )
    )
  ).toBe(0)
  // One call looks up their tokens and one their leads; 50 visitors are associated, and the others wait.
  expect(await calls(() => visit(299))).toBe(2 + 50)
  expect(await calls(() => visit(299))).toBe(0)
  for (let minute = 0; minute < 5; minute++) {
    clock.ms += 60_000
    await visit(0)
  }
  expect(times(300, (i) => ownerOf(`/${i}`))).toEqual(times(300, (i) => 1_001 + i))
})

it('No visit is lost when the process ends: the visitor’s next visit moves the earlier ones to the lead', async () => {
  await useUpLookUps()
  for (const page of ['/a', '/b']) await visit(0, page)
  forgetEverything()
  expect(ownerOf('/a')).toBeNull()
  await visit(0, '/c')
  expect(['/a', '/b', '/c'].map(ownerOf)).toEqual([1_001, 1_001, 1_001])
})

it('A visit that did not arrive causes no look-up: Segment retries it', async () => {
  await useUpLookUps()
  sandbox().addFault({ endpoint: 'munchkin', kind: 'status', status: 503 })
  expect(statusesOf(await sendBatch('visitWebPage', [page(0)]))).toEqual([503])
  clock.ms += 60_000
  expect(await calls(() => sendBatch('visitWebPage', [page(1)], { mapping: { associateLead: false } }))).toBe(0)
})

it('A visitor whose look-up failed is looked up again with a later visit', async () => {
  await useUpLookUps()
  await visit(0)
  clock.ms += 60_000
  sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611' })
  expect(await visit(1)).toMatchObject({ webActivity: expect.stringMatching(/^failed: .*611/) as string })
  clock.ms += 60_000
  await visit(0)
  expect(ownerOf('/0')).toBe(1_001)
})

describe('Visitors who wait', () => {
  /** The exchanges of one visit, as the Event Tester and delivery logs show them. */
  const exchangesOf = async (i: number) => JSON.stringify((await sendSingle('visitWebPage', page(i))).exchanges)

  it('are kept if Marketo throttles their look-up, and asked about again', async () => {
    await useUpLookUps()
    for (const i of [0, 1]) await visit(i)
    clock.ms += 60_000
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '606' })
    await visit(2)
    clock.ms += 60_000
    await visit(3)
    expect(times(4, (i) => ownerOf(`/${i}`))).toEqual([1_001, 1_002, 1_003, 1_004])
  })

  it('are kept if Marketo cannot associate them for a moment', async () => {
    await useUpLookUps()
    await visit(0)
    clock.ms += 60_000
    sandbox().addFault({ endpoint: 'associateLead', kind: 'error', code: '611', times: 2 })
    await visit(1)
    clock.ms += 60_000
    await visit(2)
    expect(times(3, (i) => ownerOf(`/${i}`))).toEqual([1_001, 1_002, 1_003])
  })

  it('are forgotten when they are deleted, and never stand among the exchanges of another visit', async () => {
    await useUpLookUps()
    for (const i of [0, 1]) await visit(i)
    await destination.onDelete?.(createRequestClient(), { settings, payload: { userId: 'User-0' } } as never)
    clock.ms += 60_000
    const before = sandbox().state().usage.byEndpoint.associateLead ?? 0
    expect(await exchangesOf(2)).not.toMatch(/user-[01]|100[12]/)
    // The other one who waits is associated, and the visitor.
    expect(sandbox().state().usage.byEndpoint.associateLead).toBe(before + 2)
    expect([ownerOf('/1'), ownerOf('/2')]).toEqual([1_002, 1_003])
  })

  it('are nobody’s business if a flag switches the shared look-ups off', async () => {
    await useUpLookUps()
    const running = new Destination(destination)
    const [outcome] = await running.actions.visitWebPage.executeBatch({
      data: [createTestEvent(page(0))] as never,
      mapping: mappingOf('visitWebPage', {}),
      settings,
      auth: undefined,
      features: { 'actions-marketo-v2-no-shared-asks': true }
    })
    expect(outcome).toMatchObject({ body: { webActivity: 'associated' } })
  })
})

describe('A browser’s token, which may belong to another person,', () => {
  const COOKIE = 'id:123-ABC-456&token:_mch-example.com-1741098586131-10001'
  const withCookie = (i: number, url: string): TestEvent => ({
    ...page(i, url),
    context: { userAgent: 'Mozilla/5.0', Marketo: { marketoCookie: COOKIE } }
  })

  it('is looked up before each visit', async () => {
    await useUpLookUps()
    await sendSingle('visitWebPage', withCookie(0, '/a'))
    expect(await calls(() => sendSingle('visitWebPage', withCookie(0, '/b')))).toBe(1)
    await sendSingle('visitWebPage', withCookie(1, '/c'))
    expect(['/a', '/b', '/c'].map(ownerOf)).toEqual([1_001, 1_001, 1_002])
  })
})

it('A visit with a lead ID and a User ID is looked up each time: the user’s token may belong to another lead', async () => {
  await visit(0, '/a')
  await useUpLookUps()
  await sendSingle('visitWebPage', page(0, '/b'), { mapping: { leadId: 1_002 } })
  expect(['/a', '/b'].map(ownerOf)).toEqual([1_001, 1_002])
})

it('Each instance and API user has its own limit and its own waiting visitors', async () => {
  await useUpLookUps()
  expect(await visit(0)).toEqual({ webActivity: NOT_YET })
  sandbox().expireTokens()
  const [report] = await sendBatch('visitWebPage', [page(1)], { settings: { ...settings, clientId: 'another' } })
  expect(report.body?.webActivity).toMatch(/^failed: /)
})

describe('An associated user', () => {
  const associated = { leadId: 1_001, webActivity: 'already associated' }
  beforeEach(async () => {
    await visit(0)
    await useUpLookUps()
  })

  it('is remembered for ten minutes', async () => {
    expect(await calls(async () => expect(await visit(0)).toEqual(associated))).toBe(0)
    clock.ms += 600_001
    for (const i of times(10, (n) => n + 1)) await visit(i)
    expect(await visit(0)).toEqual({ webActivity: NOT_YET })
  })

  it('is not remembered when the event has a new email', async () => {
    const event = { ...page(0), context: { userAgent: 'Mozilla/5.0', traits: { email: 'new@example.com' } } }
    expect((await sendSingle('visitWebPage', event)).data).toEqual({ webActivity: NOT_YET })
  })

  it('is forgotten when the user is deleted', async () => {
    await destination.onDelete?.(createRequestClient(), { settings, payload: { userId: 'user-0' } } as never)
    expect(await visit(0)).toEqual({ webActivity: NOT_YET })
  })

  it('is forgotten in any spelling', async () => {
    await destination.onDelete?.(createRequestClient(), { settings, payload: { userId: ' USER-0 ' } } as never)
    expect(await visit(0)).toEqual({ webActivity: NOT_YET })
  })

  it('is forgotten when the lead is written', async () => {
    await sendBatch('upsertLead', [eventOf({ userId: 'user-0' })])
    expect(await visit(0)).toEqual({ webActivity: NOT_YET })
  })
})
