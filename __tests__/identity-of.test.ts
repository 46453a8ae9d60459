import { identityOf } from '../src/leads/who/identity'
import type { Identity } from '../src/leads/who/identity'

const BLANK = ' \t'
const email = (length: number) => `${'a'.repeat(length - '@example.com'.length)}@example.com`

/** For tests in which nothing may be left out. */
const refuse = (what: string): never => {
  throw new Error(`left out: ${what}`)
}

const JUNK = [
  ...['null', 'undefined', 'nan', 'none', 'nil', 'n/a', 'unknown', 'anonymous', 'guest', 'true', 'false', '0', '-1'],
  ...['[object Object]', '00000000-0000-0000-0000-000000000000'],
  ...['(null)', '<null>', '<nil>', '(not set)', '(none)']
]
const spellings = (word: string) => [word, word.toUpperCase(), word[0].toUpperCase() + word.slice(1), ` ${word}\t`]

describe('What an event says about its lead', () => {
  it.each(JUNK.flatMap(spellings))(
    '%j as an identifier counts as absent, and the outcome does not mention it',
    (junk) => {
      const fields = { email: 'ada@example.com', userId: junk, anonymousId: junk }
      expect(identityOf(fields, true, refuse)).toEqual({ email: 'ada@example.com' })
      expect(() => identityOf({ userId: junk, anonymousId: junk }, true, refuse)).toThrow('do not count')
      expect(() => identityOf(fields, false, refuse)).toThrow('User ID is missing')
    }
  )

  it.each(['1', '00', 'nullable', 'guest2', 'Nil Admirari', '00000000-0000-0000-0000-000000000001'])(
    '%j is a valid identifier',
    (value) => {
      expect(identityOf({ userId: value, anonymousId: value }, true, refuse)).toEqual({
        userId: value,
        anonymousId: value
      })
    }
  )

  it('a user ID that is an email address is also the email, unless the event has a valid one', () => {
    const userId = ' Ada@Example.com '
    expect(identityOf({ userId }, true, refuse)).toEqual({ userId, email: 'Ada@Example.com' })
    expect(identityOf({ userId, email: 'b@x.org' }, true, refuse)).toEqual({ userId, email: 'b@x.org' })
    const leftOut: string[] = []
    expect(identityOf({ userId, email: 'N/A' }, true, (what) => leftOut.push(what))).toEqual({
      userId,
      email: 'Ada@Example.com'
    })
    expect(leftOut).toHaveLength(1)
  })

  it.each<[string, Identity, Identity, string]>([
    ['a malformed email', { userId: 'u', email: 'N/A' }, { userId: 'u' }, 'Email is not an email address'],
    ['an email that is not ASCII', { leadId: 7, email: 'ü@x.org' }, { leadId: 7 }, 'other than ASCII'],
    ['an email that is too long', { anonymousId: 'x', email: email(256) }, { anonymousId: 'x' }, 'Email is longer'],
    [
      'an anonymous ID that is too long',
      { userId: 'u', anonymousId: 'a'.repeat(256) },
      { userId: 'u' },
      'Anonymous ID is longer'
    ]
  ])('%s is left out if the event has another key, and the outcome says so', (_what, fields, identity, reason) => {
    const leftOut: string[] = []
    expect(identityOf(fields, true, (what) => leftOut.push(what))).toEqual(identity)
    expect(leftOut).toEqual([expect.stringContaining(reason)])
  })

  it.each<[string, Identity, Identity]>([
    ['a blank email', { leadId: 7, email: BLANK }, { leadId: 7 }],
    ['a blank user ID', { leadId: 7, userId: BLANK }, { leadId: 7 }],
    ['a blank anonymous ID', { leadId: 7, anonymousId: BLANK }, { leadId: 7 }],
    ['an email with spaces around it', { email: ` ${email(20)} ` }, { email: email(20) }],
    ['an email of 255 characters', { email: email(255) }, { email: email(255) }],
    ['a user ID of 255 characters', { userId: 'u'.repeat(255) }, { userId: 'u'.repeat(255) }],
    ['the first lead ID', { leadId: 1 }, { leadId: 1 }]
  ])('%s does not count as left out', (_what, fields, expected) => {
    expect(identityOf(fields, true, refuse)).toEqual(expected)
  })

  it.each<[string, Identity]>([
    ['Email', { email: email(256) }],
    ['User ID', { userId: 'u'.repeat(256) }],
    ['Anonymous ID', { anonymousId: 'a'.repeat(256) }]
  ])('%s of 256 characters is refused: Marketo would cut it off and never find it again', (field, fields) => {
    expect(() => identityOf(fields, true, refuse)).toThrow(`${field} is longer than the 255 characters`)
  })

  it.each([0, -1, 1.5, 2 ** 53])('Marketo Lead ID %p is refused', (leadId) => {
    expect(() => identityOf({ leadId }, true, refuse)).toThrow(
      `Marketo Lead ID must be a positive whole number, but it is ${leadId}.`
    )
  })

  it.each([
    'name',
    'name@example',
    'name@example.',
    'name@.com',
    '@example.com',
    'a b@example.com',
    'a@b@example.com',
    'a@example.com, b@example.com'
  ])('Email %s is refused', (address) => {
    expect(() => identityOf({ email: address }, true, refuse)).toThrow('Email is not an email address')
  })
})
