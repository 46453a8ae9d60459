import { identityOf } from '../src/leads/identity'
import type { Identity } from '../src/leads/identity'

const BLANK = ' \t'
const email = (length: number) => `${'a'.repeat(length - '@example.com'.length)}@example.com`

describe('What an event says about its lead', () => {
  it.each<[string, Identity, Identity]>([
    ['a blank email', { leadId: 7, email: BLANK }, { leadId: 7 }],
    ['a blank user ID', { leadId: 7, userId: BLANK }, { leadId: 7 }],
    ['a blank anonymous ID', { leadId: 7, anonymousId: BLANK }, { leadId: 7 }],
    ['an email with spaces around it', { email: ` ${email(20)} ` }, { email: email(20) }],
    ['an email of 255 characters', { email: email(255) }, { email: email(255) }],
    ['a user ID of 255 characters', { userId: 'u'.repeat(255) }, { userId: 'u'.repeat(255) }],
    ['the first lead ID', { leadId: 1 }, { leadId: 1 }]
  ])('%s', (_what, fields, expected) => {
    expect(identityOf(fields, true)).toEqual(expected)
  })

  it.each<[string, Identity]>([
    ['Email', { email: email(256) }],
    ['User ID', { userId: 'u'.repeat(256) }],
    ['Anonymous ID', { anonymousId: 'a'.repeat(256) }]
  ])('%s of 256 characters is refused: Marketo would cut it off, and not find it again', (field, fields) => {
    expect(() => identityOf(fields, true)).toThrow(`${field} is longer than the 255 characters`)
  })

  it.each([0, -1, 1.5, 2 ** 53])('Marketo Lead ID %p is refused', (leadId) => {
    expect(() => identityOf({ leadId }, true)).toThrow(
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
    expect(() => identityOf({ email: address }, true)).toThrow('Email is not an email address')
  })
})
