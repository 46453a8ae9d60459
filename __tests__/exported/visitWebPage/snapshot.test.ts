import destination from '../../../src'
import { endMarketo, marketoApi, marketoCookie, munchkin, success } from '../__helpers__/marketo'
import { identifiers, requestsOf, userId } from '../__helpers__/snapshot'

const actionSlug = 'visitWebPage'
const destinationSlug = 'actions-marketo-v2'

const requiredFields = {
  userId,
  url: 'https://example.com/',
  userAgent: 'Mozilla/5.0',
  visitedAt: '2026-01-02T03:04:05Z'
}

const allFields = {
  ...identifiers,
  leadId: 7,
  url: '/pricing?plan=pro&seats=3#yearly',
  userAgent: 'Mozilla/5.0',
  hostname: 'https://example.com:8443/',
  referrer: 'https://example.net/?q=a%20b',
  visitedAt: '2026-01-02T03:04:05.678Z',
  marketoCookie,
  associateLead: true,
  partitionName: 'Europe',
  enable_batching: true,
  batch_size: 300
}

describe(`Testing snapshot for ${destinationSlug}'s ${actionSlug} destination action:`, () => {
  afterEach(endMarketo)

  it('required fields', async () => {
    marketoApi().get('/rest/v1/leads.json').query(true).twice().reply(200, success())
    munchkin().post('/webevents/visitWebPage').query(true).reply(202)
    expect(await requestsOf(actionSlug, requiredFields)).toMatchSnapshot()
  })

  it('all fields', async () => {
    marketoApi()
      .get('/rest/v1/leads.json')
      .query(true)
      .reply(200, success())
      .post('/rest/v1/leads/7/associate.json')
      .query(true)
      .reply(200, success())
    munchkin().post('/webevents/visitWebPage').query(true).reply(202)
    expect(await requestsOf(actionSlug, allFields)).toMatchSnapshot()
  })

  it('has a value for every field', () => {
    expect(Object.keys(allFields).sort()).toEqual(Object.keys(destination.actions[actionSlug].fields).sort())
  })
})
