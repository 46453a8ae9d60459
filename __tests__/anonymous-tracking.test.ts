import { EXAMPLES } from '../examples/actions'
import type { ActionKey } from '../examples/actions'
import { eventOf, leadFields, sendOne, WAYS } from './support/events'
import { anonymousTracking, settings, useSandbox } from './support/marketo'
import type { Sending } from './support/marketo'

const sandbox = useSandbox()
beforeEach(() => sandbox().reset({ leads: [] }))

const NEED_A_USER: ActionKey[] = ['upsertLead', 'sendCustomActivity', 'visitWebPage']
const TAKE_AN_EMAIL: ActionKey[] = ['syncList', 'requestCampaign', 'setProgramStatus', 'syncCustomObject']

const mapped = (action: ActionKey): Sending => ({
  mapping: action === 'syncCustomObject' ? { objectName: 'car_c', fields: { vin: 'V1' } } : EXAMPLES[action].mapping
})

describe.each(WAYS)('While anonymous tracking is off (%s)', (way) => {
  it.each(NEED_A_USER)('%s refuses a person with only an email', async (action) => {
    for (const who of [{ email: 'jane@example.com' }, { anonymousId: 'jane@example.com' }]) {
      const report = await sendOne(way, action, eventOf(who), { ...mapped(action), settings })
      expect(report).toMatchObject({
        status: 400,
        errormessage: expect.stringMatching(/^User ID is missing/) as string
      })
    }
    expect(sandbox().state().usage.total).toBe(0)
  })

  it.each(TAKE_AN_EMAIL)('%s takes a person with only an email, wherever it stands', async (action) => {
    for (const who of [{ email: 'jane@example.com' }, { anonymousId: 'jane@example.com' }]) {
      const report = await sendOne(way, action, eventOf(who), { ...mapped(action), settings })
      expect(report).toMatchObject({ status: 200 })
    }
    expect(leadFields(sandbox())).toEqual([{ email: 'jane@example.com' }])
  })

  it.each(TAKE_AN_EMAIL)('%s refuses a visitor, and says what to map', async (action) => {
    const report = await sendOne(way, action, eventOf({ anonymousId: 'a-1' }), { ...mapped(action), settings })
    expect(report).toMatchObject({
      status: 400,
      errormessage: expect.stringContaining('needs a User ID, an email or a Marketo Lead ID') as string
    })
  })
})

describe.each(WAYS)('An anonymous ID that is an email (%s)', (way) => {
  it.each([
    ['on', anonymousTracking],
    ['off', settings]
  ])(
    'finds the lead of that email, and never becomes its anonymous ID (anonymous tracking: %s)',
    async (_mode, given) => {
      sandbox().reset({ leads: [{ email: 'jane@example.com', firstName: 'Jane' }] })
      const event = eventOf({ userId: 'u7', anonymousId: 'jane@example.com' }, { phone: '555' })
      expect(await sendOne(way, 'upsertLead', event, { settings: given })).toMatchObject({ status: 200 })
      expect(leadFields(sandbox())).toEqual([
        { email: 'jane@example.com', firstName: 'Jane', userId: 'u7', phone: '555' }
      ])
    }
  )

  it('does not move the email of the event', async () => {
    const event = eventOf({ email: 'ann@example.com', anonymousId: 'jane@example.com' })
    await sendOne(way, 'upsertLead', event, { settings: anonymousTracking })
    expect(leadFields(sandbox())).toEqual([{ email: 'ann@example.com' }])
  })
})
