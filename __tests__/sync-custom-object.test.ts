import type { JSONObject } from '@segment/actions-core'
import * as limits from '../src/marketo/transport/limits'
import { eventOf, leadFields, leadWith, sendOne, statusesOf, times, WAYS } from './support/events'
import type { Who } from './support/events'
import { callsOf, sendBatch, useSandbox } from './support/marketo'
import type { Reported, Sending } from './support/marketo'

const sandbox = useSandbox({ callsPerWindow: 10_000 })
const time: { BATCH_MS: number } = limits
// These tests count calls, so a slow machine must not end a batch early.
beforeAll(() => void jest.replaceProperty(time, 'BATCH_MS', 60_000))
afterAll(() => jest.restoreAllMocks())

const ADA = { id: 7, email: 'ada@example.com', userId: 'ada' }
beforeEach(() => sandbox().reset({ leads: [ADA] }))

const objects = () =>
  sandbox()
    .state()
    .objects.map(({ leadId, fields }) => ({ leadId, ...fields }))
const usage = () => sandbox().state().usage.byEndpoint

/** Maps a custom object of the sandbox. The event's `record` gives the fields. */
const object = (objectName: string, syncMode?: string, more: JSONObject = {}): Sending => ({
  mapping: {
    objectName,
    fields: { '@path': '$.traits.record' },
    ...(syncMode && { __segment_internal_sync_mode: syncMode }),
    ...more
  }
})

const car = (syncMode?: string, more?: JSONObject) => object('car_c', syncMode, more)
const about = (who: Who, record: JSONObject) => eventOf(who, { record })
const ada = (record: JSONObject) => about({ userId: 'ada' }, record)

const syncAll = (events: ReturnType<typeof eventOf>[], sending: Sending): Promise<Reported[]> =>
  sendBatch('syncCustomObject', events, sending)

describe.each(WAYS)('A record of a custom object (%s)', (way) => {
  const sync = (who: Who, record: JSONObject, sending = car()) =>
    sendOne(way, 'syncCustomObject', about(who, record), sending)

  it('is linked to its lead, then updated', async () => {
    expect(await sync({ userId: 'ada' }, { vin: 'A', make: 'VW' })).toMatchObject({
      status: 200,
      body: { status: 'created' }
    })
    expect(await sync({ userId: 'ada' }, { vin: 'A', year: '2003' })).toMatchObject({
      status: 200,
      body: { status: 'updated' }
    })
    expect(objects()).toEqual([{ leadId: 7, leadID: 7, vin: 'A', make: 'VW', year: 2003 }])
  })

  it('of a stranger creates a lead if the mapping allows it', async () => {
    const refused = await sync({ userId: 'bob' }, { vin: 'A' }, car('upsert', { createLead: false }))
    expect(refused).toMatchObject({ status: 400, errormessage: expect.stringContaining('No lead') as string })
    expect(leadFields(sandbox())).toHaveLength(1)
    expect((await sync({ userId: 'bob' }, { vin: 'A' })).status).toBe(200)
    expect(objects()).toMatchObject([{ leadId: leadWith(sandbox(), 'userId', 'bob').id }])
  })

  it('is only created, or only updated, if the mapping says so', async () => {
    expect((await sync({ userId: 'ada' }, { vin: 'A' }, car('update'))).errormessage).toContain('1013')
    expect((await sync({ userId: 'ada' }, { vin: 'A', make: 'VW' }, car('add'))).status).toBe(200)
    const again = await sync({ userId: 'ada' }, { vin: 'A', make: 'BMW' }, car('add'))
    expect(again).toMatchObject({ status: 400, errormessage: expect.stringContaining('1017') as string })
    expect((await sync({ userId: 'ada' }, { vin: 'A', make: 'Fiat' }, car('update'))).status).toBe(200)
    expect(objects()).toMatchObject([{ make: 'Fiat' }])
  })

  it('is deleted by its dedupe fields, without a person; a missing record counts as done', async () => {
    await sync({ userId: 'ada' }, { vin: 'A' })
    const before = usage().getLeads
    expect((await sync({}, { vin: 'A', make: 'VW', leadID: 99 }, car('delete'))).status).toBe(200)
    expect(objects()).toEqual([])
    expect((await sync({}, { vin: 'A' }, car('delete'))).status).toBe(200)
    expect(usage().getLeads).toBe(before)
  })

  it('needs no identifier if it names its lead, or if its object has no link to leads', async () => {
    expect((await sync({}, { vin: 'A', leadID: 7 })).status).toBe(200)
    expect((await sync({}, { storeNumber: '5', city: 'Rome' }, object('store_c'))).status).toBe(200)
    expect(objects()).toEqual([
      { leadId: 7, leadID: 7, vin: 'A' },
      { leadId: null, storeNumber: 5, city: 'Rome' }
    ])
    expect(usage().getLeads).toBeUndefined()
  })

  it('needs an identifier if it does not name its lead', async () => {
    expect(await sync({}, { vin: 'A' })).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('User ID is missing') as string
    })
  })

  it('without a dedupe field is refused, and the error names the field', async () => {
    const records: JSONObject[] = [{ sku: '1' }, { sku: '1', orderNumber: '' }, { sku: '1', orderNumber: null }]
    for (const record of records) {
      const report = await sync({ userId: 'ada' }, record, object('purchase_c'))
      expect(report.status).toBe(400)
      expect(report.errormessage).toContain('orderNumber')
    }
  })

  it('of an object that Marketo does not have is refused', async () => {
    const report = await sync({ userId: 'ada' }, { vin: 'A' }, object('bike_c'))
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringMatching(/Describe.*1013/) as string })
  })
})

describe('The link to the lead', () => {
  const item = (orderNumber: string, more: JSONObject = {}) => ({ orderNumber, sku: '1', ...more })

  it('is the lead’s own value, not the event’s', async () => {
    const reports = await syncAll([about({ email: 'ada@example.com', userId: 'ADA' }, item('1'))], object('purchase_c'))
    expect(statusesOf(reports)).toEqual([200])
    expect(objects()).toMatchObject([{ leadId: 7, customer: 'ada' }])
  })

  it('is a 400 if the lead has no value', async () => {
    sandbox().reset({ leads: [ADA, { email: 'bob@example.com' }] })
    const events = [about({ email: 'bob@example.com', userId: 'bob' }, item('1')), ada(item('2'))]
    const reports = await syncAll(events, object('purchase_c'))
    expect(statusesOf(reports)).toEqual([400, 200])
    expect(reports[0].errormessage).toContain('"userId"')
    expect(objects()).toMatchObject([{ orderNumber: '2' }])
  })

  it('comes from what the batch wrote if the lead is new', async () => {
    const reports = await syncAll(
      [
        about({ userId: 'bob', email: 'bob@example.com' }, item('1')),
        about({ email: 'bob@example.com', userId: 'bob' }, item('2'))
      ],
      object('purchase_c')
    )
    expect(statusesOf(reports)).toEqual([200, 200])
    expect(objects()).toMatchObject([{ customer: 'bob' }, { customer: 'bob' }])
    expect(leadFields(sandbox())).toHaveLength(2)
    expect(usage().getLeads).toBe(2)
  })

  it('creates no lead that could not be linked', async () => {
    const sending = { ...object('purchase_c', 'upsert', { anonymousId: 'k' }) }
    const reports = await sendBatch('syncCustomObject', [about({ email: 'new@example.com' }, item('1'))], {
      ...sending,
      settings: {
        munchkinId: '123-ABC-456',
        clientId: 'sandbox',
        clientSecret: 'sandbox',
        trackAnonymousActivity: true
      }
    })
    expect(reports[0].status).toBe(400)
    expect(reports[0].errormessage).toContain('"userId"')
    expect(leadFields(sandbox())).toHaveLength(1)
  })

  it('takes one look-up for leads that are mapped by ID, and none if the ID is the link', async () => {
    const by = { leadId: { '@path': '$.traits.leadId' } }
    const withId = (leadId: number, record: JSONObject) => eventOf({}, { leadId, record })
    expect(await callsOf(sandbox(), () => syncAll([withId(7, { vin: 'A' })], car('upsert', by)))).toBeLessThanOrEqual(2)
    expect(usage().getLeads).toBeUndefined()
    const reports = await syncAll([withId(7, item('1')), withId(99, item('2'))], object('purchase_c', 'upsert', by))
    expect(statusesOf(reports)).toEqual([200, 400])
    expect(reports[1].errormessage).toContain('The lead is gone')
    expect(usage().getLeads).toBe(1)
    expect(objects()).toMatchObject([{ vin: 'A' }, { customer: 'ada' }])
  })

  it('that could not be looked up for a lead mapped by ID is looked up again later', async () => {
    const by = { leadId: 7 }
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '611' })
    const [report] = await syncAll([about({}, item('1'))], object('purchase_c', 'upsert', by))
    expect(report).toMatchObject({ status: 500, errormessage: expect.stringContaining('611') as string })
    expect(statusesOf(await syncAll([about({}, item('1'))], object('purchase_c', 'upsert', by)))).toEqual([200])
    expect(objects()).toMatchObject([{ leadId: 7, customer: 'ada' }])
  })

  it('that is null in the event is filled in', async () => {
    expect(statusesOf(await syncAll([ada({ vin: 'A', leadID: null })], car()))).toEqual([200])
    expect(objects()).toMatchObject([{ leadId: 7 }])
  })

  it('is looked up again when the lead was merged in between', async () => {
    sandbox().intrude('syncCustomObjects', (marketo) => {
      const lead = marketo.leads.find('userId', 'ada')[0]
      marketo.merge(marketo.leads.create({}, lead.partition), lead)
    })
    expect(statusesOf(await syncAll([ada({ vin: 'A' })], car()))).toEqual([200])
    expect(objects()).toMatchObject([{ leadId: leadWith(sandbox(), 'userId', 'ada').id }])
  })
})

describe('Records with the same dedupe fields', () => {
  it('become one record, in which later values win', async () => {
    const events = [
      ada({ vin: 'A', make: 'VW', model: 'Golf' }),
      ada({ vin: 'B' }),
      ada({ vin: 'A', model: 'Polo', make: null })
    ]
    expect(statusesOf(await syncAll(events, car()))).toEqual([200, 200, 200])
    expect(objects()).toEqual([
      { leadId: 7, leadID: 7, vin: 'A', model: 'Polo' },
      { leadId: 7, leadID: 7, vin: 'B' }
    ])
    expect(usage().syncCustomObjects).toBe(1)
  })

  it('are written once with add, and the others fail because the record exists', async () => {
    const events = [ada({ vin: 'A', make: 'VW' }), ada({ vin: 'A', make: 'BMW' }), ada({ vin: 'B' })]
    const reports = await syncAll(events, car('add'))
    expect(statusesOf(reports)).toEqual([200, 400, 200])
    expect(reports[1].errormessage).toContain('Choose a way to sync objects')
    expect(objects()).toMatchObject([{ vin: 'A', make: 'VW' }, { vin: 'B' }])
  })

  it('with add are tried in turn if the first is refused', async () => {
    const reports = await syncAll(
      [ada({ vin: 'A', year: 'x' }), ada({ vin: 'A', year: 1 }), ada({ vin: 'A' })],
      car('add')
    )
    expect(statusesOf(reports)).toEqual([400, 200, 400])
    expect(objects()).toMatchObject([{ year: 1 }])
  })

  it('fail only the event whose value Marketo refuses', async () => {
    const reports = await syncAll(
      [ada({ vin: 'A', make: 'VW' }), ada({ vin: 'A', year: 'x' }), ada({ vin: 'A', model: 'Polo' })],
      car()
    )
    expect(statusesOf(reports)).toEqual([200, 400, 200])
    expect(objects()).toMatchObject([{ make: 'VW', model: 'Polo' }])
  })

  it('that differ only in case keep their order, and never share a call', async () => {
    const events = [ada({ vin: 'a' }), ada({ vin: 'A' }), ada({ vin: 'b' }), ada({ vin: 'a', make: 'VW' })]
    expect(statusesOf(await syncAll(events, car()))).toEqual([200, 200, 200, 200])
    expect(usage().syncCustomObjects).toBe(3)
  })

  it('are matched in the type of the field', async () => {
    const events = [about({}, { storeNumber: 5 }), about({}, { storeNumber: '5', city: 'Rome' })]
    expect(statusesOf(await syncAll(events, object('store_c')))).toEqual([200, 200])
    expect(objects()).toMatchObject([{ storeNumber: 5, city: 'Rome' }])
    expect(usage().syncCustomObjects).toBe(1)
  })
})

describe('Values', () => {
  it('are converted to the types of the fields if that is safe; lists are joined', async () => {
    const record = {
      ...{ orderNumber: 17, sku: ['a', 'b'], customer: 'ada', amount: '1.5' },
      ...{ boughtAt: '2024-05-31T14:00:00.123Z', isGift: 'yes' }
    }
    expect(statusesOf(await syncAll([about({}, record)], object('purchase_c')))).toEqual([200])
    expect(objects()).toMatchObject([
      { orderNumber: '17', sku: 'a;b', amount: 1.5, boughtAt: '2024-05-31T14:00:00+00:00', isGift: true }
    ])
  })

  it('that no field could hold fail only their event', async () => {
    const reports = await syncAll(
      [ada({ vin: 'A', make: { a: 1 } }), ada({ vin: 'B', wheels: 4 }), ada({ vin: 'C' })],
      car()
    )
    expect(statusesOf(reports)).toEqual([400, 400, 200])
    expect(reports[0].errormessage).toContain('Fields > make')
    expect(reports[1].errormessage).toContain('wheels')
  })
})

describe('A batch', () => {
  it('of 300 known people takes 2 calls, and one Describe call per hour', async () => {
    sandbox().reset({ leads: times(300, (i) => ({ email: `p${i}@example.com`, userId: `u${i}` })) })
    const events = times(300, (i) =>
      about({ email: `p${i}@example.com`, userId: `u${i}` }, { orderNumber: `${i}`, sku: '1' })
    )
    await syncAll([about({}, { orderNumber: 'x', sku: '1', customer: 'u1' })], object('purchase_c'))
    await syncAll([about({ userId: 'u1' }, { orderNumber: 'x', sku: '1' })], object('purchase_c'))
    const calls = await callsOf(sandbox(), async () => {
      expect(new Set(statusesOf(await syncAll(events, object('purchase_c'))))).toEqual(new Set([200]))
    })
    expect(calls).toBe(2)
    expect(objects().filter(({ leadId }) => leadId !== null)).toHaveLength(301)
  })

  it('may hold several objects; each error fails only its own events', async () => {
    const sending = object('', 'upsert', { objectName: { '@path': '$.traits.object' } })
    const of = (name: string, record: JSONObject) => eventOf({ userId: 'ada' }, { object: name, record })
    const events = [
      of('car_c', { vin: 'A' }),
      of('bike_c', {}),
      of('store_c', { storeNumber: 1 }),
      of('  ', {}),
      of('car_c', {})
    ]
    const reports = await syncAll(events, sending)
    expect(statusesOf(reports)).toEqual([200, 400, 200, 400, 400])
    expect(reports[3].errormessage).toContain('Custom Object is empty')
    expect(objects()).toHaveLength(2)
  })

  it('is retried if Marketo throttles, and the outcome of each event says so', async () => {
    sandbox().addFault({ endpoint: 'syncCustomObjects', kind: 'error', code: '606' })
    const reports = await syncAll([ada({ vin: 'A' }), ada({ vin: 'B' })], car())
    expect(statusesOf(reports)).toEqual([429, 429])
  })

  it('names the permission that a call needs', async () => {
    sandbox().revoke('Read-Write Custom Object')
    const [report] = await syncAll([ada({ vin: 'A' })], car())
    expect(report).toMatchObject({
      status: 403,
      errormessage: expect.stringContaining('"Read-Write Custom Object"') as string
    })
  })

  it('with an unknown sync mode is refused', async () => {
    const [report] = await syncAll([ada({ vin: 'A' })], car('mirror'))
    expect(report).toMatchObject({ status: 400, errormessage: expect.stringContaining('"mirror"') as string })
  })
})
