import nock from 'nock'
import { sendBatch, settings } from './support/marketo'
import { statusesOf, times } from './support/events'

const HOST = 'https://998-zzz-998.mktorest.com'
const track = (i: number) => ({ type: 'track' as const, userId: `new${i}`, properties: { p: `q${i}` } })

afterAll(() => nock.restore())

it.each<[string, object[]]>([
  ['fewer results than records', times(5, (i) => ({ id: 1001 + i, status: 'created' }))],
  ['more results than records', times(7, (i) => ({ id: 1001 + i, status: 'created' }))],
  ['no results', []]
])(
  'An answer with %s cannot be assigned to events: all fail with 500, and no activity is sent',
  async (_what, result) => {
    nock(HOST).post('/identity/oauth/token').optionally().reply(200, { access_token: 't', expires_in: 3600 })
    nock(HOST).get('/rest/v1/leads.json').query(true).reply(200, { success: true, result: [] })
    nock(HOST).post('/rest/v1/leads.json').reply(200, { success: true, result })
    const activities = nock(HOST).post('/rest/v1/activities/external.json').reply(200, { success: true, result: [] })
    const reports = await sendBatch('sendCustomActivity', times(6, track), {
      mapping: { activityTypeId: 100001, primaryAttributeValue: { '@path': '$.properties.p' } },
      settings: { ...settings, munchkinId: '998-ZZZ-998' }
    })
    expect(statusesOf(reports)).toEqual([500, 500, 500, 500, 500, 500])
    expect(activities.isDone()).toBe(false)
    nock.cleanAll()
  }
)
