import { identityOf } from '../src/segment/identity'
import type { Identity } from '../src/leads/who/keys'

const BLANK = ' \t'
const email = (length: number) => `${'a'.repeat(length - '@example.com'.length)}@example.com`

/** For tests in which nothing may be left out. */
const refuse = (what: string): never => {
  throw new Error(`left out: ${what}`)
}

const ON = { trackAnonymousActivity: true }
const OFF = { trackAnonymousActivity: false }

const JUNK = [
  ...['null', 'undefined', 'nan', 'none', 'nil', 'n/a', 'unknown', 'anonymous', 'guest', 'true', 'false', '0', '-1'],
  ...['[object Object]', '00000000-0000-0000-0000-000000000000'],
  ...['(null)', '<null>', '<nil>', '(not set)', '(none)'],
  // Only zeros and dashes.
  ...['00', '-', '--', '0000-0000', '000000000000000000000000'],
  // Templates that nobody filled in.
  ...[
    '{{user.id}}',
    '{{{ user.id }}}',
    'user_{{user.id}}',
    '${id}',
    '#{user.id}',
    '%ID%',
    '%%user_id%%',
    '%user.id%',
    '<%= user.id %>'
  ],
  ...['*|UNIQID|*', '{user_id}', '<user id>'],
  // Written twice as JSON.
  ...['"null"', '""', "'undefined'"],
  ...['user-[object Object]', '\u200b']
]
const spellings = (word: string) => [word, word.toUpperCase(), word[0].toUpperCase() + word.slice(1), ` ${word}\t`]

describe('What an event says about its lead', () => {
  it.each(JUNK.flatMap(spellings))(
    '%j as an identifier counts as absent, and the outcome does not mention it',
    (junk) => {
      const fields = { email: 'ada@example.com', userId: junk, anonymousId: junk }
      expect(identityOf(fields, ON, refuse)).toEqual({ email: 'ada@example.com' })
      expect(() => identityOf({ userId: junk, anonymousId: junk }, ON, refuse)).toThrow('do not count')
      expect(() => identityOf(fields, OFF, refuse)).toThrow('User ID is missing')
    }
  )

  it.each([
    ...['1', '-10', '001', 'nullable', 'guest2', 'Nil Admirari', '00000000-0000-0000-0000-000000000001'],
    ...['{6f9619ff-8b86-d011-b42d-00cf4fc964ff}', '100%', 'a%20b%20c', 'a{b}', '$1', '<3 you']
  ])('%j is a valid identifier', (value) => {
    expect(identityOf({ userId: value, anonymousId: value }, ON, refuse)).toEqual({
      userId: value,
      anonymousId: value
    })
  })

  it('an ID stays as it is written: IDs that differ in white space are different people', () => {
    for (const id of [' u1 ', 'u\u200b1']) {
      expect(identityOf({ userId: id, anonymousId: id }, ON, refuse)).toEqual({ userId: id, anonymousId: id })
    }
  })

  it('a user ID that is an email address is also the email, unless the event has a valid one', () => {
    const userId = ' Ada@Example.com '
    expect(identityOf({ userId }, ON, refuse)).toEqual({ userId, email: 'Ada@Example.com' })
    expect(identityOf({ userId, email: 'b@x.org' }, ON, refuse)).toEqual({ userId, email: 'b@x.org' })
    const leftOut: string[] = []
    expect(identityOf({ userId, email: 'N/A' }, ON, (what) => leftOut.push(what))).toEqual({
      userId,
      email: 'Ada@Example.com'
    })
    expect(leftOut).toHaveLength(1)
  })

  it.each([true, false])(
    'an anonymous ID that is an email address is the email, and no anonymous ID (anonymous tracking: %s)',
    (trackAnonymousActivity) => {
      const read = (fields: Identity, needsUser = false) =>
        identityOf(fields, { trackAnonymousActivity }, refuse, needsUser)
      const anonymousId = ' Ada <ada@example.com>'
      expect(read({ anonymousId })).toEqual({ email: 'ada@example.com' })
      expect(read({ anonymousId, userId: 'u' }, true)).toEqual({ userId: 'u', email: 'ada@example.com' })
      expect(read({ anonymousId, email: 'b@x.org' })).toEqual({ email: 'b@x.org' })
      expect(read({ anonymousId, userId: 'c@x.org' })).toEqual({ userId: 'c@x.org', email: 'c@x.org' })
      expect(read({ anonymousId: 'ada@localhost', leadId: 7 })).toEqual({
        leadId: 7,
        ...(trackAnonymousActivity && { anonymousId: 'ada@localhost' })
      })
    }
  )

  it('while anonymous tracking is off, an email is enough unless the action needs a user ID', () => {
    const fields = { email: 'ada@example.com', anonymousId: 'a' }
    expect(identityOf(fields, {}, refuse, false)).toEqual({ email: 'ada@example.com' })
    expect(() => identityOf(fields, {}, refuse)).toThrow('User ID is missing')
    expect(() => identityOf({ email: 'josé@x.org' }, {}, refuse)).toThrow(/^User ID is missing.* Email has characters/)
    expect(() => identityOf({ anonymousId: 'a' }, {}, refuse, false)).toThrow(
      /^User ID is missing.*needs a User ID, an email or a Marketo Lead ID/
    )
    expect(() => identityOf({ email: 'N/A' }, {}, refuse, false)).toThrow('Email is not an email address')
    expect(() => identityOf({}, ON, refuse)).toThrow('Map Email, User ID, Anonymous ID or Marketo Lead ID.')
  })

  it.each([
    ...['<ada@example.com>', 'ada@example.com,', 'ada@example.com;', 'ada@example.com ; ', '"ada@example.com"'],
    ...[
      'mailto:ada@example.com',
      'MAILTO:ada@example.com?subject=Hi',
      '<mailto:ada@example.com>',
      'mailto: ada@example.com,'
    ],
    ...['Ada Lovelace <ada@example.com>', '"Lovelace, Ada" <ada@example.com>', 'Lovelace, Ada <ada@example.com>,'],
    ...["'ada@example.com' <ada@example.com>", 'ada\u200b@example.com', '\ufeffada@exam\u00adple.com\u200e']
  ])('%j is the email ada@example.com', (value) => {
    expect(identityOf({ email: value }, ON, refuse)).toEqual({ email: 'ada@example.com' })
    expect(identityOf({ userId: 'u', anonymousId: value }, ON, refuse)).toEqual({
      userId: 'u',
      email: 'ada@example.com'
    })
  })

  it.each([
    'undefined',
    'null',
    'NaN',
    '(null)',
    '[object Object]',
    '{{user.email}}',
    '{{user.name}}@example.com',
    '<>'
  ])('%j is no email, and the outcome does not mention it', (email) =>
    expect(identityOf({ userId: 'u', email }, ON, refuse)).toEqual({ userId: 'u' })
  )

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
    expect(identityOf(fields, ON, (what) => leftOut.push(what))).toEqual(identity)
    expect(leftOut).toEqual([expect.stringContaining(reason)])
  })

  it.each<[string, Identity, Identity]>([
    ['a blank email', { leadId: 7, email: BLANK }, { leadId: 7 }],
    ['a blank user ID', { leadId: 7, userId: BLANK }, { leadId: 7 }],
    ['a blank anonymous ID', { leadId: 7, anonymousId: BLANK }, { leadId: 7 }],
    ['an email with spaces around it', { email: ` ${email(20)} ` }, { email: email(20) }],
    ['an email whose name is in quotes', { email: '"a,b"@example.com' }, { email: '"a,b"@example.com' }],
    ['an email of 255 characters', { email: email(255) }, { email: email(255) }],
    ['a user ID of 255 characters', { userId: 'u'.repeat(255) }, { userId: 'u'.repeat(255) }],
    ['the first lead ID', { leadId: 1 }, { leadId: 1 }]
  ])('%s does not count as left out', (_what, fields, expected) => {
    expect(identityOf(fields, ON, refuse)).toEqual(expected)
  })

  it.each<[string, Identity]>([
    ['Email', { email: email(256) }],
    ['User ID', { userId: 'u'.repeat(256) }],
    ['Anonymous ID', { anonymousId: 'a'.repeat(256) }]
  ])('%s of 256 characters is refused: Marketo would cut it off and never find it again', (field, fields) => {
    expect(() => identityOf(fields, ON, refuse)).toThrow(`${field} is longer than the 255 characters`)
  })

  it.each([0, -1, 1.5, 2 ** 53])('Marketo Lead ID %p is refused', (leadId) => {
    expect(() => identityOf({ leadId }, ON, refuse)).toThrow(
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
    'a@example.com, b@example.com',
    'a@example.com; b@example.com',
    'A <a@example.com>, B <b@example.com>',
    'a@example.com, B <b@example.com>'
  ])('Email %s is refused', (address) => {
    expect(() => identityOf({ email: address }, ON, refuse)).toThrow('Email is not an email address')
  })
})
