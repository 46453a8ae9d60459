import { Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { eventOf, sendOne, times, WAYS } from './support/events'
import { sendBatch, settings, useSandbox } from './support/marketo'

const sandbox = useSandbox()
beforeEach(() => sandbox().reset({ leads: [{ id: 7, userId: 'ada' }] }))

interface Answer {
  successMessage?: string
  savedData?: { activityTypeId?: number }
  error?: { message: string; code: string }
}

/** Saves a mapping of Send Custom Activity with the inputs of the hook. */
const save = (hookInputs: JSONObject): Promise<Answer> =>
  new Destination<Settings>(destination).actions.sendCustomActivity.executeHook('onMappingSave', {
    settings,
    payload: {},
    hookInputs
  } as never)

const types = () => sandbox().state().activityTypes
const typeNamed = (name: string) => types().find((type) => type.name === name)
const writes = () => {
  const { createActivityType, createActivityAttributes, approveActivityType } = sandbox().state().usage.byEndpoint
  return [createActivityType ?? 0, createActivityAttributes ?? 0, approveActivityType ?? 0]
}

const SIGNUP = {
  typeName: 'Signed Up',
  primaryAttribute: 'Plan Name',
  attributes: ['Seats: integer', 'Order Total :FLOAT', 'Notes']
}

describe('Saving a mapping of Send Custom Activity', () => {
  it('creates the type with its attributes and approves it, and says how its attributes are offered', async () => {
    const { successMessage, savedData } = await save(SIGNUP)
    const type = typeNamed('Signed Up')
    expect(type).toMatchObject({
      status: 'approved',
      triggerName: 'Signed Up Happens',
      filterName: 'Signed Up Happened',
      primaryAttribute: { apiName: 'planName', name: 'Plan Name', dataType: 'string' },
      attributes: [
        { apiName: 'seats', name: 'Seats', dataType: 'integer' },
        { apiName: 'orderTotal', name: 'Order Total', dataType: 'float' },
        { apiName: 'notes', name: 'Notes', dataType: 'text' }
      ]
    })
    expect(savedData).toEqual({ activityTypeId: type?.id })
    expect(successMessage).toMatch(/was created\..*also choose it for the field Activity Type ID/)
  })

  it.each(WAYS)('makes later events use the type, before the one that is mapped (%s)', async (way) => {
    const { savedData } = await save(SIGNUP)
    const mapping = {
      activityTypeId: 100001,
      primaryAttributeValue: 'Pro',
      attributes: { seats: 3 },
      onMappingSave: { inputs: SIGNUP, outputs: savedData as JSONObject }
    }
    expect((await sendOne(way, 'sendCustomActivity', eventOf({ userId: 'ada' }), { mapping })).status).toBe(200)
    expect(sandbox().state().activities).toMatchObject([{ activityTypeName: 'Signed Up', leadId: 7 }])
  })

  it.each<[JSONObject]>([[{ ...SIGNUP, typeName: '' }], [{ ...SIGNUP, typeName: '  ' }], [{}]])(
    'with %j creates nothing and makes no call',
    async (inputs) => {
      const answer = await save(inputs)
      expect(answer).toEqual({ successMessage: expect.stringContaining('Type Name is empty') as string, savedData: {} })
      expect(sandbox().state().usage.total).toBe(0)
    }
  )

  it('again changes nothing', async () => {
    const { savedData } = await save(SIGNUP)
    const before = types()
    expect(await save(SIGNUP)).toMatchObject({
      savedData,
      successMessage: expect.stringMatching(/was there already/) as string
    })
    expect(types()).toEqual(before)
    expect(writes()).toEqual([1, 1, 1])
  })

  it('again adds the attributes that are missing, and events can have them at once', async () => {
    const { savedData } = await save(SIGNUP)
    const mapping = { primaryAttributeValue: 'Pro', onMappingSave: { outputs: savedData as JSONObject } }
    // This makes the destination remember the types of the attributes.
    await sendBatch('sendCustomActivity', [eventOf({ userId: 'ada' })], {
      mapping: { ...mapping, attributes: { seats: '3' } }
    })
    expect(await save({ ...SIGNUP, attributes: ['seats: integer', 'Trial: boolean'] })).toMatchObject({
      savedData,
      successMessage: expect.stringMatching(/Attributes added: Trial \(boolean\)\. It was approved/) as string
    })
    expect(typeNamed('Signed Up')?.attributes.map(({ name }) => name)).toEqual([
      'Seats',
      'Order Total',
      'Notes',
      'Trial'
    ])
    const [report] = await sendBatch('sendCustomActivity', [eventOf({ userId: 'ada' })], {
      mapping: { ...mapping, attributes: { trial: 'yes' } }
    })
    expect(report.errormessage).toBeUndefined()
    expect(sandbox().state().activities[1].attributes).toEqual([{ apiName: 'trial', value: true }])
  })

  it('uses an approved type of that name, in any case, and leaves what it has', async () => {
    const { savedData, successMessage } = await save({
      typeName: 'order completed',
      primaryAttribute: 'Order Number',
      attributes: ['Total: integer', 'coupon']
    })
    expect(savedData).toEqual({ activityTypeId: 100001 })
    expect(successMessage).toMatch(/primary attribute is "Order ID".*"Total" is of type float/)
    expect(writes()).toEqual([0, 0, 0])
  })

  it('adds no attribute with the name of the primary attribute that an existing type has', async () => {
    expect((await save({ typeName: 'Order Completed', attributes: ['order id'] })).error).toBeUndefined()
    expect(writes()).toEqual([0, 0, 0])
  })

  it('approves a draft of that name', async () => {
    expect((await save({ typeName: 'Trial Extended' })).savedData).toEqual({ activityTypeId: 100003 })
    expect(typeNamed('Trial Extended')?.status).toBe('approved')
  })

  it("does not approve somebody else's edits of an approved type, if no attribute is missing", async () => {
    expect((await save({ typeName: 'Webinar Attended', attributes: ['Minutes: integer'] })).error).toBeUndefined()
    expect(typeNamed('Webinar Attended')?.status).toBe('approved with draft')
  })

  it('gives a type another API name and other trigger and filter names, if those are taken', async () => {
    await save({ typeName: 'Signed_Up', primaryAttribute: 'Plan' })
    expect((await save(SIGNUP)).error).toBeUndefined()
    expect(types().map(({ apiName }) => apiName)).toEqual(expect.arrayContaining(['signedUp_c', 'signedUp2_c']))
  })
})

describe('What stands in the way', () => {
  it('the limit of ten types: the message names it and the way out, and nothing is written', async () => {
    const seven = times(7, (i) => ({
      ...types()[0],
      ...{ id: i + 1, apiName: `t${i}_c`, name: `T ${i}`, triggerName: `T ${i} on`, filterName: `T ${i} was` }
    }))
    sandbox().reset({ setup: { activityTypes: [...types(), ...seven] } })
    const { error } = await save(SIGNUP)
    expect(error?.message).toMatch(
      /has 10 custom activity types.*limit is 10.*"Segment Event".*Admin > Marketo Custom Activities/
    )
    expect(error?.code).toBe('400')
    expect(writes()).toEqual([0, 0, 0])
    // A type that is there already is still used.
    expect((await save({ typeName: 'T 3' })).savedData).toEqual({ activityTypeId: 4 })
  })

  it('the limit of 20 attributes, of a new type and of one that exists', async () => {
    const many = (count: number) => times(count, (i) => `Attribute ${i}`)
    expect((await save({ ...SIGNUP, attributes: many(21) })).error?.message).toMatch(
      /21 attributes, but Marketo allows 20/
    )
    const { error } = await save({ typeName: 'Order Completed', attributes: many(17) })
    expect(error?.message).toMatch(/21 attributes, but Marketo allows 20/)
    expect(writes()).toEqual([0, 0, 0])
    expect((await save({ typeName: 'Order Completed', attributes: many(16) })).error).toBeUndefined()
  })

  it.each([
    ['a name that Marketo does not take', { typeName: 'Bought: shoes' }, /Type Name "Bought: shoes" may only have/],
    ['a name without a letter', { typeName: '2024' }, /Type Name "2024".*needs a letter/],
    ['no primary attribute', { primaryAttribute: ' ' }, /Primary Attribute is empty/],
    ['a type that Marketo lacks', { attributes: ['Total: number'] }, /Attributes > Total: number.*float/],
    ['a type without a name', { attributes: [': text'] }, /Attributes > : text/]
  ])('%s: the message names the field, and nothing is written', async (_what, more, message) => {
    expect((await save({ ...SIGNUP, ...more })).error?.message).toMatch(message)
    expect(types()).toHaveLength(3)
  })

  it('a missing permission: the message names it', async () => {
    sandbox().revoke('Read-Write Activity Metadata')
    const { error } = await save(SIGNUP)
    expect(error).toMatchObject({
      code: '403',
      message: expect.stringContaining('"Read-Write Activity Metadata"') as string
    })
  })

  it('a name that something else in Marketo has: the message says to enter another one', async () => {
    sandbox().addFault({ endpoint: 'createActivityType', kind: 'error', code: '1017' })
    expect((await save(SIGNUP)).error?.message).toMatch(/1017.*enter another Type Name/)
  })

  it('a failure halfway: the message says so, and saving again finishes the type', async () => {
    sandbox().addFault({ endpoint: 'approveActivityType', kind: 'error', code: '611' })
    expect((await save(SIGNUP)).error?.message).toMatch(
      /was created, but it is still a draft.*611.*save the mapping again/
    )
    expect(typeNamed('Signed Up')?.status).toBe('draft')
    expect((await save(SIGNUP)).savedData).toEqual({ activityTypeId: typeNamed('Signed Up')?.id })
    expect(typeNamed('Signed Up')).toMatchObject({ status: 'approved', attributes: [{}, {}, {}] })
  })

  it('attributes that were added but not approved: saving again approves them', async () => {
    sandbox().addFault({ endpoint: 'approveActivityType', kind: 'error', code: '611' })
    expect((await save({ typeName: 'Order Completed', attributes: ['Store'] })).error?.message).toContain('611')
    expect((await save({ typeName: 'Order Completed', attributes: ['Store'] })).error).toBeUndefined()
    expect(typeNamed('Order Completed')?.attributes.map(({ name }) => name)).toContain('Store')
  })

  it('an answer without an ID', async () => {
    sandbox().addFault({ endpoint: 'createActivityType', kind: 'short', executed: true })
    expect((await save(SIGNUP)).error?.message).toMatch(/no ID for the type/)
    expect((await save(SIGNUP)).savedData).toEqual({ activityTypeId: 100004 })
  })
})

describe('Without an activity type', () => {
  it.each(WAYS)('an event fails, and the message says what to do (%s)', async (way) => {
    const report = await sendOne(way, 'sendCustomActivity', eventOf({ userId: 'ada' }), {
      mapping: { primaryAttributeValue: 'x' }
    })
    expect(report).toMatchObject({
      status: 400,
      errormessage: expect.stringMatching(/Activity Type ID is empty.*Create the activity type/) as string
    })
    expect(sandbox().state().usage.total).toBe(0)
  })
})
