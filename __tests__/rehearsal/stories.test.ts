import { anonymousTracking, useSandbox } from '../support/marketo'
import type { TestEvent } from '../support/marketo'
import { times } from '../support/events'
import { rehearsed, rehearsedAndRun, run } from './support'
import type { Mapped } from './support'

const sandbox = useSandbox({ callsPerWindow: 1_000_000, callsPerDay: 1_000_000_000 })

const [LIST, CAMPAIGN, PROGRAM] = [1001, 3001, 2001]
const TOKEN = '_mch-example.com-1594662481190-60776'
const COOKIE = `id:123-ABC-456&token:${TOKEN}`

const event = (userId: string, traits: object = {}): TestEvent => ({
  ...{ type: 'track', userId, anonymousId: `anonymous-${userId}`, timestamp: '2026-03-04T05:06:07.000Z' },
  traits: { email: `${userId}@example.com`, ...traits },
  properties: { url: `https://example.com/${userId}`, vin: `vin-${userId}` },
  context: { userAgent: 'Mozilla/5.0' }
})

const LEADS = times(4, (i) => ({ id: 11 + i, email: `user-${i}@example.com`, userId: `user-${i}`, phone: `${i}` }))

beforeEach(() => sandbox().reset({ leads: LEADS, keepDefaults: false }))

describe('A file of several slices', () => {
  // Each person comes back in the second slice, with other values.
  const events = [
    ...times(300, (i) => event(`user-${i % 200}`, { firstName: `First ${i}` })),
    ...times(30, (i) => event(`user-${i % 150}`, { firstName: `Later ${i}`, phone: `+${i}` }))
  ]

  it('ends as the run does, because each slice sees what earlier ones wrote', async () => {
    const { plan } = await rehearsedAndRun(sandbox(), events, [{ action: 'upsertLead' }])
    expect(plan.leads.filter((lead) => 'new' in lead)).toHaveLength(196)
    expect(plan.leads.find((lead) => 'id' in lead && lead.id === 11)?.fields).toMatchObject({
      firstName: [null, 'Later 0'],
      phone: ['0', '+0']
    })
    expect(plan.events).toHaveLength(330)
  })

  it('lays no old value over one that was written: an address that was given up is free', async () => {
    const moved = event('user-0', { email: 'moved@example.com' })
    const others = times(299, (i) => event(`other-${i}`))
    const late: TestEvent = { ...event('late'), traits: { email: 'user-0@example.com' } }
    const { plan } = await rehearsedAndRun(sandbox(), [moved, ...others, late], [{ action: 'upsertLead' }])
    expect(plan.events[300].lead).toBe('new-300')
    expect(plan.leads[0]).toMatchObject({ id: 11, fields: { email: ['user-0@example.com', 'moved@example.com'] } })
  })

  it('goes through several mappings at once', async () => {
    const mapped: Mapped[] = [
      { action: 'upsertLead' },
      { action: 'sendCustomActivity', mapping: { activityTypeId: 100001, primaryAttributeValue: 'x' } },
      { action: 'visitWebPage' },
      { action: 'syncList', mapping: { listId: LIST, membership: 'add' } },
      { action: 'setProgramStatus', mapping: { programId: PROGRAM, status: 'Registered' } },
      { action: 'requestCampaign', mapping: { campaignId: CAMPAIGN, maxAgeHours: null } },
      { action: 'syncCustomObject', mapping: { objectName: 'car_c', fields: { vin: { '@path': '$.properties.vin' } } } }
    ]
    const { plan } = await rehearsedAndRun(sandbox(), events, mapped)
    expect(plan.events).toHaveLength(330 * mapped.length)
    expect(plan.events.slice(0, 7).map(({ index, mapping }) => [index, mapping])).toEqual(
      times(7, (i) => [0, `mapping ${i + 1}`])
    )
    expect(plan.activities).toHaveLength(330)
    expect(plan.lists[0]).toEqual({ lead: 11, list: LIST, name: 'Newsletter Readers', action: 'add' })
    expect(plan.programs[4]).toMatchObject({
      lead: expect.stringMatching(/^new-\d+$/) as string,
      program: PROGRAM,
      action: 'add',
      status: [null, 'Registered']
    })
  })

  it('costs at most 2 % more calls than the run, and five reads that happen once', async () => {
    const many = times(1_500, (i) => event(`user-${i % 700}`, { firstName: `First ${i}` }))
    const leads = times(500, (i) => ({ id: 11 + i, email: `user-${i}@example.com`, userId: `user-${i}` }))
    sandbox().reset({ leads, keepDefaults: false })
    const { reads, calls } = await rehearsedAndRun(sandbox(), many, [{ action: 'upsertLead' }])
    expect(reads).toBeLessThanOrEqual(calls * 1.02 + 5)
  })
})

describe('What was there before', () => {
  const twice = async (mapped: Mapped, events = [event('user-0'), event('user-1')]) => {
    await run([event('user-0')], [mapped])
    return rehearsedAndRun(sandbox(), events, [mapped])
  }

  it('is no change of a list', async () => {
    const { plan } = await twice({ action: 'syncList', mapping: { listId: LIST, membership: 'add' } })
    expect(plan.lists.map(({ lead }) => lead)).toEqual([12])
    const removing: Mapped = { action: 'syncList', mapping: { listId: LIST, membership: 'remove' } }
    const { plan: other } = await rehearsedAndRun(sandbox(), [event('user-1'), event('user-2')], [removing])
    expect(other.lists).toMatchObject([{ lead: 12, action: 'remove' }])
  })

  it('is no change of a program, and a status only goes forward', async () => {
    await run([event('user-1')], [{ action: 'setProgramStatus', mapping: { programId: PROGRAM, status: 'Attended' } }])
    const { plan } = await twice({ action: 'setProgramStatus', mapping: { programId: PROGRAM, status: 'Registered' } })
    expect(plan.programs).toEqual([])
    const attended: Mapped = { action: 'setProgramStatus', mapping: { programId: PROGRAM, status: 'Attended' } }
    const { plan: other } = await rehearsedAndRun(sandbox(), [event('user-0')], [attended])
    expect(other.programs).toMatchObject([{ lead: 11, action: 'set', status: ['Registered', 'Attended'] }])
  })

  it('is the value before of a record of a custom object', async () => {
    const fields = (make: string) => ({ vin: { '@path': '$.properties.vin' }, make })
    await run(
      [event('user-0')],
      [{ action: 'syncCustomObject', mapping: { objectName: 'car_c', fields: fields('VW') } }]
    )
    const mapping = { objectName: 'car_c', fields: fields('BMW') }
    const { plan } = await rehearsedAndRun(
      sandbox(),
      [event('user-0'), event('user-1')],
      [{ action: 'syncCustomObject', mapping }]
    )
    expect(plan.objects).toMatchObject([
      { lead: 11, object: 'car_c', key: { vin: 'vin-user-0' }, action: 'set', fields: { make: ['VW', 'BMW'] } },
      { lead: 12, object: 'car_c', action: 'add' }
    ])
    const removal = {
      __segment_internal_sync_mode: 'delete',
      objectName: 'car_c',
      fields: { vin: { '@path': '$.properties.vin' } }
    }
    const { plan: other } = await rehearsedAndRun(
      sandbox(),
      [event('user-0')],
      [{ action: 'syncCustomObject', mapping: removal }]
    )
    expect(other.objects).toMatchObject([{ lead: 11, action: 'remove', fields: { make: ['BMW', null] } }])
  })

  it('is kept of a merged lead: its lists, its status and its visitor', async () => {
    const mapped: Mapped[] = [
      { action: 'upsertLead', mapping: { mergeDuplicates: true } },
      { action: 'syncList', mapping: { listId: LIST, membership: 'add' } },
      { action: 'setProgramStatus', mapping: { programId: PROGRAM, status: 'Registered' } }
    ]
    const leads = [
      { id: 11, email: 'user-0@example.com' },
      { id: 12, userId: 'user-0', title: 'Boss', cookies: [TOKEN] }
    ]
    sandbox().reset({ leads, keepDefaults: false })
    const byUser: TestEvent = { ...event('user-0'), traits: {} }
    await run([byUser], mapped.slice(1))
    const { plan } = await rehearsedAndRun(sandbox(), [event('user-0'), event('user-0')], mapped)
    expect(plan.merges).toHaveLength(1)
    expect(plan.lists).toEqual([])
    expect(plan.programs).toEqual([])
  })
})

describe('The activity log', () => {
  it('tells what Marketo has, and what the rehearsal recorded before, also for new leads', async () => {
    const mapping = { activityTypeId: 100001, primaryAttributeValue: 'x', preventDuplicates: true }
    const mapped: Mapped = { action: 'sendCustomActivity', mapping }
    await run([event('user-0')], [mapped])
    const slices = [...times(301, (i) => event(i % 2 === 0 ? 'user-0' : 'new')), event('user-1')]
    const { plan } = await rehearsed(sandbox(), slices, [mapped])
    expect(plan.activities.map(({ lead }) => lead)).toEqual(['new-1', 12])
  })
})

describe('A form', () => {
  it('creates leads, updates them, ties visitors and makes members', async () => {
    const mapped: Mapped = {
      action: 'submitForm',
      mapping: {
        formId: 3,
        programId: PROGRAM,
        marketoCookie: COOKIE,
        maxAgeHours: null,
        formFields: { firstName: 'Ada' }
      }
    }
    const { plan, reads, calls } = await rehearsedAndRun(sandbox(), [event('user-0'), event('new')], [mapped])
    expect(plan.forms.map(({ lead, form }) => [lead, form])).toEqual([
      [11, 3],
      ['new-1', 3]
    ])
    expect(plan.associations.map(({ lead }) => lead)).toEqual([11, 'new-1'])
    expect(plan.programs).toMatchObject([{ action: 'add' }, { lead: 'new-1', action: 'add' }])
    expect(reads).toBeLessThan(calls + 10)
  })

  it('that Marketo lacks is refused as in the run', async () => {
    const mapped: Mapped = { action: 'submitForm', mapping: { formId: 4711, maxAgeHours: null } }
    const { plan } = await rehearsedAndRun(sandbox(), [event('user-0')], [mapped])
    expect(plan.events).toMatchObject([{ status: 400 }])
  })
})

describe('Visits', () => {
  it('have the lead that owns the token, even if the destination never asks', async () => {
    sandbox().reset({ leads: [{ id: 11, email: 'a@example.com', cookies: [TOKEN] }], keepDefaults: false })
    const mapping = { marketoCookie: COOKIE, associateLead: false }
    const { plan } = await rehearsedAndRun(sandbox(), [event('user-0')], [{ action: 'visitWebPage', mapping }])
    expect(plan.visits).toMatchObject([{ lead: 11, token: TOKEN, url: 'https://example.com/user-0' }])
  })

  it('are tied to a lead without an Associate call', async () => {
    const mapped: Mapped[] = [{ action: 'upsertLead', mapping: { marketoCookie: COOKIE } }, { action: 'visitWebPage' }]
    const { plan } = await rehearsedAndRun(sandbox(), [event('user-0'), event('new')], mapped)
    expect(plan.associations.length).toBeGreaterThan(0)
  })
})

describe('Marketo', () => {
  const wide: Mapped[] = [
    { action: 'upsertLead', mapping: { customFields: { leadScoreExt: { '@path': '$.traits.score' } } } }
  ]

  it.each([
    ['throttles', { endpoint: '*', kind: 'error', code: '606', times: 2 }],
    ['is down for a while', { endpoint: 'getLeads', kind: 'status', status: 503 }],
    ['cuts a connection', { endpoint: 'getLeads', kind: 'cut', after: 1 }],
    ['answers something else', { endpoint: 'describeLeads', kind: 'broken' }],
    ['has run out of calls for a moment', { endpoint: 'getLeads', kind: 'error', code: '607' }]
  ] as const)('%s, and the plan is the same', async (_what, fault) => {
    const events = times(5, (i) => event(`user-${i}`, { firstName: `First ${i}` }))
    sandbox().addFault(fault)
    const { plan } = await rehearsedAndRun(sandbox(), events, wide)
    expect(plan.events.map(({ status }) => status)).toEqual(times(5, () => 200))
  })

  it('refuses values of a wrong type in the plan as in the run', async () => {
    const events = [event('user-0', { score: 'high' }), event('user-1', { score: '7' }), event('new', { score: 'low' })]
    const { plan } = await rehearsedAndRun(sandbox(), events, wide)
    expect(plan.events.map(({ status }) => status)).toEqual([400, 200, 400])
    expect(plan.events[0].message).toContain("Invalid value 'high'")
  })

  it('names as unknown what cannot be asked without a write', async () => {
    const { plan } = await rehearsed(sandbox(), [event('user,0'), event('user-1')], wide)
    expect(plan.unknown.length).toBeGreaterThan(0)
    for (const { event: index, why } of plan.unknown)
      expect([index, why]).toEqual([0, expect.stringContaining('comma')])
  })

  it('names as unknown what the API user may not read', async () => {
    sandbox().revoke('Read-Only Campaign')
    sandbox().revoke('Read-Write Campaign')
    const mapped: Mapped = { action: 'requestCampaign', mapping: { campaignId: CAMPAIGN, maxAgeHours: null } }
    const { plan } = await rehearsed(sandbox(), [event('user-0')], [mapped])
    expect(plan.events).toMatchObject([{ status: 200, lead: 11 }])
    expect(plan.unknown).toMatchObject([{ event: 0 }])
  })

  it('is too full of a value: the write by it is refused in the plan, too', async () => {
    const leads = times(1_001, (i) => ({ id: 11 + i, plan: 'free' }))
    sandbox().reset({ leads, keepDefaults: false })
    const mapping = { lookupField: 'plan', customFields: { plan: 'free' } }
    const { plan } = await rehearsedAndRun(sandbox(), [event('user-0')], [{ action: 'upsertLead', mapping }])
    expect(plan.events[0].message).toContain('1007')
  })
})

test('neither the secret nor a token stands in a plan, wherever Marketo or an event repeats them', async () => {
  const events = [event('user-0', { firstName: 'sandbox' }), event('user-1', { firstName: 'Bearer sandbox' })]
  const { plan } = await rehearsed(sandbox(), events, [{ action: 'upsertLead' }])
  expect(JSON.stringify(plan)).not.toContain('sandbox')
})

test('events that no mapping takes are counted, and mappings keep their order', async () => {
  const { plan } = await rehearsed(
    sandbox(),
    [event('user-0'), { ...event('user-1'), type: 'page' }],
    [{ action: 'upsertLead', subscribe: 'type = "track"' }]
  )
  expect(plan.notTaken).toBe(1)
  expect(plan.events).toMatchObject([{ index: 0, mapping: 'mapping 1', status: 200, lead: 11 }])
})

test('a wrong secret ends it before anything is asked', async () => {
  const wrong = { ...anonymousTracking, clientSecret: 'wrong' }
  await expect(rehearsed(sandbox(), [event('user-0')], [{ action: 'upsertLead' }], wrong)).rejects.toThrow(
    'refuses the Client ID or the Client Secret'
  )
  expect(sandbox().state().usage.total).toBe(0)
})
