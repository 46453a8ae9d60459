import fc from 'fast-check'
import { duplicatesOf } from '../src/leads/merging/duplicates'
import type { Candidate, Evidence } from '../src/leads/merging/duplicates'
import type { Keys } from '../src/leads/who/keys'

const lead = (id: number, keys: Keys, partitionId?: number): Candidate => ({ id, keys, partitionId })
const event = (leadId: number, identity: Keys): Evidence => ({ leadId, identity })
/** Which leads are merged into which lead. */
const merges = (events: Evidence[], leads: Candidate[]) =>
  duplicatesOf(events, leads).merges.map(({ winner, losers }) => [winner.id, losers.map(({ id }) => id)])

describe('Leads are one person', () => {
  it.each<[string, Keys, Keys[], number[]]>([
    [
      'two processes created both leads',
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
  ])('when %s', (_, identity, keys, losers) => {
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
  ])('%s', (_, identity, keys) => {
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

  const some = (values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
  const keys = fc.record({
    email: some(['a', 'A', 'b', 'c']),
    userId: some(['u', 'U', 'v']),
    anonymousId: some(['k', 'm'])
  })
  const leads = fc.array(
    fc.record({
      keys,
      partitionId: fc.constantFrom(1, 1, 1, 2),
      consent: fc.subarray(['unsubscribed', 'doNotCall']).map((fields) => new Set(fields)),
      crmField: fc.constantFrom(undefined, undefined, undefined, 'sfdcId')
    }),
    { maxLength: 7 }
  )
  const events = fc.array(fc.record({ leadId: fc.integer({ min: 0, max: 6 }), identity: keys }), { maxLength: 6 })

  it('never merge leads with different user IDs, emails or partitions, nor into a less strict one, nor one of a CRM, and use each lead once', () => {
    fc.assert(
      fc.property(leads, events, (drawn, happened) => {
        const all = drawn.map((one, id) => ({ id, ...one }))
        const into = new Map<number, number>()
        const strict = new Map(all.map(({ id, consent }) => [id, new Set(consent)]))
        for (const { winner, losers, consent } of duplicatesOf(happened, all).merges) {
          for (const field of consent) strict.get(winner.id)?.add(field)
          for (const loser of losers) {
            expect(loser.crmField).toBeUndefined()
            expect([...(strict.get(winner.id) ?? [])]).toEqual(
              expect.arrayContaining([...(strict.get(loser.id) ?? [])])
            )
          }
          for (const { id } of [winner, ...losers]) expect(into.has(id)).toBe(false)
          for (const { id } of losers) into.set(id, winner.id)
        }
        const headOf = (id: number): number => (into.has(id) ? headOf(Number(into.get(id))) : id)
        for (const { id } of all) {
          const family = all.filter((other) => headOf(other.id) === headOf(id))
          for (const key of ['email', 'userId'] as const) {
            const values = family.flatMap((one) => one.keys[key]?.toLowerCase() ?? [])
            expect(new Set(values).size).toBeLessThanOrEqual(1)
          }
          expect(new Set(family.map(({ partitionId }) => partitionId)).size).toBe(1)
        }
      }),
      { numRuns: 2_000 }
    )
  })
})
