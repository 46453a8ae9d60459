import { docs, NO_USER, NOBODY } from './real-event'
import type { RealEvent } from './real-event'

const lib = (path: string) => docs(`connections/sources/catalog/libraries/${path}`)
const SPEC = docs('connections/spec/identify.md')

/** Identify and Page events of Segment's specification and libraries. */
export const libraries: RealEvent[] = [
  {
    title: 'the specification: a full name, and an email',
    origin: SPEC,
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '97980cfea0067',
      traits: { name: 'Peter Gibbons', email: 'peter@example.com', plan: 'premium', logins: 5 }
    },
    on: { leads: [{ userId: '97980cfea0067', email: 'peter@example.com', firstName: 'Peter', lastName: 'Gibbons' }] }
  },
  {
    title: 'the specification: an address with postalCode',
    origin: SPEC,
    action: 'upsertLead',
    event: {
      type: 'identify',
      anonymousId: '507f191e810c19729de860ea',
      context: { ip: '8.8.8.8', userAgent: 'Mozilla/5.0' },
      integrations: { All: false, Mixpanel: true, Salesforce: true },
      traits: {
        name: 'Peter Gibbons',
        email: 'peter@example.com',
        address: { street: '6th St', city: 'San Francisco', state: 'CA', postalCode: '94103', country: 'USA' }
      },
      userId: '97980cfea0067'
    },
    on: {
      leads: [
        {
          ...{ userId: '97980cfea0067', anonymousId: '507f191e810c19729de860ea', email: 'peter@example.com' },
          ...{ firstName: 'Peter', lastName: 'Gibbons', address: '6th St', city: 'San Francisco', state: 'CA' },
          ...{ postalCode: '94103', country: 'USA' }
        }
      ]
    },
    off: {
      leads: [
        {
          ...{ userId: '97980cfea0067', email: 'peter@example.com', firstName: 'Peter', lastName: 'Gibbons' },
          ...{ address: '6th St', city: 'San Francisco', state: 'CA', postalCode: '94103', country: 'USA' }
        }
      ]
    }
  },
  {
    title: 'the specification: traits in snake_case, as from Ruby, Python and PHP',
    origin: SPEC,
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'u1',
      traits: {
        ...{ first_name: 'Peter', last_name: 'Gibbons', email: 'pgibbons@example.com', date_of_birth: '1968-02-19' },
        ...{ job_title: 'Engineer', created_at: '2014-06-30T16:40:52Z' },
        address: { postal_code: '94115', city: 'East Greenwich' }
      }
    },
    on: {
      leads: [
        {
          ...{ userId: 'u1', email: 'pgibbons@example.com', firstName: 'Peter', lastName: 'Gibbons' },
          ...{ dateOfBirth: '1968-02-19', title: 'Engineer', postalCode: '94115', city: 'East Greenwich' }
        }
      ]
    }
  },
  {
    title: 'the specification: the reserved traits title, website and birthday',
    origin: SPEC,
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'u1',
      traits: {
        ...{ title: 'VP of Engineering', website: 'https://www.example.com', birthday: '1968-02-19T00:00:00.000Z' },
        ...{ username: 'pgibbons', avatar: 'https://example.com/p.png', age: 31, gender: 'male', phone: '555-0100' },
        company: { id: '123', name: 'Initech', industry: 'Technology', employee_count: 329, plan: 'enterprise' }
      }
    },
    on: {
      leads: [
        {
          ...{ userId: 'u1', title: 'VP of Engineering', website: 'https://www.example.com', gender: 'male' },
          ...{ dateOfBirth: '1968-02-19', phone: '555-0100', company: 'Initech' }
        }
      ]
    }
  },
  {
    title: 'the specification: a visitor without an ID, who has only an email',
    origin: docs('connections/destinations/catalog/mixpanel/index.md'),
    action: 'upsertLead',
    event: { type: 'identify', traits: { email: 'hello@example.com', name: 'Ian Taylor' } },
    on: { leads: [{ email: 'hello@example.com', firstName: 'Ian', lastName: 'Taylor' }] },
    off: NO_USER
  },
  {
    title: 'analytics.js quickstart: a template that was pasted as it is',
    origin: lib('website/javascript/quickstart.md'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: ' {{user.id}} ',
      traits: { name: '{{user.fullname}}', email: '{{user.email}}' }
    },
    on: NOBODY,
    off: NO_USER
  },
  {
    title: 'analytics.js quickstart: only the ID was left as a template, so it is shared by everybody',
    origin: lib('website/javascript/quickstart.md'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: ' {{user.id}} ',
      anonymousId: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
      traits: { name: 'Ann Bee', email: 'ann@example.com' }
    },
    leads: [{ userId: '{{user.id}}', email: 'first@example.com', firstName: 'First' }],
    on: {
      leads: [
        { userId: '{{user.id}}', email: 'first@example.com', firstName: 'First' },
        {
          ...{ email: 'ann@example.com', firstName: 'Ann', lastName: 'Bee' },
          anonymousId: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'
        }
      ]
    },
    off: { ...NO_USER, leads: [{ userId: '{{user.id}}', email: 'first@example.com', firstName: 'First' }] }
  },
  {
    title: '.NET: the documentation’s Ruby templates, which C# sends as they are',
    origin: lib('server/net/index.md'),
    action: 'upsertLead',
    event: { type: 'identify', userId: '019mr8mf4r', traits: { name: '#{ user.name }', email: '#{ user.email }' } },
    leads: [{ userId: '019mr8mf4r', email: 'm.bolton@example.com', firstName: 'Michael' }],
    on: { leads: [{ userId: '019mr8mf4r', email: 'm.bolton@example.com', firstName: 'Michael' }] }
  },
  {
    title: 'Node: the email as the User ID',
    origin: lib('server/node/index.md'),
    action: 'upsertLead',
    event: { type: 'identify', userId: 'identified@example.com', traits: { plan: 'Free' } },
    leads: [{ email: 'identified@example.com', firstName: 'Ida' }],
    on: { leads: [{ email: 'identified@example.com', firstName: 'Ida', userId: 'identified@example.com' }] }
  },
  {
    title: 'Python: a number as the User ID, and dates with microseconds',
    origin: lib('server/python/index.md'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 9387459 as unknown as string,
      traits: { email: 'john@example.com', name: 'John Smith', friends: 30, birthday: '1985-03-02 00:00:00.000000' }
    },
    on: {
      leads: [
        {
          ...{ userId: '9387459', email: 'john@example.com', firstName: 'John', lastName: 'Smith' },
          dateOfBirth: '1985-03-02'
        }
      ]
    }
  },
  {
    title: 'PHP: an empty array for an address without parts',
    origin: lib('server/php/index.md'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '2sfjej334',
      traits: { email: 'jane@example.com', name: 'Jane', address: [], company: [] }
    },
    on: { leads: [{ userId: '2sfjej334', email: 'jane@example.com', firstName: 'Jane' }] }
  },
  {
    title: 'Go: a struct without values, whose text is <nil>',
    origin: lib('server/go/index.md'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '019mr8mf4r',
      traits: { name: 'Michael Bolton', email: 'mbolton@example.com', phone: '<nil>', title: '<nil>', friends: 42 }
    },
    leads: [{ userId: '019mr8mf4r', phone: '555-0100' }],
    on: {
      leads: [
        {
          ...{ userId: '019mr8mf4r', phone: '555-0100', email: 'mbolton@example.com' },
          ...{ firstName: 'Michael', lastName: 'Bolton' }
        }
      ]
    }
  },
  {
    title: 'iOS: Objective-C’s (null) for what the user has not filled in',
    origin: 'developer.apple.com: [NSString stringWithFormat:@"%@", nil] is "(null)"',
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '(null)',
      anonymousId: '2C0E1E8B-5C8B-4F6E-9B7C-0A1B2C3D4E5F',
      traits: { email: 'ios@example.com', firstName: '(null)', lastName: '(null)', phone: '(null)' }
    },
    on: { leads: [{ anonymousId: '2C0E1E8B-5C8B-4F6E-9B7C-0A1B2C3D4E5F', email: 'ios@example.com' }] },
    off: NO_USER
  },
  {
    title: 'iOS: the advertising ID of a user who does not allow tracking, as the anonymous ID',
    origin: 'developer.apple.com/documentation/adsupport/asidentifiermanager/advertisingidentifier: all zeros',
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'u1',
      anonymousId: '00000000-0000-0000-0000-000000000000',
      traits: { firstName: 'Ann' }
    },
    leads: [{ anonymousId: '00000000-0000-0000-0000-000000000000', firstName: 'Everybody' }],
    on: {
      leads: [
        { anonymousId: '00000000-0000-0000-0000-000000000000', firstName: 'Everybody' },
        { userId: 'u1', firstName: 'Ann' }
      ]
    }
  },
  {
    title: 'Clojure: keywords in small letters',
    origin: lib('server/clojure/index.md'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'user-id',
      traits: { email: 'bob@example.com', firstname: 'Bob', lastname: 'Acme' }
    },
    on: { leads: [{ userId: 'user-id', email: 'bob@example.com', firstName: 'Bob', lastName: 'Acme' }] }
  }
]
