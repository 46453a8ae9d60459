import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, leadsInMarketo, marketoApi, refusal, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

interface Body {
  action: string
  lookupField: string
  input: JSONObject[]
}

const identify = (email: string, traits: JSONObject = {}) =>
  createTestEvent({ type: 'identify', userId: undefined, anonymousId: undefined, traits: { email, ...traits } })

const mapping = {
  email: { '@path': '$.traits.email' },
  userId: { '@path': '$.traits.id' },
  website: { '@path': '$.traits.website' },
  customFields: { '@path': '$.traits.custom' },
  onlyIfEmpty: ['leadSource']
}

const batch = (events: ReturnType<typeof identify>[], more: JSONObject = {}) =>
  testDestination.executeBatch('upsertLead', { events, settings, mapping: { ...mapping, ...more } })

const refused = (code: string, message: string) => ({ id: 7, status: 'skipped', reasons: [{ code, message }] })

/** Marketo accepts all records but those for which there is a reason. What it has got is returned. */
function accepting(reasonFor: (record: JSONObject) => object | undefined = () => undefined): Body[] {
  const bodies: Body[] = []
  marketoApi()
    .persist()
    .post('/rest/v1/leads.json')
    .reply(200, (_uri, body: Body) => {
      bodies.push(body)
      return success(
        ...body.input.map(
          (record) => reasonFor(record) ?? { id: record.id ?? 100, status: record.id ? 'updated' : 'created' }
        )
      )
    })
  return bodies
}

const records = (bodies: Body[]) => bodies.map(({ input }) => input)

describe('MarketoV2.upsertLead, when Marketo refuses a record', () => {
  afterEach(endMarketo)

  it('writes the lead without a standard field that the instance lacks, and leaves the field out from then on', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com' })
    const bodies = accepting(({ website }) => (website ? refused('1006', "Field 'website' not found") : undefined))
    const outcomes = await batch([identify('ada@example.com', { website: 'example.com' })])
    expect(outcomes).toMatchObject([{ status: 200, body: { leftOut: [expect.stringContaining('website')] } }])
    expect(records(bodies)).toEqual([
      [{ id: 7, website: 'example.com', email: 'ada@example.com' }],
      [{ id: 7, email: 'ada@example.com' }]
    ])
    await batch([identify('ada@example.com', { website: 'example.org' })])
    expect(records(bodies)[2]).toEqual([{ id: 7, email: 'ada@example.com' }])
  })

  it('fails the event for a field that the customer named', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com' })
    accepting(() => refused('1006', "Field 'plan' not found"))
    const outcomes = await batch([identify('ada@example.com', { custom: { plan: 'pro' } })])
    expect(outcomes).toMatchObject([
      { status: 400, errormessage: expect.stringContaining('Export Field Names') as string }
    ])
  })

  it('converts values to the types of their fields, and asks for these types only then', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com' })
    const bodies = accepting(({ score }) => (typeof score === 'string' ? refused('1001', 'Invalid value') : undefined))
    const types = { score: 'integer', vip: 'boolean', since: 'date', code: 'string' }
    const fields = Object.entries(types).map(([name, dataType]) => ({ name, dataType }))
    marketoApi().get('/rest/v1/leads/describe2.json').reply(200, success({ fields }))
    const custom = { score: '12', vip: 'yes', since: '2026-01-02T03:04:05Z', code: 5 }
    expect(await batch([identify('ada@example.com', { custom })])).toMatchObject([{ status: 200 }])
    expect(records(bodies)[1]).toEqual([
      { id: 7, score: 12, vip: true, since: '2026-01-02', code: '5', email: 'ada@example.com' }
    ])
  })

  it('sends the events of one record once more, each alone and in order, so that one bad value costs one event', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com' })
    const bodies = accepting(({ plan }) => (plan === 'bad' ? refused('1003', 'Value not allowed') : undefined))
    const events = ['old', 'bad'].map((plan) => identify('ada@example.com', { custom: { plan } }))
    expect(await batch(events)).toMatchObject([{ status: 200 }, { status: 400 }])
    expect(records(bodies)).toEqual([
      [{ id: 7, plan: 'bad', email: 'ada@example.com' }],
      [
        { id: 7, plan: 'old', email: 'ada@example.com' },
        { id: 7, plan: 'bad', email: 'ada@example.com' }
      ]
    ])
  })

  it('halves a call that Marketo refuses because of one record', async () => {
    leadsInMarketo(
      { id: 7, email: 'a@example.com' },
      { id: 8, email: 'b@example.com' },
      { id: 9, email: 'c@example.com' }
    )
    marketoApi()
      .persist()
      .post('/rest/v1/leads.json')
      .reply(200, (_uri, { input }: Body) =>
        input.some(({ id }) => id === 9)
          ? refusal('609', 'Invalid JSON')
          : success(...input.map(({ id }) => ({ id, status: 'updated' })))
      )
    const events = ['a@example.com', 'b@example.com', 'c@example.com'].map((email) => identify(email))
    expect(await batch(events)).toMatchObject([{ status: 200 }, { status: 200 }, { status: 400 }])
  })

  it('looks an event up once more if its lead is gone', async () => {
    const leads = [{ id: 7, email: 'ada@example.com' }]
    marketoApi()
      .persist()
      .get('/rest/v1/leads.json')
      .query(true)
      .reply(200, () => success(...leads))
    const bodies = accepting(({ id }) => {
      if (id !== 7) return undefined
      leads[0] = { id: 8, email: 'ada@example.com' }
      return refused('1004', 'Lead not found')
    })
    expect(await batch([identify('ada@example.com')])).toMatchObject([{ status: 200, body: { id: 8 } }])
    expect(records(bodies)).toEqual([[{ id: 7, email: 'ada@example.com' }], [{ id: 8, email: 'ada@example.com' }]])
  })

  it('holds back the later events about a lead whose earlier event Segment will retry, so that the order stays', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com' }, { id: 8, email: 'bob@example.com' })
    const throttled = { id: 7, status: 'skipped', reasons: [{ code: '1029', message: 'Too many jobs' }] }
    let isFirst = true
    accepting(({ id }) => {
      if (id !== 7 || !isFirst) return undefined
      isFirst = false
      return throttled
    })
    const [first, later, bob] = await batch([
      identify('ada@example.com', { custom: { plan: 'a' } }),
      identify('ada@example.com', { custom: { plan: 'b' }, id: 'user-1' }),
      identify('bob@example.com')
    ])
    expect([first, later]).not.toContainEqual(expect.objectContaining({ status: 200 }))
    expect(bob).toMatchObject({ status: 200 })
  })

  it('starts no further call once Marketo reports a limit', async () => {
    marketoApi().get('/rest/v1/leads.json').query(true).reply(200, refusal('606', 'Max rate limit exceeded'))
    expect(await batch([identify('ada@example.com'), identify('bob@example.com')])).toMatchObject([
      { status: 429 },
      { status: 429 }
    ])
  })
})

describe('MarketoV2.upsertLead with Only If Empty', () => {
  afterEach(endMarketo)
  const source = (email: string, leadSource: string) => identify(email, { custom: { leadSource, plan: 'pro' } })

  it('writes the field while the lead has no value, in order, and says what it left out', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com', leadSource: 'Web' }, { id: 8, email: 'bob@example.com' })
    const bodies = accepting()
    const outcomes = await batch([
      source('ada@example.com', 'Fair'),
      source('bob@example.com', 'Fair'),
      source('bob@example.com', 'Mail')
    ])
    expect(records(bodies)[0]).toEqual([
      { id: 7, plan: 'pro', email: 'ada@example.com' },
      { id: 8, leadSource: 'Fair', plan: 'pro', email: 'bob@example.com' }
    ])
    const leftOut = { leftOut: [expect.stringContaining('leadSource: the lead has a value')] }
    expect(outcomes).toMatchObject([{ body: leftOut }, { status: 200 }, { body: leftOut }])
  })

  it('reads the values with another Lookup Field, too', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com', leadSource: 'Web' })
    const bodies = accepting()
    await batch([source('ada@example.com', 'Fair'), source('bob@example.com', 'Fair')], { lookupField: 'email' })
    expect(records(bodies)[0]).toEqual([
      { plan: 'pro', email: 'ada@example.com' },
      { leadSource: 'Fair', plan: 'pro', email: 'bob@example.com' }
    ])
  })

  it('asks for less if the instance lacks such a field', async () => {
    const lacking = refusal('1006', "Field 'leadSource' not found")
    marketoApi()
      .persist()
      .get('/rest/v1/leads.json')
      .query(true)
      .reply(200, (uri) => (uri.includes('leadSource') ? lacking : success({ id: 7, email: 'ada@example.com' })))
    marketoApi()
      .get('/rest/v1/leads/describe2.json')
      .optionally()
      .reply(200, success({ fields: [{ name: 'plan' }] }))
    const bodies = accepting()
    expect(
      await batch([identify('ada@example.com', { custom: { plan: 'pro' } }), source('ada@example.com', 'x')])
    ).toMatchObject([{ status: 200 }, { status: 200 }])
    expect(bodies).toHaveLength(1)
  })
})

describe('MarketoV2.upsertLead with another Lookup Field', () => {
  afterEach(endMarketo)
  const byEmail = { lookupField: 'email' }

  it('updates leads by their ID, and creates none with it', async () => {
    const bodies = accepting()
    const byId = { lookupField: 'id', userId: null, leadId: { '@path': '$.traits.id' } }
    const outcomes = await batch([identify('ada@example.com', { id: 7 }), identify('bob@example.com')], byId)
    expect(outcomes).toMatchObject([{ status: 200 }, { status: 400 }])
    expect(bodies).toEqual([{ action: 'updateOnly', lookupField: 'id', input: [{ id: 7, email: 'ada@example.com' }] }])
    expect(
      await batch([identify('ada@example.com', { id: 7 })], { ...byId, __segment_internal_sync_mode: 'add' })
    ).toMatchObject([{ status: 400, errormessage: expect.stringContaining('The lead exists in Marketo') as string }])
  })

  it('writes the first of several events that only create, and refuses the others', async () => {
    const bodies = accepting()
    const events = [identify('ada@example.com'), identify('ADA@example.com')]
    const outcomes = await batch(events, { ...byEmail, __segment_internal_sync_mode: 'add' })
    expect(outcomes).toMatchObject([{ status: 200 }, { status: 400 }])
    expect(bodies).toMatchObject([{ action: 'createOnly', lookupField: 'email' }])
  })

  it('writes what comes after a record that may create a lead in another partition later', async () => {
    const bodies = accepting()
    const partition = { ...byEmail, partitionName: { '@path': '$.traits.partition' } }
    const events = ['Europe', 'Asia'].map((name) => identify('ada@example.com', { partition: name }))
    expect(await batch(events, partition)).toMatchObject([{ status: 200 }, { status: 200 }])
    expect(bodies).toMatchObject([{ partitionName: 'Europe' }, { partitionName: 'Asia' }])
  })
})
