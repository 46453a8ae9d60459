import type { JSONObject } from '@segment/actions-core'
import { eventOf, sendOne, statusesOf, times, USER_AGENT, WAYS } from './support/events'
import type { Who } from './support/events'
import { anonymousTracking, sendBatch, settings, useSandbox } from './support/marketo'
import type { Sending, TestEvent } from './support/marketo'

const sandbox = useSandbox()
const TOKEN = '_mch-example.com-1741098586131-10001'
const COOKIE = `id:123-ABC-456&token:${TOKEN}`
const ADA = { id: 7, email: 'ada@example.com', userId: 'ada' }
const BOB = { id: 8, email: 'bob@example.com', userId: 'bob' }
beforeEach(() => sandbox().reset({ leads: [ADA, BOB] }))

const state = () => sandbox().state()
const tokens = () => state().visits.map(({ token }) => token)
const associations = () => state().usage.byEndpoint.associateLead ?? 0
/** The lead of each visited page. */
const owners = () => Object.fromEntries(state().visits.map(({ url, leadId }) => [url, leadId]))

const on = (mapping: JSONObject = {}): Sending => ({ settings: anonymousTracking, mapping })
const off = (mapping: JSONObject = {}): Sending => ({ settings, mapping })

function page(who: Who, url = '/', marketoCookie?: string): TestEvent {
  return {
    ...eventOf(who),
    properties: { url },
    context: { userAgent: USER_AGENT, ...(marketoCookie && { Marketo: { marketoCookie } }) }
  }
}
function identify(who: Who, marketoCookie?: string): TestEvent {
  return { ...page(who, '/', marketoCookie), type: 'identify' }
}

describe('The token of a visit', () => {
  it.each([
    ['as it is', COOKIE],
    ['with spaces around it', ` ${COOKIE} `],
    ['with the ID in lower case', COOKIE.toLowerCase()],
    ['URL-encoded', encodeURIComponent(COOKIE)]
  ])('comes from a _mkto_trk cookie of this instance, %s', async (_, cookie) => {
    await sendBatch('visitWebPage', [page({ userId: 'ada' }, '/', cookie)])
    expect(tokens()).toEqual([TOKEN])
  })

  it.each([
    ['of another instance', `id:999-ZZZ-999&token:${TOKEN}`],
    ['that is invalid', 'GA1.2.3'],
    ['that is only a token', TOKEN]
  ])('does not come from a cookie %s', async (_, cookie) => {
    await sendBatch('visitWebPage', [page({ userId: 'ada' }, '/a', cookie), page({ userId: 'ada' }, '/b')])
    const [withCookie, without] = tokens()
    expect(withCookie).toBe(without)
    expect(without).toMatch(/^_mch-segment\.com-[0-9a-f]{32}$/)
  })

  it.each([
    ['the browser’s with anonymous tracking on', on(), [0, 0, 1, 2]],
    ['the user’s with anonymous tracking off', off(), [0, 1, 0, 1]]
  ])('is %s, and always the same', async (_, sending, expected) => {
    const visits = [
      page({ userId: 'cem', anonymousId: 'x' }),
      page({ userId: 'dan', anonymousId: 'x' }),
      page({ userId: 'cem', anonymousId: 'y' }),
      page({ userId: 'dan', anonymousId: 'cem' })
    ]
    await sendBatch('visitWebPage', visits, sending)
    for (const visit of visits) await sendOne('single', 'visitWebPage', visit, sending)
    const distinct = [...new Set(tokens())]
    const order = tokens().map((token) => distinct.indexOf(token))
    expect(order).toEqual([...expected, ...expected])
  })

  it('is different for each person who has only a lead ID or an email', async () => {
    for (const leadId of [7, 8]) await sendBatch('visitWebPage', [page({})], off({ leadId }))
    await sendBatch('visitWebPage', [page({ email: 'cem@example.com' }), page({ email: 'dan@example.com' })], on())
    expect(new Set(tokens()).size).toBe(4)
  })

  it('differs between a user and a browser with the same ID', async () => {
    await sendBatch('visitWebPage', [page({ userId: 'x' }), page({ anonymousId: 'x' })], on())
    expect(new Set(tokens()).size).toBe(2)
  })
})

describe('A visit', () => {
  it.each(WAYS)('of a known lead is associated with it, and repeat visits cost no association (%s)', async (way) => {
    const visit = page({ userId: 'ada' }, '/1')
    expect(await sendOne(way, 'visitWebPage', visit)).toMatchObject({ body: { leadId: 7, webActivity: 'associated' } })
    expect(associations()).toBe(1)
    const again = await sendOne(way, 'visitWebPage', page({ userId: 'ada' }, '/2'))
    expect(again).toMatchObject({ body: { leadId: 7, webActivity: 'already associated' } })
    expect(associations()).toBe(1)
    expect(owners()).toEqual({ '/1': 7, '/2': 7 })
  })

  it('shares one association with all visits of its visitor in a batch', async () => {
    const visits = times(20, (i) => page(i % 2 ? ADA : BOB, `/${i}`))
    const reports = await sendBatch('visitWebPage', visits)
    expect(statusesOf(reports)).toEqual(visits.map(() => 202))
    expect(associations()).toBe(2)
    expect(owners()).toEqual(Object.fromEntries(times(20, (i) => [`/${i}`, i % 2 ? 7 : 8])))
  })

  it('never creates a lead', async () => {
    const visits = [page({ userId: 'new', anonymousId: 'x', email: 'new@example.com' }), page({ anonymousId: 'y' })]
    const reports = await sendBatch('visitWebPage', visits, on())
    expect(reports).toMatchObject(visits.map(() => ({ status: 202, body: { webActivity: 'no lead matches' } })))
    expect(state().leads).toHaveLength(2)
    expect(state().usage.byEndpoint.syncLeads).toBeUndefined()
  })

  it.each(WAYS)('with Associate Web Activity off costs no call at all (%s)', async (way) => {
    for (const sending of [off({ associateLead: false }), on({ associateLead: false })]) {
      await sendOne(way, 'visitWebPage', page({ userId: 'ada', anonymousId: 'x' }, '/', COOKIE), sending)
    }
    expect(state().visits).toMatchObject([{ leadId: null }, { leadId: null }])
    expect(state().usage).toMatchObject({ total: 0, uncounted: { identity: 0 } })
  })

  it('is associated with the lead of its lead ID, without a look-up by other keys', async () => {
    await sendBatch('visitWebPage', [page({ email: 'ada@example.com' }, '/')], off({ leadId: 8 }))
    expect(owners()).toEqual({ '/': 8 })
    expect(state().usage.byEndpoint).toEqual({ getLeads: 1, associateLead: 1 })
  })
})

it('A visit under a person’s own token is associated again when the mapping has the ID of another existing lead', async () => {
  await sendBatch('visitWebPage', [page({ userId: 'ada' }, '/1')], off({ leadId: 7 }))
  await sendBatch('visitWebPage', [page({ userId: 'ada' }, '/2')], off({ leadId: 8 }))
  expect(owners()).toEqual({ '/1': 7, '/2': 8 })
  expect(state().usage.byEndpoint).toEqual({ getLeads: 3, associateLead: 2 })
})

it('A visit with the ID of a lead that does not exist leaves the token with its owner', async () => {
  await sendBatch('visitWebPage', [page({ userId: 'ada' }, '/1')], off({ leadId: 7 }))
  const [report] = await sendBatch('visitWebPage', [page({ userId: 'ada' }, '/2')], off({ leadId: 99 }))
  expect(report).toMatchObject({ status: 202, body: { webActivity: expect.stringMatching(/^failed: /) as string } })
  expect(owners()).toMatchObject({ '/1': 7 })
})

describe('A visit under a token that a lead owns', () => {
  /** Associates the token with Ada's lead (7). */
  const tie = () => sendBatch('upsertLead', [identify(ADA, COOKIE)], off())
  const searches = () => state().usage.byEndpoint.getLeads

  it.each<[string, Who, JSONObject, number, number | undefined]>([
    ['goes to that lead if the event has its lead ID', {}, { leadId: 7 }, 7, 1],
    ['goes to that lead if the event has its email and user ID', { email: 'Ada@Example.com', userId: 'ADA' }, {}, 7, 1],
    // A look-up must tell whether the other user ID has its own lead.
    [
      'goes to that lead if the event has its email and an unknown user ID',
      { email: ADA.email, userId: 'new' },
      {},
      7,
      3
    ],
    ['goes to that lead if the event has its user ID', { userId: 'ada' }, {}, 7, 1],
    [
      'goes to that lead if the event has its user ID and another lead’s email',
      { email: BOB.email, userId: 'ada' },
      {},
      7,
      3
    ],
    ['goes to another lead if the event has another lead ID', {}, { leadId: 8 }, 8, undefined],
    [
      'goes to another lead if the event has the owner’s email and another lead’s user ID',
      { email: ADA.email, userId: 'bob' },
      {},
      8,
      undefined
    ],
    ['goes to another lead if the event has another user ID', { userId: 'bob' }, {}, 8, undefined]
  ])('%s', async (_what, who, mapping, owner, calls) => {
    await tie()
    const before = searches() ?? 0
    await sendBatch('visitWebPage', [page(who, '/visit', COOKIE)], off(mapping))
    expect(owners()).toMatchObject({ '/visit': owner })
    // The token identifies the owner, so the owner needs no look-up.
    if (calls !== undefined) expect(searches()).toBe(before + calls)
  })

  it('is looked up by email if the owner has no email', async () => {
    sandbox().reset({ leads: [{ id: 7, userId: 'ada' }, BOB] })
    await sendBatch('upsertLead', [identify({ userId: 'ada' }, COOKIE)], off())
    await sendBatch('visitWebPage', [page({ email: 'bob@example.com', userId: 'bob' }, '/visit', COOKIE)], off())
    expect(owners()).toMatchObject({ '/visit': 8 })
  })
})

describe('Visits that are older than the lead move to it', () => {
  const CEM = { userId: 'cem', email: 'cem@example.com', anonymousId: 'x' }
  const leadOf = (userId: string) => state().leads.find(({ fields }) => fields.userId === userId)?.id

  it.each<[string, Sending, string | undefined, JSONObject, number]>([
    ['with Associate Web Activity, by the browser', on(), undefined, { associateWebActivity: true }, 3],
    ['with Associate Web Activity, by the user', off(), undefined, { associateWebActivity: true }, 2],
    ['with the cookie', on(), COOKIE, {}, 3],
    ['with the cookie and anonymous tracking off', off(), COOKIE, {}, 2]
  ])('%s', async (_, sending, cookie, mapping, moving) => {
    const visits = [page({ anonymousId: 'x' }, '/1', cookie), page(CEM, '/2', cookie), page(CEM, '/3', cookie)]
    const reports = await sendBatch('visitWebPage', visits, sending)
    // With anonymous tracking off, the anonymous visit is rejected.
    expect(statusesOf(reports)).toEqual([moving === 3 ? 202 : 400, 202, 202])
    expect(new Set(Object.values(owners()))).toEqual(new Set([null]))

    const [report] = await sendBatch('upsertLead', [identify(CEM, cookie)], { ...sending, mapping })
    expect(report).toMatchObject({ status: 200, body: { status: 'created', webActivity: 'associated' } })
    expect(state().visits.map(({ leadId }) => leadId)).toEqual(times(moving, () => leadOf('cem')))
    expect(associations()).toBe(1)

    const [again] = await sendBatch('upsertLead', [identify(CEM, cookie)], { ...sending, mapping })
    expect(again.body).toMatchObject({ webActivity: 'already associated' })
    await sendBatch('visitWebPage', [page(CEM, '/4', cookie)], sending)
    expect(owners()).toMatchObject({ '/4': leadOf('cem') })
    expect(associations()).toBe(1)
  })

  it('with the next visit', async () => {
    await sendBatch('visitWebPage', [page({ anonymousId: 'x' }, '/1')], on())
    await sendBatch('upsertLead', [identify(CEM)], on())
    expect(associations()).toBe(0)
    await sendBatch('visitWebPage', [page(CEM, '/2')], on())
    expect(owners()).toEqual({ '/1': leadOf('cem'), '/2': leadOf('cem') })
    expect(associations()).toBe(1)
  })

  it('for 300 visitors with one call each, 50 per batch, and each cookie on its own lead', async () => {
    sandbox().setLimits({ callsPerWindow: 1_000 })
    const who = (i: number) => ({ userId: `u${i}`, anonymousId: `x${i}` })
    const visits = times(300, (i) => page({ anonymousId: `x${i}` }, `/${i}`))
    await sendBatch('visitWebPage', visits, on())
    const identified = times(300, (i) => identify(who(i)))
    for (let batch = 1; batch <= 6; batch++) {
      const reports = await sendBatch('upsertLead', identified, on({ associateWebActivity: true }))
      expect(new Set(statusesOf(reports))).toEqual(new Set([200]))
      const results = reports.map(({ body }) => body?.webActivity)
      expect(associations()).toBe(50 * batch)
      expect(results.filter((what) => what === 'already associated')).toHaveLength(50 * (batch - 1))
      expect(results.filter((what) => what === 'associated')).toHaveLength(50)
      expect(results.filter((what) => what === 'not yet associated: with a later visit')).toHaveLength(300 - 50 * batch)
    }
    expect(owners()).toEqual(Object.fromEntries(times(300, (i) => [`/${i}`, leadOf(`u${i}`)])))
  })
})

describe('Upsert Lead', () => {
  it.each([
    ['without a cookie', undefined],
    ['with a cookie of another instance', `id:999-ZZZ-999&token:${TOKEN}`]
  ])('%s associates nothing unless the mapping says so', async (_, cookie) => {
    const [report] = await sendBatch('upsertLead', [identify(ADA, cookie)])
    expect(report.status).toBe(200)
    expect(report.body).not.toHaveProperty('webActivity')
    expect(state().usage.byEndpoint).toEqual({ getLeads: 1, syncLeads: 1 })
  })

  it('associates nothing for an event that failed', async () => {
    const sending = off({ __segment_internal_sync_mode: 'add', associateWebActivity: true })
    const reports = await sendBatch('upsertLead', [identify(ADA, COOKIE), identify({ userId: 'new' })], sending)
    expect(statusesOf(reports)).toEqual([400, 200])
    expect(state().leads.map(({ cookies }) => cookies.length)).toEqual([0, 0, 1])
  })

  it('also associates the cookie with an explicit lookup field', async () => {
    await sendBatch('upsertLead', [identify(ADA, COOKIE)], off({ lookupField: 'email' }))
    expect(state().leads[0].cookies).toEqual([TOKEN])
  })
})

describe('Two people on one browser', () => {
  const expected = { '/ada/1': 7, '/bob/1': 8, '/ada/2': 7, '/bob/2': 8 }
  const visitsOf = (ada: Who, bob: Who, cookie?: string) => [
    page(ada, '/ada/1', cookie),
    page(bob, '/bob/1', cookie),
    page(ada, '/ada/2', cookie),
    page(bob, '/bob/2', cookie)
  ]
  const KNOWN_BY: [string, Who, Who][] = [
    ['by user ID', { userId: 'ada' }, { userId: 'bob' }],
    ['by email', { email: ADA.email }, { email: BOB.email }],
    ['by email and user ID', { email: ADA.email, userId: 'ada' }, { email: BOB.email, userId: 'bob' }],
    ['one by email, the other by user ID', { email: ADA.email }, { userId: 'bob' }]
  ]

  it.each(KNOWN_BY)('known %s have their visits on their own leads, one after another', async (_, ada, bob) => {
    for (const visit of visitsOf({ ...ada, anonymousId: 'x' }, { ...bob, anonymousId: 'x' })) {
      expect((await sendBatch('visitWebPage', [visit], on()))[0].status).toBe(202)
    }
    expect(owners()).toEqual(expected)
  })

  it.each(KNOWN_BY)('known %s have their visits on their own leads, in one batch', async (_, ada, bob) => {
    await sendBatch('visitWebPage', visitsOf({ ...ada, anonymousId: 'x' }, { ...bob, anonymousId: 'x' }), on())
    expect(owners()).toEqual(expected)
  })

  it('keep their visits apart if one lead has only an email and the other only a user ID', async () => {
    sandbox().reset({
      leads: [
        { id: 7, email: ADA.email },
        { id: 8, userId: 'bob' }
      ]
    })
    for (const visit of visitsOf({ email: ADA.email, anonymousId: 'x' }, { userId: 'bob', anonymousId: 'x' })) {
      await sendBatch('visitWebPage', [visit], on())
    }
    expect(owners()).toEqual(expected)
  })

  it('keep their visits apart with anonymous tracking off', async () => {
    await sendBatch('visitWebPage', visitsOf({ ...ADA, anonymousId: 'x' }, { ...BOB, anonymousId: 'x' }), off())
    expect(owners()).toEqual(expected)
  })

  it.each(['one after another', 'in one batch'])(
    'who share a _mkto_trk cookie keep their visits apart (%s)',
    async (how) => {
      const visits = visitsOf(ADA, BOB, COOKIE)
      if (how === 'in one batch') await sendBatch('visitWebPage', visits)
      else for (const visit of visits) await sendBatch('visitWebPage', [visit])
      expect(owners()).toEqual(expected)
    }
  )

  it('keep their visits when both identify and associate their web activity', async () => {
    const [ada, bob] = [ADA, BOB].map((lead) => ({ email: lead.email, userId: lead.userId, anonymousId: 'x' }))
    const tie = on({ associateWebActivity: true })
    await sendBatch('upsertLead', [identify(ada)], tie)
    await sendBatch('visitWebPage', [page(ada, '/ada/1')], on())
    await sendBatch('upsertLead', [identify(bob)], tie)
    await sendBatch('visitWebPage', [page(bob, '/bob/1'), page(ada, '/ada/2'), page(bob, '/bob/2')], on())
    expect(owners()).toEqual(expected)
  })

  it.each(['one after another', 'in one batch'])(
    'who share a _mkto_trk cookie give it, with all earlier visits, to the first who has a lead (%s)',
    async (how) => {
      const visits = ['nobody', 'ada', 'bob', 'nobody'].map((userId, i) => page({ userId }, `/${userId}/${i}`, COOKIE))
      if (how === 'in one batch') await sendBatch('visitWebPage', visits)
      else for (const visit of visits) await sendBatch('visitWebPage', [visit])
      expect(owners()).toEqual({ '/nobody/0': 7, '/ada/1': 7, '/bob/2': 8, '/nobody/3': null })
      const onCookie = state().visits.filter(({ token }) => token === TOKEN)
      expect(onCookie.map(({ url }) => url).sort()).toEqual(['/ada/1', '/nobody/0'])
    }
  )

  it('count as one visitor if only the browser is known: its visits go to the owner of the browser', async () => {
    await sendBatch('visitWebPage', [page({ userId: 'ada', anonymousId: 'x' }, '/1')], on())
    const [report] = await sendBatch('visitWebPage', [page({ anonymousId: 'x' }, '/2')], on())
    expect(report.body).toMatchObject({ leadId: 7, webActivity: 'already associated' })
    expect(owners()).toEqual({ '/1': 7, '/2': 7 })
    expect(associations()).toBe(1)
  })
})

it('A browser’s token moves from its anonymous lead to the known lead when the visitor identifies', async () => {
  sandbox().reset({ leads: [{ id: 7, anonymousId: 'x' }, BOB] })
  for (const [i, who] of [{}, { userId: 'bob' }, { userId: 'bob' }].entries()) {
    await sendBatch('visitWebPage', [page({ ...who, anonymousId: 'x' }, `/${i}`)], on())
  }
  expect(owners()).toEqual({ '/0': 7, '/1': 8, '/2': 8 })
  expect(new Set(tokens()).size).toBe(1)
  expect(associations()).toBe(2)
})

describe('A user who changes the email', () => {
  it('keeps the token, and costs no second association', async () => {
    await sendBatch('visitWebPage', [page({ userId: 'ada', anonymousId: 'x' }, '/1')], on())
    await sendBatch('visitWebPage', [page({ userId: 'ada', email: 'new@example.com', anonymousId: 'x' }, '/2')], on())
    expect(owners()).toEqual({ '/1': 7, '/2': 7 })
    expect(associations()).toBe(1)
  })
})

it('A new token is not associated if its visit does not arrive', async () => {
  sandbox().addFault({ endpoint: 'munchkin', kind: 'status', status: 503 })
  const visits = ['ada', 'bob'].map((userId) => page({ userId }))
  expect(statusesOf(await sendBatch('visitWebPage', visits)).sort()).toEqual([202, 503])
  expect(associations()).toBe(1)
})

describe('A failed association', () => {
  it.each(WAYS)('is shown in the outcome of the visit, which stays done (%s)', async (way) => {
    sandbox().addFault({ endpoint: 'associateLead', kind: 'error', code: '611' })
    const report = await sendOne(way, 'visitWebPage', page({ userId: 'ada' }))
    expect(report.status).toBe(way === 'batch' ? 202 : 200)
    expect(report.body).toMatchObject({ leadId: 7, webActivity: expect.stringMatching(/^failed: .*611/) as string })
    expect(owners()).toEqual({ '/': null })
  })

  it.each(WAYS)('is shown in the outcome of the lead, which stays written (%s)', async (way) => {
    sandbox().addFault({ endpoint: 'associateLead', kind: 'status', status: 500 })
    const report = await sendOne(way, 'upsertLead', identify({ userId: 'new' }, COOKIE))
    expect(report).toMatchObject({ status: 200, body: { status: 'created' } })
    expect(report.body?.webActivity).toMatch(/^failed: .*500/)
    expect(state().leads).toHaveLength(3)
  })

  it('affects only its own visitor and lead', async () => {
    sandbox().addFault({ endpoint: 'associateLead', kind: 'error', code: '1012' })
    const reports = await sendBatch('visitWebPage', [page(ADA, '/1'), page(BOB, '/2'), page(ADA, '/3')])
    expect(statusesOf(reports)).toEqual([202, 202, 202])
    const [ofAda, ofBob, ofAdaToo] = reports.map(({ body }) => body?.webActivity)
    expect([ofAda, ofBob]).toContain('associated')
    expect([ofAda, ofBob]).toContainEqual(expect.stringMatching(/^failed: .*1012/))
    expect(ofAdaToo).toBe(ofAda)
  })

  it.each(['visitWebPage', 'upsertLead'] as const)(
    'after a failed look-up of the owners of tokens changes nothing else in %s',
    async (action) => {
      const isVisit = action === 'visitWebPage'
      sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611' })
      const events = [page({ userId: 'ada' }, '/1', COOKIE)]
      const [report] = await sendBatch(action, events)
      expect(report.status).toBe(isVisit ? 202 : 200)
      expect(report.body?.webActivity).toMatch(/^failed: .*611/)
      expect(associations()).toBe(0)
    }
  )

  it('after a failed look-up of the lead leaves the visit recorded', async () => {
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611', after: 1 })
    const [report] = await sendBatch('visitWebPage', [page({ userId: 'ada' })])
    expect(report).toMatchObject({
      status: 202,
      body: { webActivity: expect.stringMatching(/^failed: .*611/) as string }
    })
    expect(owners()).toEqual({ '/': null })
  })

  it('for a cookie that Marketo rejects affects no other visitor', async () => {
    // One whole call, then one of its halves, is refused because of a value in it.
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '1012', times: 2 })
    const visits = times(4, (i) => page({ userId: i % 2 ? 'ada' : 'bob', anonymousId: `x${i}` }, `/${i}`))
    const reports = await sendBatch('visitWebPage', visits, { settings: anonymousTracking })
    expect(reports.map(({ body }) => body?.webActivity)).toEqual(visits.map(() => 'associated'))
    expect(owners()).toEqual({ '/0': 8, '/1': 7, '/2': 8, '/3': 7 })
  })

  it('does not follow from a cookie with an invalid token: the visitor counts as one without a cookie', async () => {
    const [report] = await sendBatch('visitWebPage', [page(ADA, '/1', 'id:123-ABC-456&token:_mch-nonsense')])
    expect(report.body).toMatchObject({ webActivity: 'associated' })
    expect(owners()).toEqual({ '/1': 7 })
  })
})
