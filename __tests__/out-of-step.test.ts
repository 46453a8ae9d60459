import nock from 'nock'
import { sendBatch, settings } from './support/marketo'
import { statusesOf, times } from './support/events'

const HOST = 'https://998-zzz-998.mktorest.com'
const track = (i: number) => ({ type: 'track' as const, userId: `new${i}`, properties: { p: `q${i}` } })

afterAll(() => nock.restore())

it.each<[string, object[]]>([
  ['fewer', times(5, (i) => ({ id: 1001 + i, status: 'created' }))],
  ['more', times(7, (i) => ({ id: 1001 + i, status: 'created' }))],
  ['no', []]
])(
  'An answer with %s results than records tells nobody whose they are: 500 for all, and no activity',
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
