import { Destination } from '@segment/actions-core'
import type { SegmentEvent as FrameworkEvent } from '@segment/actions-core'
import { fromTheServers } from '../../website-delivery'
import { routeMarketoTo } from '../../../sandbox/route-marketo'
import marketo from '../../../src'
import { describeInBrowser } from './chromium'
import { call, eventually, useWebsite } from './website'

describeInBrowser('With Page and Identify in the browser and Track from the servers', () => {
  const site = useWebsite()
  let restore: () => void

  beforeEach(() => {
    restore = routeMarketoTo(site.sandbox.port)
    site.deliver = fromTheServers()
  })

  afterEach(() => restore())

  it('a visitor becomes one lead with the visits, the form and the activity', async () => {
    const page = await site.open('/')
    await call(page, 'page')
    await call(page, 'identify', 'user-1', { email: 'ada@example.com', name: 'Ada Lovelace' })
    await eventually(() => expect(site.state().leads).toHaveLength(1))
    await call(page, 'track', 'Signed Up')
    await eventually(() => expect(site.state().activities).toHaveLength(2))
    const { leads, visits, activities } = site.state()
    expect(leads.map(({ fields }) => fields)).toMatchObject([
      { email: 'ada@example.com', firstName: 'Ada', userId: 'user-1' }
    ])
    expect(visits.map(({ leadId }) => leadId)).toEqual([leads[0].id])
    expect(activities.map(({ leadId, activityTypeName }) => [leadId, activityTypeName])).toEqual([
      [leads[0].id, 'Fill Out Form'],
      [leads[0].id, expect.not.stringContaining('Form')]
    ])
  })

  it('the lead that the servers write is associated with the visitor that Munchkin tracked', async () => {
    const cloud = new Destination(marketo)
    site.deliver = (event) =>
      cloud.onEvent(event as unknown as FrameworkEvent, {
        ...{ munchkinId: '123-ABC-456', clientId: 'sandbox', clientSecret: 'sandbox', trackAnonymousActivity: true },
        subscription: {
          partnerAction: 'upsertLead',
          subscribe: 'type = "identify"',
          mapping: {
            email: { '@path': '$.traits.email' },
            userId: { '@path': '$.userId' },
            marketoCookie: { '@path': '$.context.Marketo.marketoCookie' },
            enable_batching: false
          }
        }
      })
    const page = await site.open('/', { settings: { formId: undefined } })
    await call(page, 'page')
    await eventually(() => expect(site.state().visits).toHaveLength(1))
    await call(page, 'identify', 'user-1', { email: 'ada@example.com' })
    await eventually(() => expect(site.state().visits[0].leadId).toBe(site.state().leads[0]?.id))
    expect(site.state().leads).toHaveLength(1)
  })
})
