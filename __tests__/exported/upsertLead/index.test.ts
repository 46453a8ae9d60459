import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, marketoApi, settings, success } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const event = createTestEvent({
  type: 'identify',
  userId: 'user-1',
  traits: {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    company: { name: 'Engines' },
    birthday: '1815-12-10',
    address: { city: 'London', zip: 'W1' }
  }
})

const identifiers = { email: { '@path': '$.traits.email' }, userId: { '@path': '$.userId' } }

describe('MarketoV2.upsertLead', () => {
  afterEach(endMarketo)

  it('updates the lead that has the email', async () => {
    marketoApi()
      .get('/rest/v1/leads.json')
      .query(({ filterType, filterValues }) => filterType === 'email' && filterValues === 'ada@example.com')
      .reply(200, success({ id: 7, email: 'Ada@Example.com', updatedAt: '2026-01-01T00:00:00Z' }))
      .post('/rest/v1/leads.json', {
        action: 'updateOnly',
        lookupField: 'id',
        input: [
          {
            id: 7,
            firstName: 'Ada',
            lastName: 'Lovelace',
            company: 'Engines',
            dateOfBirth: '1815-12-10',
            city: 'London',
            postalCode: 'W1',
            email: 'ada@example.com',
            userId: 'user-1',
            anonymousId: event.anonymousId as string
          }
        ]
      })
      .reply(200, success({ id: 7, status: 'updated' }))

    const responses = await testDestination.testAction('upsertLead', { event, settings, useDefaultMappings: true })
    expect(responses.map(({ status }) => status)).toEqual([200, 200])
  })

  it('creates a lead if Marketo has none with the email, userId or anonymousId', async () => {
    marketoApi()
      .get('/rest/v1/leads.json')
      .query(true)
      .thrice()
      .reply(200, success())
      .post('/rest/v1/leads.json', ({ action, lookupField }) => action === 'createOrUpdate' && lookupField === 'userId')
      .reply(200, success({ id: 8, status: 'created' }))

    await testDestination.testAction('upsertLead', { event, settings, useDefaultMappings: true })
  })

  it("fails with status 400 and Marketo's reason when Marketo skips the lead", async () => {
    marketoApi()
      .post('/rest/v1/leads.json')
      .reply(200, success({ status: 'skipped', reasons: [{ code: '1006', message: "Field 'plan' not found" }] }))

    await expect(
      testDestination.testAction('upsertLead', {
        event,
        settings,
        mapping: { lookupField: 'email', customFields: { plan: 'pro' } },
        useDefaultMappings: true
      })
    ).rejects.toMatchObject({ status: 400, message: expect.stringContaining("1006, Field 'plan' not found") as string })
  })

  it('gives each event of a batch its own outcome, in one call for all events', async () => {
    marketoApi()
      .post('/rest/v1/leads.json')
      .reply(
        200,
        success({ id: 1, status: 'created' }, { status: 'skipped', reasons: [{ code: '1007', message: 'Multiple' }] })
      )

    const events = ['a@example.com', 'b@example.com', 'no email'].map((email) =>
      createTestEvent({ type: 'identify', userId: email, traits: { email } })
    )
    const outcomes = await testDestination.executeBatch('upsertLead', {
      events,
      settings,
      mapping: { ...identifiers, lookupField: 'email' }
    })
    expect(outcomes.map(({ status }) => status)).toEqual([200, 400, 400])
  })

  it('merges events about the same lead into one record, where later values win', async () => {
    const lead = { id: 7, email: 'ada@example.com', userId: 'user-1' }
    marketoApi()
      .get('/rest/v1/leads.json')
      .query(({ filterType }) => filterType === 'email')
      .reply(200, success(lead))
      .get('/rest/v1/leads.json')
      .query(({ filterType, filterValues }) => filterType === 'userId' && filterValues === 'user-2')
      .reply(200, success())
      .get('/rest/v1/leads.json')
      .query(({ filterType }) => filterType === 'anonymousId')
      .reply(200, success({ ...lead, anonymousId: 'anonymous-1' }))
      .post('/rest/v1/leads.json', ({ lookupField, input }: { lookupField: string; input: object[] }) => {
        if (lookupField !== 'id') return false
        expect(input).toEqual([
          { id: 7, phone: '2', email: 'ada@example.com', userId: 'user-1', anonymousId: 'anonymous-1' }
        ])
        return true
      })
      .reply(200, success({ id: 7, status: 'updated' }))
      .post('/rest/v1/leads.json', ({ lookupField }: { lookupField: string }) => lookupField === 'userId')
      .reply(200, success({ id: 8, status: 'created' }))

    const identify = (ids: { userId?: string; anonymousId?: string }, traits: Record<string, string>) =>
      createTestEvent({ type: 'identify', userId: undefined, anonymousId: undefined, ...ids, traits })
    const events = [
      identify({ userId: 'user-1' }, { email: 'Ada@example.com', phone: '1' }),
      identify({ anonymousId: 'anonymous-1' }, { phone: '3' }),
      identify({ userId: 'user-1' }, { email: 'ada@example.com', phone: '2' }),
      identify({ userId: 'user-2' }, { phone: '4' })
    ]
    const outcomes = await testDestination.executeBatch('upsertLead', {
      events,
      settings,
      mapping: { ...identifiers, anonymousId: { '@path': '$.anonymousId' }, phone: { '@path': '$.traits.phone' } }
    })
    expect(outcomes.map((outcome) => (outcome as { body: object }).body)).toEqual([
      { id: 7, status: 'updated' },
      { id: 7, status: 'updated' },
      { id: 7, status: 'updated' },
      { id: 8, status: 'created' }
    ])
  })
})
