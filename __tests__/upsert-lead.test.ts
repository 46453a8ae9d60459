import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { JSONObject, JSONValue } from '@segment/actions-core'
import destination from '../src'
import { namesOf } from '../src/leads/who/artifacts'
import { eventOf, leadFields, leadWith, sendOne, statusesOf, times, WAYS } from './support/events'
import { anonymousTracking, callsOf, exchangesOfBatch, sendBatch, settings, useSandbox } from './support/marketo'
import type { Sending, TestEvent } from './support/marketo'

const sandbox = useSandbox()
beforeEach(() => sandbox().reset({ leads: [] }))

const usage = () => sandbox().state().usage

/** The documentation's sample Identify. */
const IDENTIFY: TestEvent = {
  type: 'identify',
  userId: '1234',
  traits: {
    firstName: 'Robyn Rihanna',
    lastName: 'Fenty',
    email: 'rihanna@example.com',
    gender: 'woman',
    phone: '555-555-5555',
    company: 'Segment.com',
    birthday: '1988-02-20T00:00:00.000Z',
    createdAt: '2007-05-31T00:00:00.000Z',
    address: { city: 'Eugene', country: 'USA', postalCode: '97405', state: 'Oregon' }
  }
}

/** Sends an Identify event of one user. @returns the outcome, and the user's lead if there is one */
async function identify(traits: Record<string, JSONValue>, sending: Sending = {}) {
  const [report] = await sendBatch('upsertLead', [eventOf({ userId: 'u' }, traits)], sending)
  return { report, lead: leadFields(sandbox())[0] as JSONObject | undefined }
}

describe.each(WAYS)('The documentation’s sample Identify (%s)', (way) => {
  it('creates a lead with every mapped trait', async () => {
    const report = await sendOne(way, 'upsertLead', IDENTIFY)
    expect(report.status).toBe(200)
    expect(leadFields(sandbox())).toEqual([
      {
        email: 'rihanna@example.com',
        userId: '1234',
        firstName: 'Robyn Rihanna',
        lastName: 'Fenty',
        gender: 'woman',
        phone: '555-555-5555',
        company: 'Segment.com',
        dateOfBirth: '1988-02-20',
        city: 'Eugene',
        country: 'USA',
        postalCode: '97405',
        state: 'Oregon'
      }
    ])
    expect(report.body).toMatchObject({ id: sandbox().state().leads[0].id, status: 'created' })
  })
})

it('A blank name sets neither the first nor the last name', () => {
  expect(namesOf({ name: ' \u00a0' })).toEqual({ firstName: undefined, lastName: undefined })
})

describe('A trait', () => {
  it.each<[string, Record<string, JSONValue>, JSONObject]>([
    [
      'name is split at its first word',
      { name: ' Ada  King Lovelace ' },
      { firstName: 'Ada', lastName: 'King Lovelace' }
    ],
    ['name of one word is a first name', { name: 'Ada' }, { firstName: 'Ada' }],
    [
      'name fills only the missing part',
      { name: 'Ada Lovelace', firstName: 'Augusta' },
      { firstName: 'Augusta', lastName: 'Lovelace' }
    ],
    [
      'firstName is filled from name if it is empty',
      { name: 'Ada Lovelace', firstName: '' },
      { firstName: 'Ada', lastName: 'Lovelace' }
    ],
    ['company may be an object', { company: { name: 'Analytical Engines' } }, { company: 'Analytical Engines' }],
    ['company as an object without a name is left out', { company: { id: 7 } }, {}],
    ['address.zip is the postal code', { address: { zip: '97405' } }, { postalCode: '97405' }],
    ['address.zip wins over address.postalCode', { address: { zip: '1', postalCode: '2' } }, { postalCode: '1' }],
    ['address.street is the street', { address: { street: '1 Main St' } }, { address: '1 Main St' }],
    ['address as text is the street', { address: '1 Main St, Eugene' }, { address: '1 Main St, Eugene' }],
    ['that is empty or null is not sent', { phone: '', gender: null, company: '', address: { zip: '' } }, {}],
    ['of another plain type becomes text', { phone: 5555555, gender: false }, { phone: '5555555', gender: 'false' }]
  ])('%s', async (_, traits, expected) => {
    const { report, lead } = await identify(traits)
    expect(report.errormessage).toBeUndefined()
    expect(lead).toEqual({ userId: 'u', ...expected })
  })

  it('email is also taken from the context’s traits and from the properties', async () => {
    await sendBatch('upsertLead', [
      { userId: '1', traits: {}, context: { traits: { email: 'context@example.com' } } },
      { userId: '2', traits: {}, properties: { email: 'properties@example.com' } }
    ])
    expect(leadFields(sandbox())).toEqual([
      { userId: '1', email: 'context@example.com' },
      { userId: '2', email: 'properties@example.com' }
    ])
  })

  it('that is empty does not clear the lead’s value', async () => {
    await identify({ phone: '555', address: { city: 'Eugene' } })
    const { lead } = await identify({ phone: '', address: { city: null } })
    expect(lead).toEqual({ userId: 'u', phone: '555', city: 'Eugene' })
  })

  it.each(
    WAYS.flatMap((way) =>
      (['', '  ', null, [], {}, ['A', 'B'], { a: 1 }] as JSONValue[]).flatMap((empty) =>
        ['firstName', 'company', 'phone', 'birthday', 'gender', 'address'].map((trait) => ({ way, trait, empty }))
      )
    )
  )('$trait that is $empty leaves out only that field ($way)', async ({ way, trait, empty }) => {
    const report = await sendOne(way, 'upsertLead', eventOf({ userId: 'u' }, { lastName: 'F', [trait]: empty }))
    expect(report).toMatchObject({ status: 200 })
    expect(leadFields(sandbox())).toEqual([{ userId: 'u', lastName: 'F' }])
  })

  it.each(WAYS)('that is empty does not hide the next source of its field (%s)', async (way) => {
    const event = eventOf({ userId: 'u', email: '' }, { address: { zip: '', postalCode: '97405' } })
    await sendOne(way, 'upsertLead', { ...event, context: { traits: { email: 'ctx@example.com' } } })
    expect(leadFields(sandbox())).toEqual([{ userId: 'u', email: 'ctx@example.com', postalCode: '97405' }])
  })
})

describe('A birthday', () => {
  const DAY = '1988-02-20'
  const BIRTHDAYS: (string | number)[] = [
    '1988-02-20',
    '1988-02-20T00:00:00.000Z',
    '1988-02-20T23:59:59Z',
    '1988-02-20 12:00:00',
    '1988-02-20T23:00:00-08:00',
    '1988-02-20 00:30:00+14',
    '19880220',
    19880220,
    '02/20/1988',
    'February 20, 1988',
    'Sat, 20 Feb 1988 00:00:00 GMT',
    Date.UTC(1988, 1, 20),
    Date.UTC(1988, 1, 20) / 1000
  ]

  it.each(['UTC', 'Asia/Tokyo', 'America/Los_Angeles'])(
    'is the day as written, even on a machine in the time zone %s',
    async (zone) => {
      const given = JSON.stringify({ port: sandbox().port, birthdays: BIRTHDAYS })
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--require', 'tsx/cjs', join(__dirname, 'support/send-birthdays.ts'), given],
        { env: { ...process.env, TZ: zone } }
      )
      const { offset, statuses } = JSON.parse(stdout) as { offset: number; statuses: number[] }
      expect(offset === 0).toBe(zone === 'UTC')
      expect(statuses).toEqual(BIRTHDAYS.map(() => 200))
      const days = BIRTHDAYS.map((birthday, i) => [
        birthday,
        leadWith(sandbox(), 'userId', `born-${i}`).fields.dateOfBirth
      ])
      expect(days).toEqual(BIRTHDAYS.map((birthday) => [birthday, DAY]))
    },
    30_000
  )

  it.each([
    '1988-02-30',
    '1988-02-30T00:00:00Z',
    '1988-13-01',
    '02/30/1988',
    '1988/02/30',
    '2021-02-31',
    '2024-02-30',
    'yesterday',
    '0000-00-00',
    true,
    0,
    12
  ])('%s is not a date, and is left out, which the outcome says', async (birthday) => {
    const { report, lead } = await identify({ birthday, phone: '555' })
    expect(report).toMatchObject({ status: 200, body: { leftOut: [expect.stringContaining('Date of Birth')] } })
    expect(lead).toEqual({ userId: 'u', phone: '555' })
  })
})

describe('A custom field', () => {
  const custom = (customFields: JSONValue, more: JSONObject = {}) =>
    identify({ custom: customFields }, { mapping: { customFields: { '@path': '$.traits.custom' }, ...more } })

  it('keeps its type', async () => {
    const values = {
      plan: 'enterprise',
      leadScoreExt: 42,
      mrr: 12.5,
      newsletter: false,
      contractStart: '2024-01-31',
      trialEndsAt: '2024-01-31T10:00:00+01:00'
    }
    expect((await custom(values)).lead).toEqual({ userId: 'u', ...values })
  })

  it('is cleared by null, and unchanged by an empty string', async () => {
    sandbox().reset({ leads: [{ userId: 'u', plan: 'basic', notes: 'kept' }] })
    expect((await custom({ plan: null, notes: '' })).lead).toEqual({ userId: 'u', notes: 'kept' })
  })

  it('joins a list of plain values with semicolons', async () => {
    expect((await custom({ notes: ['a', 1, true, null, ''], plan: [] })).lead).toEqual({
      userId: 'u',
      notes: 'a;1;true'
    })
  })

  it.each([
    ['an object', { plan: { name: 'basic' } }],
    ['a list with an object', { plan: ['basic', { name: 'pro' }] }],
    ['a list in a list', { plan: [['basic']] }],
    ['an infinite number', { plan: JSON.parse('1e400') as number }],
    ['a list with an infinite number', { plan: [1, JSON.parse('-1e400') as number] }]
  ])('that holds %s fails the event, and the error names the field', async (_, customFields) => {
    const { report, lead } = await custom(customFields)
    expect(report).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('Custom Fields > plan') as string
    })
    expect(lead).toBeUndefined()
  })

  it.each(['', '  ', [], {}, [''], [[], {}, null]])('that is %j stays unchanged', async (plan) => {
    sandbox().reset({ leads: [{ userId: 'u', plan: 'basic' }] })
    const { report, lead } = await custom({ plan, notes: 'x' })
    expect(report.status).toBe(200)
    expect(lead).toEqual({ userId: 'u', plan: 'basic', notes: 'x' })
  })

  it('never replaces an identifier', async () => {
    const sent = { id: 1, email: 'other@example.com', userId: 'other', anonymousId: 'other', plan: 'basic' }
    expect((await custom(sent)).lead).toEqual({ userId: 'u', plan: 'basic' })
  })

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])(
    'named %s is refused by Marketo, and affects neither other events nor any object',
    async (name) => {
      const events = times(3, (i) =>
        eventOf(
          { userId: `u${i}` },
          { custom: JSON.parse(i === 1 ? `{"${name}":"x"}` : '{"plan":"basic"}') as JSONObject }
        )
      )
      const reports = await sendBatch('upsertLead', events, {
        mapping: { customFields: { '@path': '$.traits.custom' } }
      })
      expect([reports[0].status, reports[2].status]).toEqual([200, 200])
      // The framework drops `__proto__` when it copies the event. Marketo has no field with any of the other names.
      if (reports[1].status !== 200) {
        expect(reports[1]).toMatchObject({ status: 400, errormessage: expect.stringContaining(name) as string })
      } else {
        expect(leadWith(sandbox(), 'userId', 'u1').fields).toEqual({ userId: 'u1' })
      }
      expect(Object.keys(Object.prototype)).toEqual([])
      expect(({} as JSONObject).x).toBeUndefined()
    }
  )

  it('yields to the action’s own field for the same value', async () => {
    const { lead } = await custom({ city: 'custom', country: 'USA' }, { city: 'mapped' })
    expect(lead).toEqual({ userId: 'u', city: 'mapped', country: 'USA' })
  })
})

it('writes only the company of a Group event, if the mapping takes nothing else from the traits', async () => {
  sandbox().reset({ leads: [{ id: 7, email: 'ada@example.com', userId: 'ada', firstName: 'Ada' }] })
  const fields = Object.entries(destination.actions.upsertLead.fields)
  const fromTraits = fields.filter(([, { default: value }]) => JSON.stringify(value ?? '').includes('$.traits'))
  const cleared = Object.fromEntries(fromTraits.map(([key]) => [key, '']))
  const traits = {
    name: 'Acme Inc',
    email: 'info@acme.example',
    phone: '555',
    address: { city: 'New York', street: '1' }
  }
  const group: TestEvent = { type: 'group', userId: 'ada', traits }
  const report = await sendOne('single', 'upsertLead', group, {
    mapping: { ...cleared, company: { '@path': '$.traits.name' } }
  })
  expect(report.status).toBe(200)
  expect(leadFields(sandbox())).toEqual([
    { email: 'ada@example.com', userId: 'ada', firstName: 'Ada', company: 'Acme Inc' }
  ])
})

describe('The sync mode', () => {
  const KNOWN = { email: 'ada@example.com', userId: 'ada', city: 'London' }

  it.each([
    ['upsert', 'found', 200, undefined],
    ['upsert', 'missing', 200, undefined],
    ['none', 'found', 200, undefined],
    ['none', 'missing', 200, undefined],
    ['update', 'found', 200, undefined],
    ['update', 'missing', 400, /no lead/i],
    ['add', 'found', 400, /lead exists/i],
    ['add', 'missing', 200, undefined]
  ] as const)('%s on a %s lead ends with status %d', async (mode, lead, status, message) => {
    for (const lookupField of ['automatic', 'email']) {
      sandbox().reset({ leads: lead === 'found' ? [KNOWN] : [] })
      const mapping = { lookupField, ...(mode !== 'none' && { __segment_internal_sync_mode: mode }) }
      const event = eventOf({ email: 'ada@example.com', userId: 'ada' }, { address: { city: 'Paris' } })
      const before = leadFields(sandbox())
      const [report] = await sendBatch('upsertLead', [event], { mapping })
      expect(report.status).toBe(status)
      if (status === 200) expect(leadFields(sandbox())).toEqual([{ ...KNOWN, city: 'Paris' }])
      else expect(leadFields(sandbox())).toEqual(before)
      if (message && lookupField === 'automatic') {
        expect(report.errormessage).toMatch(message)
        expect(usage().byEndpoint.syncLeads).toBeUndefined()
      }
    }
  })

  it('that is unknown fails the event', async () => {
    const [report] = await sendBatch('upsertLead', [eventOf({ userId: 'u' })], {
      mapping: { __segment_internal_sync_mode: 'delete' }
    })
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('delete') as string })
    expect(leadFields(sandbox())).toEqual([])
  })
})

describe('An explicit lookup field', () => {
  const LEADS = [
    { id: 7, email: 'ada@example.com', userId: 'ada', plan: 'a', anonymousId: 'anon' },
    { id: 8, email: 'bob@example.com', userId: 'bob', plan: 'b' }
  ]
  beforeEach(() => sandbox().reset({ leads: LEADS }))

  it.each<[string, JSONObject, JSONObject]>([
    ['email', { email: 'ADA@example.com' }, { userId: 'new' }],
    ['userId', { userId: 'ada', email: 'new@example.com' }, { email: 'new@example.com' }],
    ['anonymousId', { anonymousId: 'anon', email: 'new@example.com' }, { email: 'new@example.com' }],
    ['plan', { customFields: { plan: 'a' }, email: 'new@example.com' }, { email: 'new@example.com' }],
    ['id', { leadId: 7, email: 'new@example.com' }, { email: 'new@example.com' }]
  ])('%s finds the lead by that field alone, with exactly one call', async (lookupField, keys, expected) => {
    const mapping = { lookupField, userId: 'new', city: 'Paris', ...keys }
    const calls = await callsOf(sandbox(), async () => {
      const reports = await sendBatch('upsertLead', [eventOf({})], { mapping, settings: anonymousTracking })
      expect(reports).toEqual([expect.objectContaining({ status: 200 })])
    })
    expect(calls).toBe(1)
    const [found, other, ...more] = sandbox().state().leads
    expect(more).toEqual([])
    expect(found.fields).toMatchObject({ city: 'Paris', ...expected })
    expect(other.fields).not.toHaveProperty('city')
  })

  it('creates the lead if no lead has the value', async () => {
    const mapping = { lookupField: 'plan', customFields: { plan: 'c' } }
    expect(statusesOf(await sendBatch('upsertLead', [eventOf({ userId: 'new' })], { mapping }))).toEqual([200])
    expect(leadWith(sandbox(), 'userId', 'new').fields).toEqual({ userId: 'new', plan: 'c' })
  })

  it.each([
    ['email', 'Email'],
    ['anonymousId', 'Anonymous ID'],
    ['plan', 'Custom Fields > plan'],
    ['id', 'Marketo Lead ID']
  ])('%s fails an event without a value for it, and the error names it', async (lookupField, label) => {
    const calls = await callsOf(sandbox(), async () => {
      const [report] = await sendBatch('upsertLead', [eventOf({ userId: 'ada' })], { mapping: { lookupField } })
      expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining(label) as string })
    })
    expect(calls).toBe(0)
  })

  it.each(['constructor', '__proto__', 'no such field'])(
    '%s is refused, and the error explains why',
    async (lookupField) => {
      const [report] = await sendBatch('upsertLead', [eventOf({ userId: 'ada' })], { mapping: { lookupField } })
      expect(report.status).toBe(400)
      expect(report.errormessage).toContain(`Custom Fields > ${lookupField}`)
    }
  )

  it.each([
    ['that Marketo cannot search by', 'city', '1011'],
    ['that Marketo does not know', 'shoeSize', '1006']
  ])('%s fails only the events that have it', async (_, lookupField, code) => {
    const [good, bad] = await sendBatch(
      'upsertLead',
      [
        { userId: 'ada', properties: { lookup: 'userId', custom: {} } },
        { userId: 'bob', properties: { lookup: lookupField, custom: { [lookupField]: 'x' } } }
      ],
      { mapping: { lookupField: { '@path': '$.properties.lookup' }, customFields: { '@path': '$.properties.custom' } } }
    )
    expect(good.status).toBe(200)
    expect(bad).toMatchObject({ status: 400, errormessage: expect.stringContaining(code) as string })
  })

  it('combines events with the same value into one record, in which later values win', async () => {
    const events = times(5, (i) => eventOf({ userId: `u${i}`, email: i % 2 ? 'ADA@example.com' : 'ada@example.com' }))
    const { reports, exchanges } = await exchangesOfBatch('upsertLead', events, { mapping: { lookupField: 'email' } })
    expect(statusesOf(reports)).toEqual([200, 200, 200, 200, 200])
    expect(exchanges).toHaveLength(1)
    expect(leadWith(sandbox(), 'email', 'ada@example.com').fields.userId).toBe('u4')
  })

  it('finds one lead for values that differ only in case, and the later one wins', async () => {
    await sendBatch('upsertLead', [eventOf({ userId: 'A' }), eventOf({ userId: 'a' })], {
      mapping: { lookupField: 'userId' }
    })
    expect(leadFields(sandbox()).slice(2)).toEqual([{ userId: 'a' }])
  })

  it('id updates the lead with that ID, and fails if the lead is missing or the sync mode is add', async () => {
    const send = async (leadId: number, mode: string) => {
      const mapping = { lookupField: 'id', leadId, __segment_internal_sync_mode: mode }
      return (await sendBatch('upsertLead', [eventOf({ userId: 'new' })], { mapping }))[0].status
    }
    expect(await send(7, 'add')).toBe(400)
    expect(await send(99, 'upsert')).toBe(400)
    expect(leadFields(sandbox())).toHaveLength(2)
    expect(await send(7, 'update')).toBe(200)
    expect(sandbox().state().leads[0].fields.userId).toBe('new')
  })
})

describe('The partition', () => {
  const inPartition = (partitionName: string, more: JSONObject = {}): Sending => ({
    mapping: { partitionName, ...more }
  })
  const partitions = () =>
    sandbox()
      .state()
      .leads.map(({ partition }) => partition)

  it('is where a new lead is created', async () => {
    await sendBatch('upsertLead', [eventOf({ userId: 'a' })], inPartition('EMEA'))
    await sendBatch('upsertLead', [eventOf({ userId: 'b' })], inPartition(''))
    await sendBatch('upsertLead', [eventOf({ userId: 'c' })], inPartition('EMEA', { lookupField: 'userId' }))
    expect(partitions()).toEqual(['EMEA', 'Default', 'EMEA'])
  })

  it('does not matter for a lead that is found in another partition', async () => {
    sandbox().reset({ leads: [{ userId: 'a' }] })
    const [report] = await sendBatch('upsertLead', [eventOf({ userId: 'a' }, { phone: '1' })], inPartition('EMEA'))
    expect(report.status).toBe(200)
    expect(sandbox().state().leads).toMatchObject([{ partition: 'Default', fields: { phone: '1' } }])
  })

  it('is not sent if leads are only updated', async () => {
    sandbox().reset({ leads: [{ userId: 'a' }] })
    const more = { lookupField: 'userId', __segment_internal_sync_mode: 'update' }
    const [report] = await sendBatch(
      'upsertLead',
      [eventOf({ userId: 'a' }, { phone: '1' })],
      inPartition('EMEA', more)
    )
    expect(report.errormessage).toBeUndefined()
    expect(leadFields(sandbox())).toEqual([{ userId: 'a', phone: '1' }])
  })

  it('is the last partition that the events of a lead name', async () => {
    const events = ['APAC', 'EMEA', ''].map((partition) => eventOf({ userId: 'u' }, { partition }))
    await sendBatch('upsertLead', events, { mapping: { partitionName: { '@path': '$.traits.partition' } } })
    expect(partitions()).toEqual(['EMEA'])
  })

  it('that does not exist fails only the events that name it', async () => {
    const events = ['EMEA', 'Atlantis', ''].map((partition, i) => eventOf({ userId: `u${i}` }, { partition }))
    const reports = await sendBatch('upsertLead', events, {
      mapping: { partitionName: { '@path': '$.traits.partition' } }
    })
    expect(statusesOf(reports)).toEqual([200, 400, 200])
    expect(reports[1].errormessage).toContain('Atlantis')
    expect(partitions()).toEqual(['EMEA', 'Default'])
  })
})

describe.each(WAYS)('Anonymous tracking (%s)', (way) => {
  it('off: an event with neither a User ID nor a lead ID is rejected without a call', async () => {
    const calls = await callsOf(sandbox(), async () => {
      const event = eventOf({ anonymousId: 'anon', email: 'ada@example.com' })
      const report = await sendOne(way, 'upsertLead', event)
      expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('User ID') as string })
    })
    expect(calls).toBe(0)
    expect(usage().uncounted.identity).toBe(0)
  })

  it('off: a lead ID is enough', async () => {
    sandbox().reset({ leads: [{ id: 7 }] })
    const event = eventOf({ email: 'ada@example.com' })
    expect((await sendOne(way, 'upsertLead', event, { mapping: { leadId: 7 } })).status).toBe(200)
    expect(leadFields(sandbox())).toEqual([{ email: 'ada@example.com' }])
  })

  it('off: the Anonymous ID is neither looked up nor sent', async () => {
    sandbox().reset({ leads: [{ anonymousId: 'anon' }] })
    const event = eventOf({ userId: 'u', anonymousId: 'anon' })
    expect((await sendOne(way, 'upsertLead', event, { settings })).status).toBe(200)
    expect(leadFields(sandbox())).toEqual([{ anonymousId: 'anon' }, { userId: 'u' }])
  })

  it('on: an Anonymous ID is enough, and is saved on the lead', async () => {
    const event = eventOf({ anonymousId: 'anon' }, { address: { city: 'London' } })
    expect((await sendOne(way, 'upsertLead', event, { settings: anonymousTracking })).status).toBe(200)
    expect(leadFields(sandbox())).toEqual([{ anonymousId: 'anon', city: 'London' }])
  })

  it('on: an event without any identifier is rejected', async () => {
    const report = await sendOne(way, 'upsertLead', eventOf({}), { settings: anonymousTracking })
    expect(report.status).toBe(400)
    expect(usage().total).toBe(0)
  })
})

it('One list in the outcome names what the destination and Marketo left out', async () => {
  sandbox().removeField('gender')
  const event = { type: 'identify' as const, userId: 'u9', traits: { email: 'none', gender: 'woman' } }
  const [report] = await sendBatch('upsertLead', [event])
  expect(report.body?.leftOut).toEqual([expect.stringMatching(/^Email/), expect.stringMatching(/^gender/)])
})
