import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import nock from 'nock'
import destination from '../src'
import { marketoApi, refusal, settings, success, endMarketo } from './exported/__helpers__/marketo'

const running = createTestIntegration(destination)
const known = { ...settings, trackAnonymousActivity: false }
const event = createTestEvent({ type: 'identify', userId: 'u', traits: { email: 'a@example.com' }, context: {} })

/** Sends the event with these duplicates in Marketo. @returns the body of its outcome */
async function merged(mapping: object, ...duplicates: object[]): Promise<unknown> {
  const own = { id: 1, email: 'a@example.com', userId: 'u', leadPartitionId: 1 }
  const api = marketoApi()
  api
    .get('/rest/v1/leads.json')
    .query(({ fields }) => !String(fields).includes('leadPartitionId'))
    .reply(200, success(own))
    .post('/rest/v1/leads.json')
    .reply(200, success({ id: 1, status: 'updated' }))
  if (duplicates.length > 0) {
    // Remembered for an hour.
    api
      .get('/rest/v1/leads/describe2.json')
      .optionally()
      .reply(200, success({ fields: [{ name: 'unsubscribed', dataType: 'boolean' }] }))
  }
  for (const key of duplicates.length > 0 ? ['email', 'userId'] : []) {
    api
      .get('/rest/v1/leads.json')
      .query(({ filterType, fields }) => filterType === key && String(fields).includes('leadPartitionId'))
      .reply(200, success(own, ...duplicates.filter((lead) => key in lead)))
  }
  const [response] = (await running.executeBatch('upsertLead', {
    events: [event],
    settings: known,
    mapping: { email: 'a@example.com', userId: 'u', lookupField: 'automatic', ...mapping }
  })) as unknown as { status: number; body: unknown }[]
  expect(response.status).toBe(200)
  return response.body
}

const twin = (id: number) => ({ id, userId: 'U', leadPartitionId: 1 })

describe('Merge Duplicates', () => {
  afterEach(endMarketo)

  it('merges duplicates into the event’s lead, with two more look-ups, and names them', async () => {
    marketoApi().post('/rest/v1/leads/1/merge.json').query({ leadIds: '2,3' }).reply(200, { success: true })
    expect(await merged({ mergeDuplicates: true }, twin(2), twin(3))).toMatchObject({ id: 1, merged: [2, 3] })
  })

  it('merges up to 25 leads per call', async () => {
    const twins = Array.from({ length: 26 }, (_, i) => twin(i + 2))
    marketoApi().post('/rest/v1/leads/1/merge.json').query(true).times(2).reply(200, { success: true })
    expect(await merged({ mergeDuplicates: true }, ...twins)).toMatchObject({ merged: twins.map(({ id }) => id) })
  })

  it('names a failed merge, and the event still succeeds', async () => {
    marketoApi().post('/rest/v1/leads/1/merge.json').query(true).reply(200, refusal('1079', 'Merge failed'))
    expect(await merged({ mergeDuplicates: true }, twin(2))).toMatchObject({
      notMerged: expect.stringMatching(/^2: Merge Leads.*1079/) as string
    })
  })

  it('stops when Marketo throttles', async () => {
    const twins = Array.from({ length: 26 }, (_, i) => twin(i + 2))
    marketoApi().post('/rest/v1/leads/1/merge.json').query(true).reply(200, refusal('606', 'Max rate limit'))
    expect(await merged({ mergeDuplicates: true }, ...twins)).toMatchObject({
      notMerged: expect.stringContaining('; 27: not yet merged') as string
    })
  })

  it('is off by default, and with another Lookup Field', async () => {
    expect(await merged({})).not.toHaveProperty('merged')
    nock.cleanAll()
    marketoApi()
      .post('/rest/v1/leads.json')
      .reply(200, success({ id: 1, status: 'updated' }))
    await running.testAction('upsertLead', {
      event,
      settings: known,
      mapping: { email: 'a@example.com', userId: 'u', lookupField: 'email', mergeDuplicates: true }
    })
  })
})

describe('The hook that creates the lead fields', () => {
  afterEach(endMarketo)

  const run = (createFields?: boolean) =>
    running.actions.upsertLead.executeHook('onMappingSave', {
      settings: known,
      payload: {},
      hookInputs: { createFields }
    } as never)
  const described = (names: string[], searchable = names) =>
    marketoApi()
      .get('/rest/v1/leads/describe2.json')
      .reply(
        200,
        success({
          fields: names.map((name) => ({ name, dataType: 'text' })),
          searchableFields: searchable.map((name) => [name])
        })
      )

  it('creates nothing by default', async () => {
    expect(await run(false)).toMatchObject({ successMessage: expect.stringContaining('Nothing') as string })
  })

  it('creates the missing fields, and names the existing ones', async () => {
    described(['email', 'userId'])
    marketoApi()
      .post('/rest/v1/leads/schema/fields.json', {
        input: [{ name: 'anonymousId', displayName: 'Segment Anonymous ID', dataType: 'string' }]
      })
      .reply(200, success({ name: 'anonymousId', status: 'created' }))
    expect(await run(true)).toMatchObject({
      successMessage: expect.stringMatching(/"userId" was there already.*"anonymousId".* was created/) as string,
      savedData: { created: 'anonymousId' }
    })
  })

  it.each([
    [
      'differs in case',
      ['userid', 'anonymousId'],
      ['userid', 'anonymousId'],
      /"userid" must have the API name "userId" exactly/
    ],
    ['is not searchable', ['userId', 'anonymousId'], ['anonymousId'], /"userId" is not searchable/]
  ])('reports a field that %s', async (_, names, searchable, message) => {
    described(names, searchable)
    expect(await run(true)).toMatchObject({ error: { message: expect.stringMatching(message) as string } })
  })

  it('creates nothing when it cannot read the existing fields, and says why', async () => {
    marketoApi().get('/rest/v1/leads/describe2.json').reply(200, refusal('603', 'Access denied'))
    expect(await run(true)).toEqual({
      error: { code: '403', message: expect.stringMatching(/^Describe Lead.*603.*permission/) as string }
    })
  })

  it('returns an error instead of throwing it', async () => {
    described(['email'])
    marketoApi().post('/rest/v1/leads/schema/fields.json').reply(200, refusal('603', 'Access denied'))
    expect(await run(true)).toMatchObject({
      error: { message: expect.stringContaining('Read-Write Schema Custom Field') as string }
    })
  })
})
