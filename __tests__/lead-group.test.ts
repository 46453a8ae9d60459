import type { Identity } from '../src/leads/identity'
import { LeadGroup } from '../src/leads/lead-group'

const FAILURE = { status: 429, message: 'throttled' }

const groupOf = (identity: Identity, more: Partial<LeadGroup> = {}) => Object.assign(new LeadGroup(0, identity), more)

describe('Whether two groups of events can be one', () => {
  const known = groupOf({ leadId: 7 })
  const failed = groupOf({ userId: 'u' }, { failure: FAILURE })
  const open = groupOf({ userId: 'u' })

  it.each<[string, LeadGroup, LeadGroup, boolean]>([
    ['the same lead', known, groupOf({ leadId: 7 }), true],
    ['two leads', known, groupOf({ leadId: 8 }), false],
    ['a lead and what could not be told', known, failed, false],
    ['a lead and what is still open', known, open, true],
    ['what could not be told and what is still open', failed, open, true],
    ['two that are still open', open, groupOf({ userId: 'u' }), true]
  ])('%s', (_what, a, b, expected) => {
    expect([a.canJoin(b), b.canJoin(a)]).toEqual([expected, expected])
  })
})

it.each<[string, number]>([
  ['smaller', 1],
  ['larger', 3]
])('Events that join a %s group, of which nothing can be told, share its failure', (_size, events) => {
  const failed = groupOf({ userId: 'u' }, { failure: FAILURE })
  for (let i = 1; i < events; i++) failed.join(groupOf({ userId: 'u' }))
  const open = groupOf({ userId: 'u' }).join(groupOf({ userId: 'u' }))
  expect([open.join(failed).failure, open.current.failure, failed.current.failure]).toEqual([FAILURE, FAILURE, FAILURE])
})

describe('Whether two groups of events show two people', () => {
  it.each<[string, Identity[], Identity, boolean]>([
    ['other emails', [{ email: 'a@example.com' }], { email: 'b@example.com' }, true],
    ['other user IDs', [{ userId: 'a' }], { userId: 'b' }, true],
    ['the same email in another case', [{ email: 'A@example.com' }], { email: 'a@EXAMPLE.com' }, false],
    ['a user ID in another case', [{ userId: 'A' }], { userId: 'a' }, true],
    ['one of two emails', [{ email: 'a@example.com' }, { email: 'b@example.com' }], { email: 'b@example.com' }, false],
    ['nothing to compare', [{ email: 'a@example.com' }], { userId: 'b' }, false]
  ])('%s', (_what, [first, ...others], other, expected) => {
    const group = others.reduce((joined, identity) => joined.join(groupOf(identity)), groupOf(first))
    expect([group.contradicts(groupOf(other)), groupOf(other).contradicts(group)]).toEqual([expected, expected])
  })
})
