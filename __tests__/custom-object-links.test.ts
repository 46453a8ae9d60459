import type { JSONObject } from '@segment/actions-core'
import { STARTING_OBJECT_TYPES } from '../sandbox/state/custom-object-types'
import type { ObjectType } from '../sandbox/state/custom-object-types'
import { eventOf, sendOne, statusesOf, WAYS } from './support/events'
import { sendBatch, useSandbox } from './support/marketo'
import { SUBSCRIPTION } from './support/object-types'

/** Links from custom objects to leads, as a marketer may set them up. */

const sandbox = useSandbox()

/** Purchases, in which this differs from the sandbox's own. */
const useType = (more: Partial<ObjectType>, lead: JSONObject = {}) => {
  const [, purchase] = STARTING_OBJECT_TYPES
  sandbox().reset({ leads: [{ id: 7, userId: 'ada', ...lead }], setup: { objectTypes: [{ ...purchase, ...more }] } })
}

const sync = (syncMode: string) =>
  sendBatch('syncCustomObject', [eventOf({ userId: 'ada' }, { record: { orderNumber: '1', sku: '1' } })], {
    mapping: {
      objectName: 'purchase_c',
      fields: { '@path': '$.traits.record' },
      __segment_internal_sync_mode: syncMode
    }
  })
const records = () =>
  sandbox()
    .state()
    .objects.map(({ leadId, fields }) => ({ leadId, ...fields }))

it('A record whose link uses a deleted lead field is refused, and the error names both fields', async () => {
  useType({ link: { field: 'customer', leadField: 'userId', shownAs: { name: 'lead', field: 'Customer Number' } } })
  const [report] = await sync('upsert')
  expect(report.status).toBe(400)
  expect(report.errormessage).toMatch(/linked to leads by "Customer Number".* Map customer under Fields/)
  expect(records()).toEqual([])
})

it('A record whose link is a dedupe field is deleted by the value of its lead', async () => {
  useType({ dedupeFields: ['orderNumber', 'customer'] })
  expect(statusesOf(await sync('upsert'))).toEqual([200])
  expect(records()).toEqual([{ leadId: 7, orderNumber: '1', sku: '1', customer: 'ada' }])
  const [deleted] = await sync('delete')
  expect(deleted).toMatchObject({ status: 200, sent: { orderNumber: '1', customer: 'ada' } })
  expect(records()).toEqual([])
})

describe.each(WAYS)('A record that is linked by an email (%s)', (way) => {
  const EMAIL = 's@example.com'
  const subscribe = (who: object) =>
    sendOne(way, 'syncCustomObject', eventOf(who), {
      mapping: { objectName: 'subscription_c', fields: { number: '1' }, leadId: { '@path': '$.traits.leadId' } }
    })
  beforeEach(() =>
    sandbox().reset({
      leads: [
        { id: 7, email: EMAIL, userId: 'u1' },
        { id: 8, email: EMAIL.toUpperCase(), userId: 'u2' },
        { id: 9, email: 'other@example.com', userId: 'u3' }
      ],
      setup: { objectTypes: [SUBSCRIPTION] }
    })
  )

  it('goes to the lead that was updated last if several have it, and the outcome says so', async () => {
    const { status, body } = await subscribe({ email: EMAIL, userId: 'u1' })
    expect(status).toBe(200)
    expect(body?.note).toMatch(/^2 leads have the value of owner.*attaches the record to the one that was updated last/)
    expect(records()).toMatchObject([{ leadId: 8, owner: EMAIL }])
  })

  it.each([
    ['only one lead has it', { email: 'other@example.com', userId: 'u3' }],
    ['the look-up by another key shows only one lead', { userId: 'u1' }]
  ])('has no such note if %s', async (_when, who) => {
    const { status, body } = await subscribe(who)
    expect(status).toBe(200)
    expect(body).not.toHaveProperty('note')
  })
})

it('Each record of a batch says how many leads its link has', async () => {
  const leads = ['a', 'a', 'b'].map((name, i) => ({ id: 7 + i, email: `${name}@example.com` }))
  sandbox().reset({ leads, setup: { objectTypes: [SUBSCRIPTION] } })
  const events = ['a', 'b'].map((name) => eventOf({ email: `${name}@example.com` }, { number: name }))
  const mapping = { objectName: 'subscription_c', fields: { number: { '@path': '$.traits.number' } } }
  const [first, second] = await sendBatch('syncCustomObject', events, { mapping })
  expect(first.body?.note).toMatch(/^2 leads/)
  expect(second).toMatchObject({
    status: 200,
    body: expect.not.objectContaining({ note: expect.anything() as unknown }) as unknown
  })
})

describe('A record that is linked by a lead field', () => {
  beforeEach(() => sandbox().reset({ leads: [{ id: 7, userId: 'ada' }], keepDefaults: false }))

  it('is retried if Marketo refuses to name the field, and cannot say for now which fields there are', async () => {
    expect(statusesOf(await sync('upsert'))).toEqual([200])
    sandbox().addFault({ endpoint: 'getLeads', kind: 'error', code: '1006' })
    sandbox().addFault({ endpoint: 'describeLeads', kind: 'error', code: '713' })
    expect(statusesOf(await sync('upsert'))).toEqual([503])
  })

  it('is refused if the field was deleted a moment ago, and the error names it', async () => {
    const link = { field: 'customer', leadField: 'plan', shownAs: { name: 'lead', field: 'Plan' } }
    useType({ link }, { plan: 'gold' })
    expect(statusesOf(await sync('upsert'))).toEqual([200])
    sandbox().removeField('plan')
    expect((await sync('upsert'))[0]).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('no value in the lead field "plan"') as string
    })
  })
})
