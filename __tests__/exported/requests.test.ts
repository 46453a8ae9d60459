import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import nock from 'nock'
import destination from '../../src'
import { endMarketo, marketoApi, refusal, settings, success } from './__helpers__/marketo'

const testDestination = createTestIntegration(destination)

/** Writes one lead, for an API user of its own: an access token is kept until it expires. */
async function write(clientId: string): Promise<object> {
  const [outcome] = await testDestination.executeBatch('upsertLead', {
    events: [createTestEvent({ type: 'identify', traits: { email: 'ada@example.com' } })],
    settings: { ...settings, clientId },
    mapping: { email: { '@path': '$.traits.email' }, lookupField: 'email' }
  })
  return outcome
}

const leads = () => marketoApi().post('/rest/v1/leads.json')
const done = success({ id: 7, status: 'updated' })

describe('MarketoV2, a request', () => {
  afterEach(endMarketo)

  it('is repeated once with a new token, because Marketo executes nothing with an old one', async () => {
    leads().reply(200, refusal('602', 'Access token expired'))
    leads().reply(200, done)
    expect(await write('expired')).toMatchObject({ status: 200 })
  })

  it('is retried by Segment if Marketo refuses the new token too', async () => {
    for (let i = 0; i < 2; i++) leads().reply(200, refusal('601', 'Access token invalid'))
    expect(await write('invalid')).toMatchObject({ status: 503 })
  })

  it.each([
    ['606', 429],
    ['607', 429],
    ['615', 429],
    ['604', 504],
    ['603', 403],
    ['610', 400],
    ['999', 500]
  ])('that is refused with %s ends as %i', async (code: string, status: number) => {
    leads().reply(200, refusal(code, 'Refused'))
    expect(await write('refused')).toMatchObject({ status })
  })

  it.each<[string, number, string | object, number]>([
    ['an error page', 200, '<html>Sorry</html>', 502],
    ['HTTP 503', 503, '', 503],
    ['another number of results', 200, success(), 500],
    ['a result without a status', 200, success({ id: 7 }), 500]
  ])(
    'is retried by Segment if Marketo answers with %s',
    async (_what: string, httpStatus: number, body: string | object, status: number) => {
      leads().reply(httpStatus, body)
      expect(await write('odd')).toMatchObject({ status })
    }
  )

  it('is never sent on to another server', async () => {
    leads().reply(302, '', { location: 'https://elsewhere.example.com/rest/v1/leads.json' })
    expect(await write('redirected')).toMatchObject({ status: 502 })
  })

  it('is retried by Segment if the connection breaks', async () => {
    leads().replyWithError('socket hang up')
    expect(((await write('broken')) as { status: number }).status).toBeGreaterThanOrEqual(500)
  })

  it('is not made if Marketo does not accept the credentials', async () => {
    nock('https://123-abc-456.mktorest.com')
      .post('/identity/oauth/token')
      .reply(401, { error: 'invalid_client', error_description: 'Bad client credentials' })
    expect(await write('wrong')).toMatchObject({ status: 401 })
  })
})
