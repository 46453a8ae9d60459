import nock from 'nock'
import { sendBatch, settings } from './support/marketo'

afterAll(() => {
  nock.cleanAll()
  nock.restore()
})

it('A created lead whose ID Marketo does not return gets no activity: the event is retried', async () => {
  const host = 'https://999-zzz-999.mktorest.com'
  nock(host).post('/identity/oauth/token').reply(200, { access_token: 't', expires_in: 3600 })
  nock(host).get('/rest/v1/leads.json').query(true).reply(200, { success: true, result: [] })
  nock(host)
    .post('/rest/v1/leads.json')
    .reply(200, { success: true, result: [{ status: 'created' }] })
  const event = { type: 'track' as const, userId: 'u1', properties: {} }
  const [report] = await sendBatch('sendCustomActivity', [event], {
    mapping: { activityTypeId: 100001, primaryAttributeValue: 'order' },
    settings: { ...settings, munchkinId: '999-ZZZ-999' }
  })
  expect(report).toMatchObject({ status: 500, errormessage: expect.stringMatching(/has no ID/) as unknown })
  expect(nock.isDone()).toBe(true)
})

it('A lead found by a value with a comma, without its ID in the answer, costs no event: it is retried', async () => {
  const host = 'https://999-zzz-998.mktorest.com'
  nock(host).post('/identity/oauth/token').reply(200, { access_token: 't', expires_in: 3600 })
  nock(host)
    .post('/rest/v1/leads.json')
    .reply(200, { success: true, result: [{ status: 'updated' }] })
  const [report] = await sendBatch('upsertLead', [{ type: 'identify' as const, userId: 'u,1' }], {
    settings: { ...settings, munchkinId: '999-ZZZ-998' }
  })
  expect(report).toMatchObject({ status: 500, errormessage: expect.stringMatching(/has no ID/) as unknown })
})
