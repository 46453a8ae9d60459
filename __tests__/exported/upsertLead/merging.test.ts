import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, leadsInMarketo, marketoApi, refusal, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const mapping = {
  email: { '@path': '$.traits.email' },
  userId: { '@path': '$.userId' },
  phone: { '@path': '$.traits.phone' },
  mergeDuplicates: true
}
const CONSENT_AND_CRM = ['unsubscribed', 'doNotCall', 'sfdcId'].map((name) => ({ name, dataType: 'string' }))

const identify = (email: string, userId = 'user-1') =>
  createTestEvent({ type: 'identify', userId, anonymousId: undefined, traits: { email, phone: '1' } })

/** The bodies of the outcomes of these events, in one batch. */
async function bodiesOf(...events: ReturnType<typeof identify>[]): Promise<object[]> {
  const outcomes = await testDestination.executeBatch('upsertLead', { events, settings, mapping })
  return outcomes.map((outcome) => (outcome as { body: object }).body)
}

/** Marketo has these fields, and accepts every record. */
const accepting = () =>
  marketoApi()
    .get('/rest/v1/leads/describe2.json')
    .optionally()
    .reply(200, success({ fields: CONSENT_AND_CRM }))
    .persist()
    .post('/rest/v1/leads.json')
    .reply(200, (_uri, { input }: { input: { id: number }[] }) =>
      success(...input.map(({ id }) => ({ id, status: 'updated' })))
    )

const merge = (winner: number, leadIds: string, answer: object = success()) =>
  marketoApi().post(`/rest/v1/leads/${winner}/merge.json`).query({ leadIds }).reply(200, answer)

describe('MarketoV2.upsertLead with Merge Duplicates', () => {
  afterEach(endMarketo)

  it('merges the other leads with the identifiers of the event into the lead of the event', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com', userId: 'user-1' }, { id: 8, userId: 'user-1' })
    accepting()
    merge(7, '8')
    expect(await bodiesOf(identify('ada@example.com'))).toEqual([{ id: 7, status: 'updated', merged: [8] }])
  })

  it('merges the leads of each person of a batch, and nothing for an event that fails', async () => {
    leadsInMarketo(
      { id: 7, email: 'ada@example.com', userId: 'user-1' },
      { id: 8, userId: 'user-1' },
      { id: 9, email: 'bob@example.com', userId: 'user-2' },
      { id: 10, email: 'bob@example.com' },
      { id: 11, email: 'cyd@example.com', userId: 'user-3' },
      { id: 12, email: 'cyd@example.com' }
    )
    const skipped = { id: 11, status: 'skipped', reasons: [{ code: '1008', message: 'Partition access denied' }] }
    marketoApi()
      .post('/rest/v1/leads.json', ({ input }: { input: JSONObject[] }) => input.length === 3)
      .reply(200, success({ id: 7, status: 'updated' }, { id: 9, status: 'updated' }, skipped))
    merge(7, '8')
    merge(9, '10')
    const events = [
      identify('ada@example.com'),
      identify('bob@example.com', 'user-2'),
      identify('cyd@example.com', 'user-3')
    ]
    const [ada, bob, cyd] = await testDestination.executeBatch('upsertLead', { events, settings, mapping })
    expect([ada, bob]).toMatchObject([{ body: { merged: [8] } }, { body: { merged: [10] } }])
    expect(cyd).toMatchObject({ status: 400 })
  })

  it('keeps an opt-out: first the lead that stays gets it, then the others are merged', async () => {
    leadsInMarketo(
      { id: 7, email: 'ada@example.com', userId: 'user-1' },
      { id: 8, userId: 'user-1', unsubscribed: true, doNotCall: false }
    )
    marketoApi()
      .post('/rest/v1/leads.json', ({ input }: { input: JSONObject[] }) => input[0].unsubscribed === undefined)
      .reply(200, success({ id: 7, status: 'updated' }))
      .post('/rest/v1/leads.json', { action: 'updateOnly', lookupField: 'id', input: [{ id: 7, unsubscribed: true }] })
      .reply(200, success({ id: 7, status: 'updated' }))
    merge(7, '8')
    expect(await bodiesOf(identify('ada@example.com'))).toMatchObject([{ merged: [8] }])
  })

  it('merges nothing if the opt-out cannot be kept', async () => {
    leadsInMarketo(
      { id: 7, email: 'ada@example.com', userId: 'user-1' },
      { id: 8, userId: 'user-1', unsubscribed: true }
    )
    marketoApi()
      .post('/rest/v1/leads.json', ({ input }: { input: JSONObject[] }) => input[0].unsubscribed === undefined)
      .reply(200, success({ id: 7, status: 'updated' }))
      .post('/rest/v1/leads.json')
      .reply(200, success({ id: 7, status: 'skipped', reasons: [{ code: '1003', message: 'Not allowed' }] }))
    const [body] = await bodiesOf(identify('ada@example.com'))
    expect(body).toMatchObject({ notMerged: expect.stringMatching(/^8: unsubscribed must be kept first/) as string })
  })

  it('makes no lead disappear that the CRM has', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com', userId: 'user-1' }, { id: 8, userId: 'user-1', sfdcId: '00Q1' })
    accepting()
    const [body] = await bodiesOf(identify('ada@example.com'))
    expect(body).toMatchObject({ id: 7, notMerged: expect.stringContaining('8 has a value in sfdcId') as string })
  })

  it('merges nothing of two people, and nothing in different partitions', async () => {
    leadsInMarketo(
      { id: 7, email: 'ada@example.com', userId: 'user-1', leadPartitionId: 1 },
      { id: 8, email: 'ada@example.com', userId: 'user-2', leadPartitionId: 1 },
      { id: 9, email: 'bob@example.com', userId: 'user-3', leadPartitionId: 1 },
      { id: 10, email: 'bob@example.com', leadPartitionId: 2 }
    )
    accepting()
    expect(await bodiesOf(identify('ada@example.com'), identify('bob@example.com', 'user-3'))).toEqual([
      { id: 7, status: 'updated' },
      { id: 9, status: 'updated' }
    ])
  })

  it('succeeds if a merge fails, and says why', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com', userId: 'user-1' }, { id: 8, userId: 'user-1' })
    accepting()
    merge(7, '8', refusal('1004', 'Lead not found'))
    const [body] = await bodiesOf(identify('ada@example.com'))
    expect(body).toMatchObject({ status: 'updated', notMerged: expect.stringMatching(/^8: .*1004/) as string })
  })

  it('merges nothing whose identifiers cannot be looked up for certain', async () => {
    leadsInMarketo({ id: 7, email: 'ada@example.com' })
    accepting()
    const [body] = await bodiesOf(identify('ada@example.com', 'user,1'))
    expect(body).toMatchObject({ notMerged: 'not looked for: userId contains a comma' })
  })
})
