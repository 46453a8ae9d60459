import { chainOf, summaryOf } from '../migration/directive'
import type { Value } from '../migration/json'
import { firstMapping, firstOf } from '../src/segment/traits'

const path = (name: string): Value => ({ '@path': `$.${name}` })
const chain = (...names: string[]) => firstOf(...names.map((name) => `$.${name}`)) as Value

describe('A chain of paths', () => {
  it('is known by its paths, in their order', () => {
    expect(chainOf(chain('a'))).toEqual(['$.a'])
    expect(chainOf(chain('a.b', 'c', 'd'))).toEqual(['$.a.b', '$.c', '$.d'])
    expect(chainOf(firstMapping(path('a') as never, path('b') as never) as Value)).toEqual(['$.a', '$.b'])
    expect(chainOf({ '@if': { exists: path('a'), then: path('a'), else: path('b') } })).toEqual(['$.a', '$.b'])
  })

  it.each<[string, Value | undefined]>([
    ['nothing', undefined],
    ['a path alone', path('a')],
    ['text', 'a'],
    ['a condition on another path', { '@if': { exists: path('a'), then: path('b') } }],
    ['a condition with text', { '@if': { exists: path('a'), then: 'x' } }],
    ['a chain that ends with text', { '@if': { exists: path('a'), then: path('a'), else: 'x' } }]
  ])('is not %s', (_what, value) => {
    expect(chainOf(value)).toBeUndefined()
  })

  it('reads as one line, in which neighbors name their object once', () => {
    expect(summaryOf(chain('traits.firstName', 'traits.first_name'))).toBe('$.traits.firstName, else first_name')
    expect(summaryOf(chain('traits.a.b', 'traits.a', 'traits.c', 'userId'))).toBe(
      '$.traits.a.b, else $.traits.a, else c, else $.userId'
    )
    expect(summaryOf(chain('userId', 'anonymousId'))).toBe('$.userId, else anonymousId')
    expect(summaryOf({ '@if': { exists: path('a'), then: 'x', else: 'y' } })).toBe('if $.a then x, else y')
    expect(summaryOf({ '@if': { exists: path('a'), then: path('a'), else: 'y' } })).toBe('$.a, else y')
  })
})
