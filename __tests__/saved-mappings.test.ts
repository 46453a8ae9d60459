import { createTestEvent, defaultValues, Destination } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../src'
import type { Settings } from '../src/generated-types'
import { firstOf } from '../src/segment/traits'
import { leadFields } from './support/events'
import { anonymousTracking, useSandbox } from './support/marketo'
import type { ActionKey, Reported, TestEvent } from './support/marketo'

const sandbox = useSandbox()
beforeEach(() => sandbox().reset({ leads: [] }))

/** The defaults of version 2.0.0, without the fields that came later: Segment doesn't add defaults to a saved mapping. */
const SAVED: Partial<Record<ActionKey, JSONObject>> = {
  upsertLead: {
    ...without('upsertLead', ['title', 'website']),
    email: firstOf('$.traits.email', '$.context.traits.email', '$.properties.email') as JSONObject,
    firstName: firstOf('$.traits.firstName') as JSONObject,
    lastName: firstOf('$.traits.lastName') as JSONObject,
    name: firstOf('$.traits.name') as JSONObject,
    company: firstOf('$.traits.company.name', '$.traits.company') as JSONObject,
    phone: firstOf('$.traits.phone') as JSONObject,
    dateOfBirth: firstOf('$.traits.birthday') as JSONObject,
    gender: firstOf('$.traits.gender') as JSONObject,
    city: firstOf('$.traits.address.city') as JSONObject,
    state: firstOf('$.traits.address.state') as JSONObject,
    country: firstOf('$.traits.address.country') as JSONObject,
    postalCode: firstOf('$.traits.address.zip', '$.traits.address.postalCode') as JSONObject,
    street: firstOf('$.traits.address.street', '$.traits.address') as JSONObject,
    customFields: { title: { '@path': '$.traits.role' }, plan: { '@path': '$.traits.plan' } }
  },
  syncList: without('syncList', ['audienceEvent']),
  // The field had no effect, and is gone.
  visitWebPage: { ...without('visitWebPage', []), partitionName: 'Europe' }
}

function without(action: ActionKey, later: string[]): JSONObject {
  const defaults = defaultValues(destination.actions[action].fields) as JSONObject
  return Object.fromEntries(Object.entries(defaults).filter(([key]) => !later.includes(key)))
}

async function send(action: ActionKey, event: TestEvent): Promise<Reported> {
  const running = new Destination<Settings>(destination)
  const [report] = await running.actions[action].executeBatch({
    data: [createTestEvent({ context: {}, ...event })] as unknown as JSONObject[],
    mapping: SAVED[action] ?? {},
    settings: anonymousTracking,
    auth: undefined
  })
  return report as unknown as Reported
}

it('A saved mapping of Upsert Lead writes what it did, and nothing that it does not name', async () => {
  const traits = {
    ...{ email: 'ann@example.com', firstName: 'Ann', first_name: 'Wrong', lastName: 'Bee', birthday: '1990-01-02' },
    ...{ company: { name: 'Initech' }, phone: 555, gender: 'f', plan: 'pro', role: 'CTO', title: 'Dr.', website: 'w' },
    address: { street: '1 Main St', city: 'Austin', state: 'TX', country: 'US', postalCode: '78701' }
  }
  expect(await send('upsertLead', { type: 'identify', userId: 'u', anonymousId: 'a', traits })).toMatchObject({
    status: 200
  })
  expect(leadFields(sandbox())).toEqual([
    {
      ...{ userId: 'u', anonymousId: 'a', email: 'ann@example.com', firstName: 'Ann', lastName: 'Bee' },
      ...{ dateOfBirth: '1990-01-02', company: 'Initech', phone: '555', gender: 'f', plan: 'pro', title: 'CTO' },
      ...{ address: '1 Main St', city: 'Austin', state: 'TX', country: 'US', postalCode: '78701' }
    }
  ])
})

it('A saved mapping of Sync List reads the membership as before', async () => {
  const event = (vip: boolean | string): TestEvent => ({
    ...{ type: 'track', event: 'Audience Entered', userId: 'u', anonymousId: 'a', properties: { vip } },
    context: { personas: { computation_class: 'audience', computation_key: 'vip', external_audience_id: '1001' } }
  })
  expect(await send('syncList', event(true))).toMatchObject({ status: 200, body: { status: 'added' } })
  expect(await send('syncList', event(false))).toMatchObject({ status: 200, body: { status: 'removed' } })
  expect(await send('syncList', event('true'))).toMatchObject({ status: 400 })
})

it('A saved mapping of Visit Web Page that names a partition records visits as before', async () => {
  const visit = { type: 'page', userId: 'u', properties: { url: 'https://example.com/pricing' } } as const
  expect(await send('visitWebPage', { ...visit, context: { userAgent: 'Mozilla/5.0' } })).toMatchObject({ status: 202 })
  expect(sandbox().state().visits).toMatchObject([{ url: 'https://example.com/pricing' }])
})
