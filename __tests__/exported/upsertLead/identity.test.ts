import { createTestEvent, createTestIntegration } from '@segment/actions-core'
import type { JSONObject } from '@segment/actions-core'
import destination from '../../../src'
import { endMarketo, leadsInMarketo, marketoApi, settings, success } from '../__helpers__/marketo'
import type { Lead } from '../__helpers__/marketo'

const testDestination = createTestIntegration(destination)

const mapping = {
  email: { '@path': '$.properties.email' },
  userId: { '@path': '$.properties.userId' },
  anonymousId: { '@path': '$.properties.anonymousId' },
  leadId: { '@path': '$.properties.leadId' },
  phone: { '@path': '$.properties.phone' }
}

interface Ids {
  email?: string
  userId?: string
  anonymousId?: string
  leadId?: number
}

const batch = (all: Ids[], trackAnonymousActivity = true) =>
  testDestination.executeBatch('upsertLead', {
    events: all.map((ids, i) => createTestEvent({ type: 'track', properties: { phone: String(i), ...ids } })),
    settings: { ...settings, trackAnonymousActivity },
    mapping
  })

/** Marketo accepts everything. New leads get 100, 101 and so on. @returns what it has got, by lookup field */
function accepting(): [lookupField: string, input: JSONObject[]][] {
  const calls: [string, JSONObject[]][] = []
  let created = 99
  marketoApi()
    .persist()
    .post('/rest/v1/leads.json')
    .reply(200, (_uri, { lookupField, input }: { lookupField: string; input: JSONObject[] }) => {
      calls.push([lookupField, input])
      const results = input.map(({ id }) => {
        if (id !== undefined) return { id, status: 'updated' }
        created += 1
        return { id: created, status: 'created' }
      })
      return success(...results)
    })
  return calls
}

const ada = 'ada@example.com'

describe('MarketoV2.upsertLead, the lead of an event', () => {
  afterEach(endMarketo)

  it.each<[string, Ids, Lead[], number]>([
    [
      'with the email and the User ID, of several',
      { email: ada, userId: 'u1' },
      [
        { id: 7, email: ada },
        { id: 8, email: ada, userId: 'u1' }
      ],
      8
    ],
    [
      'with the email and no User ID, of several',
      { email: ada, userId: 'u1' },
      [
        { id: 7, email: ada, userId: 'u2' },
        { id: 8, email: ada }
      ],
      8
    ],
    [
      'updated last, of several with the email',
      { email: ada },
      [
        { id: 7, email: ada, updatedAt: '2026-02-01T00:00:00Z' },
        { id: 8, email: ada, updatedAt: '2026-01-01T00:00:00Z' }
      ],
      7
    ],
    [
      'of the User ID, if the address is shared',
      { email: ada, userId: 'u1' },
      [
        { id: 7, email: ada, userId: 'u2' },
        { id: 8, email: 'x@example.com', userId: 'u1' }
      ],
      8
    ],
    ['with the User ID', { userId: 'u1' }, [{ id: 8, userId: 'u1' }], 8],
    ['with the User ID in another case', { userId: 'U1' }, [{ id: 8, userId: 'u1' }], 8],
    ['with the Anonymous ID, without a name', { email: ada, anonymousId: 'a1' }, [{ id: 8, anonymousId: 'a1' }], 8],
    ['by an email in the User ID', { userId: ada }, [{ id: 7, email: ada }], 7],
    ['by an email in the Anonymous ID', { anonymousId: ada }, [{ id: 7, email: ada }], 7]
  ])('is %s', async (_which: string, ids: Ids, leads: Lead[], id: number) => {
    leadsInMarketo(...leads)
    const calls = accepting()
    expect(await batch([ids])).toMatchObject([{ status: 200, body: { id } }])
    expect(calls).toMatchObject([['id', [{ id }]]])
  })

  it('is the one that the mapping names, without a search', async () => {
    const calls = accepting()
    expect(await batch([{ leadId: 9, email: ada }])).toMatchObject([{ status: 200, body: { id: 9 } }])
    expect(calls).toEqual([['id', [{ id: 9, phone: '0', email: ada }]]])
  })

  it.each<[string, Ids, Lead[], string]>([
    ['by its User ID', { email: ada, userId: 'u1' }, [], 'userId'],
    ['by its email', { email: ada, anonymousId: 'a1' }, [], 'email'],
    ['by its Anonymous ID', { anonymousId: 'a1' }, [], 'anonymousId'],
    [
      'if only the browser is the same',
      { email: ada, anonymousId: 'a1' },
      [{ id: 8, email: 'bob@example.com', anonymousId: 'a1' }],
      'email'
    ]
  ])('is created %s', async (_how: string, ids: Ids, leads: Lead[], lookupField: string) => {
    leadsInMarketo(...leads)
    const calls = accepting()
    expect(await batch([ids])).toMatchObject([{ status: 200, body: { id: 100, status: 'created' } }])
    expect(calls.map(([field]) => field)).toEqual([lookupField])
  })

  it('is the same for events of one batch that share an identifier, before Marketo knows it', async () => {
    leadsInMarketo()
    const calls = accepting()
    const outcomes = await batch([{ email: ada }, { email: ada, userId: 'u1' }, { userId: 'u1' }, { userId: 'u2' }])
    const [first, ...ids] = outcomes.map((outcome) => (outcome as unknown as { body: { id: number } }).body.id)
    expect(ids.map((id) => id === first)).toEqual([true, true, false])
    expect(calls.flatMap(([, input]) => input)).toHaveLength(2)
  })

  it('gets a new email without losing its User ID, and a second event finds it by either', async () => {
    leadsInMarketo({ id: 7, email: 'old@example.com', userId: 'u1' })
    const calls = accepting()
    expect(await batch([{ email: ada, userId: 'u1' }, { email: ada }])).toMatchObject([
      { body: { id: 7 } },
      { body: { id: 7 } }
    ])
    expect(calls[0]).toEqual(['id', [{ id: 7, phone: '1', email: ada, userId: 'u1' }]])
  })

  it('takes an identifier over from another lead after that lead gave it up', async () => {
    leadsInMarketo({ id: 7, email: ada, userId: 'u1' })
    accepting()
    const outcomes = await batch([
      { email: 'new@example.com', userId: 'u1' },
      { email: ada, userId: 'u2' }
    ])
    expect(outcomes).toMatchObject([{ status: 200, body: { id: 7 } }, { status: 200 }])
  })

  it('with a comma in its identifier is found with an update that changes nothing', async () => {
    const update = (input: JSONObject[], lookupField: string, answer: object) =>
      marketoApi().post('/rest/v1/leads.json', { action: 'updateOnly', lookupField, input }).reply(200, success(answer))
    update([{ userId: 'a,b' }], 'userId', { id: 7, status: 'updated' })
    leadsInMarketo({ id: 7, userId: 'a,b' })
    update([{ id: 7, phone: '0', userId: 'a,b' }], 'id', { id: 7, status: 'updated' })
    expect(await batch([{ userId: 'a,b' }])).toMatchObject([{ status: 200, body: { id: 7 } }])
  })

  it('is refused with a comma in an identifier that several leads have', async () => {
    const several = { status: 'skipped', reasons: [{ code: '1007', message: 'Multiple lead match' }] }
    marketoApi().post('/rest/v1/leads.json').reply(200, success(several))
    expect(await batch([{ userId: 'a,b' }])).toMatchObject([{ status: 400 }])
  })

  it.each<[string, Ids, boolean, string]>([
    ['without any identifier', {}, true, 'does not say which lead'],
    [
      'with values that name nobody',
      { userId: 'undefined', anonymousId: '00000000-0000-0000-0000-000000000000' },
      true,
      'does not say which lead'
    ],
    [
      'without a User ID while anonymous tracking is off',
      { email: ada, anonymousId: 'a1' },
      false,
      'User ID is missing'
    ],
    ['with an email that Marketo refuses, and nothing else', { email: 'ädä@example.com' }, true, 'other than ASCII'],
    ['with a text that is no email, and nothing else', { email: 'ada' }, true, 'not an email address'],
    ['with a User ID of 300 characters', { userId: 'u'.repeat(300) }, true, 'is longer than the'],
    ['with a negative lead ID', { leadId: -1 }, true, 'must be a positive whole number']
  ])('is refused %s', async (_what: string, ids: Ids, trackAnonymousActivity: boolean, message: string) => {
    expect(await batch([ids], trackAnonymousActivity)).toMatchObject([
      { status: 400, errormessage: expect.stringContaining(message) as string }
    ])
  })

  it('is found by the User ID if Marketo would refuse the email, and the email stays as it is', async () => {
    leadsInMarketo({ id: 7, userId: 'u1' })
    const calls = accepting()
    const [outcome] = await batch([{ email: 'ada', userId: 'u1' }])
    expect(outcome).toMatchObject({ status: 200, body: { leftOut: [expect.stringContaining('Email')] } })
    expect(calls).toEqual([['id', [{ id: 7, phone: '0', userId: 'u1' }]]])
  })
})
