import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, marketoApi, marketoCookie, munchkin, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const event = createTestEvent({
  type: 'page',
  userId: 'user-1',
  timestamp: '2026-01-02T03:04:05.678Z',
  properties: { url: 'https://example.com/pricing?plan=pro&seats=3' },
  context: { userAgent: 'Mozilla/5.0', Marketo: { marketoCookie } }
})

describe('MarketoV2.visitWebPage', () => {
  afterEach(endMarketo)

  it("reports the visit with the cookie's token, and associates the cookie with the lead", async () => {
    munchkin()
      .post('/webevents/visitWebPage')
      .query((beacon) => {
        expect(beacon).toMatchObject({
          _mchId: '123-ABC-456',
          _mchTk: '_mch-example.com-0123456789abcdef0123456789abcdef',
          _mchHo: 'example.com',
          _mchRu: '/pricing',
          _mchQp: 'plan=pro__-__seats=3'
        })
        return true
      })
      .matchHeader('user-agent', 'Mozilla/5.0')
      .reply(202)
    marketoApi()
      .get('/rest/v1/leads.json')
      .query(({ filterType }) => filterType === 'cookies')
      .reply(200, success())
      .get('/rest/v1/leads.json')
      .query(({ filterType }) => filterType === 'userId')
      .reply(200, success({ id: 7, userId: 'user-1' }))
      .post('/rest/v1/leads/7/associate.json')
      .query({ cookie: marketoCookie })
      .reply(200, { requestId: 'request', success: true })

    await testDestination.testAction('visitWebPage', { event, settings, useDefaultMappings: true })
  })

  it('makes no API call when associateLead is off', async () => {
    munchkin().post('/webevents/visitWebPage').query(true).reply(200)

    await testDestination.testAction('visitWebPage', {
      event,
      settings,
      mapping: { associateLead: false },
      useDefaultMappings: true
    })
  })

  it('refuses a URL that is not a web address', async () => {
    await expect(
      testDestination.testAction('visitWebPage', {
        event,
        settings,
        mapping: { url: 'pricing' },
        useDefaultMappings: true
      })
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining('URL is not a web address') as string })
  })
})
