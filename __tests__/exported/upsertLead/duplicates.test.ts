import { duplicatesOf } from '../../../src/leads/merging/duplicates'
import type { Candidate, Evidence } from '../../../src/leads/merging/duplicates'
import type { Keys } from '../../../src/leads/who/keys'

const lead = (id: number, keys: Keys, partitionId?: number): Candidate => ({ id, keys, partitionId })
const event = (leadId: number, identity: Keys): Evidence => ({ leadId, identity })
/** Which leads are merged into which lead. */
const merges = (events: Evidence[], leads: Candidate[]) =>
  duplicatesOf(events, leads).merges.map(({ winner, losers }) => [winner.id, losers.map(({ id }) => id)])

describe('Leads are one person', () => {
  it.each<[string, Keys, Keys[], number[]]>([
    [
      'two systems created both leads',
      { email: 'a', userId: 'u' },
      [
        { email: 'a', userId: 'u' },
        { email: 'a', userId: 'u' }
      ],
      [2]
    ],
    ['the event shows both keys', { email: 'a', userId: 'u' }, [{ email: 'a', userId: 'u' }, { userId: 'u' }], [2]],
    [
      'keys differ in case',
      { email: 'A', userId: 'U' },
      [{ email: 'a', userId: 'u' }, { email: 'A' }, { userId: 'U' }],
      [2, 3]
    ],
    ['an anonymous visitor identifies', { email: 'a', anonymousId: 'k' }, [{ email: 'a' }, { anonymousId: 'k' }], [2]]
  ])('when %s', (_when: string, identity: Keys, keys: Keys[], losers: number[]) => {
    const leads = keys.map((own, i) => lead(i + 1, own))
    expect(merges([event(1, identity)], leads)).toEqual([[1, losers]])
  })
})

describe('Leads stay apart', () => {
  it.each<[string, Keys, Keys[]]>([
    [
      'with different user IDs',
      { email: 'a', userId: 'u' },
      [
        { email: 'a', userId: 'u' },
        { email: 'a', userId: 'v' }
      ]
    ],
    [
      'with different emails',
      { email: 'a', userId: 'u' },
      [
        { email: 'a', userId: 'u' },
        { email: 'b', userId: 'u' }
      ]
    ],
    [
      'when a third lead contradicts them',
      { email: 'a', userId: 'u' },
      [{ email: 'a', userId: 'u' }, { email: 'a' }, { email: 'a', userId: 'v' }]
    ],
    [
      'when they share only a browser',
      { email: 'a', anonymousId: 'k' },
      [
        { email: 'a', anonymousId: 'k' },
        { userId: 'v', anonymousId: 'k' }
      ]
    ],
    [
      'when two people share the browser of an anonymous lead',
      { email: 'a', anonymousId: 'k' },
      [{ email: 'a' }, { email: 'b', anonymousId: 'k' }, { anonymousId: 'k' }]
    ]
  ])('%s', (_when: string, identity: Keys, keys: Keys[]) => {
    const leads = keys.map((own, i) => lead(i + 1, own))
    expect(merges([event(1, identity)], leads)).toEqual([])
  })

  it('in different partitions', () => {
    expect(merges([event(1, { email: 'a' })], [lead(1, { email: 'a' }, 1), lead(2, { email: 'a' }, 2)])).toEqual([])
  })

  it('when Marketo does not return the event’s own lead', () => {
    expect(merges([event(9, { email: 'a' })], [lead(1, { email: 'a' }), lead(2, { email: 'a' })])).toEqual([])
  })
})

describe('Several events', () => {
  it('follow a lead that was merged into another', () => {
    const leads = [
      lead(1, { email: 'a', userId: 'u' }),
      lead(2, { userId: 'u' }),
      lead(3, { userId: 'u', anonymousId: 'k' })
    ]
    const events = [event(1, { email: 'a', userId: 'u' }), event(2, { userId: 'u' })]
    expect(merges(events, leads)).toEqual([[1, [2, 3]]])
  })

  it('do not merge a chain of leads that contradict each other', () => {
    const leads = [
      lead(1, { email: 'a' }),
      lead(2, { email: 'a', anonymousId: 'k' }),
      lead(3, { email: 'b', anonymousId: 'k' })
    ]
    expect(merges([event(1, { email: 'a' }), event(3, { anonymousId: 'k' })], leads)).toEqual([[1, [2]]])
  })
})

describe('A merge', () => {
  const two = (more: Partial<Candidate>) => [lead(1, { email: 'a' }), { ...lead(2, { email: 'a' }), ...more }]

  it('makes the lead that stays as strict about consent as those that disappear', () => {
    const { merges: planned } = duplicatesOf([event(1, { email: 'a' })], two({ consent: new Set(['unsubscribed']) }))
    expect(planned).toMatchObject([{ consent: ['unsubscribed'] }])
  })

  it('says nothing about consent that the lead has already', () => {
    const leads = two({ consent: new Set(['unsubscribed']) }).map((one) => ({
      ...one,
      consent: new Set(['unsubscribed'])
    }))
    expect(duplicatesOf([event(1, { email: 'a' })], leads).merges).toMatchObject([{ consent: [] }])
  })

  it('never makes a lead of the CRM disappear', () => {
    const { merges: planned, kept } = duplicatesOf([event(1, { email: 'a' })], two({ crmField: 'sfdcId' }))
    expect(planned).toEqual([])
    expect(kept).toMatchObject([{ losers: [{ id: 2 }], inCrm: { id: 2, crmField: 'sfdcId' } }])
  })

  it('may make other leads part of a lead of the CRM', () => {
    const { merges: planned, kept } = duplicatesOf([event(2, { email: 'a' })], two({ crmField: 'sfdcId' }))
    expect(planned).toMatchObject([{ winner: { id: 2 }, losers: [{ id: 1 }] }])
    expect(kept).toEqual([])
  })

  it('gives the lead that stays the keys that it lacked, so that later events see them', () => {
    const leads = [
      lead(1, { email: 'a', userId: 'u' }),
      lead(2, { userId: 'u', anonymousId: 'k' }),
      lead(3, { anonymousId: 'k' })
    ]
    const events = [event(1, { email: 'a', userId: 'u' }), event(1, { anonymousId: 'k' })]
    expect(merges(events, leads)).toEqual([
      [1, [2]],
      [1, [3]]
    ])
  })
})
