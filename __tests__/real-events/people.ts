import { ACTIVITY, docs, NO_USER, NOBODY } from './real-event'
import type { RealEvent } from './real-event'

const UA = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_5) AppleWebKit/537.36'

/** What people's own code, forms and files write. */
export const people: RealEvent[] = [
  {
    title: 'JavaScript: variables without a value in template literals',
    origin: 'developer.mozilla.org, Template literals: `${undefined}` is "undefined", `${{}}` is "[object Object]"',
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'u1',
      traits: {
        ...{
          email: 'p@example.com',
          firstName: 'undefined',
          lastName: '{{user.lastname}}',
          company: '[object Object]'
        },
        ...{ phone: '(null)', address: { city: 'null', zip: 'NaN' } }
      }
    },
    leads: [{ userId: 'u1', email: 'p@example.com', firstName: 'Peter', company: 'Initech', city: 'Austin' }],
    on: { leads: [{ userId: 'u1', email: 'p@example.com', firstName: 'Peter', company: 'Initech', city: 'Austin' }] }
  },
  {
    title: 'JavaScript: a full name of two variables without a value',
    origin: 'developer.mozilla.org, Template literals',
    action: 'upsertLead',
    event: { type: 'identify', userId: 'u1', traits: { name: 'undefined undefined', title: 'CTO' } },
    leads: [{ userId: 'u1', firstName: 'Ann', lastName: 'Bee' }],
    on: { leads: [{ userId: 'u1', firstName: 'Ann', lastName: 'Bee', title: 'CTO' }] }
  },
  {
    title: 'JavaScript: identify(String(user?.id)) for a visitor who is not signed in',
    origin: 'developer.mozilla.org, String: String(undefined) is "undefined"',
    action: 'upsertLead',
    event: { type: 'identify', userId: 'undefined', traits: { email: 'v@example.com' } },
    leads: [{ userId: 'undefined', email: 'first@example.com' }],
    on: { leads: [{ userId: 'undefined', email: 'first@example.com' }, { email: 'v@example.com' }] },
    off: { ...NO_USER, leads: [{ userId: 'undefined', email: 'first@example.com' }] }
  },
  {
    title: 'a person named Null',
    origin: 'wired.com/2015/11/null: people with this name',
    action: 'upsertLead',
    event: { type: 'identify', userId: 'u1', traits: { firstName: 'Nan', lastName: 'Null', city: 'Nil' } },
    on: { leads: [{ userId: 'u1', firstName: 'Nan', lastName: 'Null', city: 'Nil' }] }
  },
  {
    title: 'a form: spaces around everything, and a no-break space; only the ID stays as it is',
    origin: 'html.spec.whatwg.org, input type=text: spaces at both ends are kept',
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: ' u1 ',
      traits: { email: ' ann@example.com\u00a0', firstName: ' Ann ', lastName: 'Bee\n', phone: ' 555 0100 ' }
    },
    on: { leads: [{ userId: ' u1 ', email: 'ann@example.com', firstName: 'Ann', lastName: 'Bee', phone: '555 0100' }] }
  },
  ...(
    [
      ['copied from a To line, with a comma', 'peter@example.com,'],
      ['copied with its angle brackets', '<peter@example.com>'],
      ['a display name with a comma in it', '"Gibbons, Peter" <peter@example.com>'],
      ['a link', 'mailto:peter@example.com?subject=Hello'],
      ['copied from a web page, with a zero-width space', 'peter\u200b@example.com'],
      ['copied from the start of a file, with its byte order mark', '\ufeffpeter@example.com;']
    ] as const
  ).map(
    ([how, email]): RealEvent => ({
      title: `an email: ${how}`,
      origin: 'rfc-editor.org/rfc/rfc5322 (name-addr, address-list), rfc6068 (mailto), unicode.org (Cf)',
      action: 'upsertLead',
      event: { type: 'identify', userId: 'u1', traits: { email, firstName: 'Peter' } },
      leads: [{ email: 'peter@example.com' }],
      on: { leads: [{ email: 'peter@example.com', userId: 'u1', firstName: 'Peter' }] }
    })
  ),
  {
    title: 'a form: two addresses in one field',
    origin: 'rfc-editor.org/rfc/rfc5322, address-list',
    action: 'upsertLead',
    event: { type: 'identify', userId: 'u1', traits: { email: 'a@example.com, b@example.com', firstName: 'Ann' } },
    on: { leads: [{ userId: 'u1', firstName: 'Ann' }], leftOut: [/^Email is not an email address/] }
  },
  {
    title: 'a form: a birthday that is no date',
    origin: 'html.spec.whatwg.org, input type=text',
    action: 'upsertLead',
    event: { type: 'identify', userId: 'u1', traits: { email: 'ann@example.com', birthday: 'I am 32' } },
    on: { leads: [{ userId: 'u1', email: 'ann@example.com' }], leftOut: [/^Date of Birth/] }
  },
  {
    title: 'a form in Facebook Lead Ads that asks for everything: capitals, and the parts of the address by themselves',
    origin: `${docs(
      'connections/sources/catalog/cloud-apps/facebook-lead-ads/index.md'
    )}, developers.facebook.com/docs/marketing-api/guides/lead-ads`,
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'u1',
      traits: {
        ...{ Email: 'ann@example.com', First_Name: 'Ann', Last_Name: 'Bee', Phone: '555', Company: 'Initech' },
        ...{ City: 'Austin', State: 'TX', Country: 'US', zip: '78701', Street: '1 Main St', Title: 'CTO' },
        Website: 'https://example.com'
      }
    },
    on: {
      leads: [
        {
          ...{ userId: 'u1', email: 'ann@example.com', firstName: 'Ann', lastName: 'Bee', phone: '555' },
          ...{ company: 'Initech', city: 'Austin', state: 'TX', country: 'US', postalCode: '78701' },
          ...{ address: '1 Main St', title: 'CTO', website: 'https://example.com' }
        }
      ]
    }
  },
  {
    title: 'an import: zeros and dashes for a missing ID',
    origin: docs('unify/identity-resolution/identity-resolution-settings.md'),
    action: 'sendCustomActivity',
    event: { type: 'track', event: 'Imported', userId: '0000-0000', anonymousId: '-' },
    mapping: ACTIVITY,
    on: NOBODY,
    off: NO_USER
  },
  {
    title: 'a mail merge: the tool’s own placeholder in the ID',
    origin: 'mailchimp.com/help/all-the-merge-tags-cheat-sheet: *|UNIQID|*',
    action: 'sendCustomActivity',
    event: {
      type: 'track',
      event: 'Clicked',
      userId: '*|UNIQID|*',
      anonymousId: '%USER_ID%',
      context: { traits: { email: 'ann@example.com' } }
    },
    mapping: ACTIVITY,
    on: { leads: [{ email: 'ann@example.com' }], lead: 0 },
    off: NO_USER
  },
  {
    title: 'a server: a Page event with a path, and the user agent in the context',
    origin: docs('connections/destinations/catalog/marketo-v2/index.md'),
    action: 'visitWebPage',
    event: {
      type: 'page',
      userId: '019mr8mf4r',
      properties: { url: '/docs/node', path: '/docs/node/', referrer: 'https://example.net/analytics-node' },
      context: { userAgent: UA }
    },
    leads: [{ userId: '019mr8mf4r' }],
    on: { leads: [{ userId: '019mr8mf4r' }], visit: '/docs/node' }
  },
  {
    title: 'a website: a Page event of a visitor whom the mail tool named by the email',
    origin: docs('connections/sources/catalog/cloud-apps/autopilothq/index.md'),
    action: 'visitWebPage',
    event: {
      type: 'page',
      anonymousId: 'ann@example.com',
      context: { userAgent: UA, page: { url: 'https://www.example.com/pricing' } }
    },
    leads: [{ email: 'ann@example.com' }],
    on: { leads: [{ email: 'ann@example.com' }], visit: 'https://www.example.com/pricing' },
    off: { ...NO_USER, leads: [{ email: 'ann@example.com' }] }
  }
]
