import fc from 'fast-check'
import { duplicatesOf } from '../src/leads/merging/duplicates'

// Which leads are one person is held by examples too, in exported/upsertLead/duplicates.test.ts.
describe('Merges of random leads', () => {
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
