import { ACTIVITY, docs, NO_USER } from './real-event'
import type { RealEvent } from './real-event'

const catalog = (name: string) => docs(`connections/destinations/catalog/${name}/index.md`)

/** Events as other tools ask for them: a source writes one event for all destinations. */
export const otherTools: RealEvent[] = [
  {
    title: 'HubSpot: small letters',
    origin: catalog('hubspot'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'user1234',
      traits: { email: 'petergibbon@example.com', firstname: 'Peter', lastname: 'Gibbon' }
    },
    on: {
      leads: [{ userId: 'user1234', email: 'petergibbon@example.com', firstName: 'Peter', lastName: 'Gibbon' }]
    }
  },
  {
    title: 'HubSpot: a Track event with the email in the properties, and names in the context',
    origin: catalog('hubspot'),
    action: 'sendCustomActivity',
    event: {
      type: 'track',
      event: 'Bought Item',
      userId: 'u1',
      properties: { email: 'peter@example.com' },
      context: { traits: { firstname: 'Peter', lastname: 'Gibbons' } }
    },
    mapping: ACTIVITY,
    on: { leads: [{ userId: 'u1', email: 'peter@example.com' }], lead: 0 }
  },
  {
    title: 'Salesforce Marketing Cloud: first_name and created_at',
    origin: catalog('salesforce-marketing-cloud'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'u1',
      traits: {
        ...{ first_name: 'Amanda', last_name: 'Smith', email: 'amanda@example.com' },
        created_at: '2020-05-30T13:30:00+00:00'
      }
    },
    on: { leads: [{ userId: 'u1', email: 'amanda@example.com', firstName: 'Amanda', lastName: 'Smith' }] }
  },
  {
    title: 'Freshsales: the email as the User ID of a Track event',
    origin: catalog('freshsales-suite-crm'),
    action: 'sendCustomActivity',
    event: {
      type: 'track',
      event: 'Email Bounced',
      userId: 'john.doe@example.com',
      properties: { emailId: '110688', emailSubject: 'Welcome to Example.com' }
    },
    mapping: ACTIVITY,
    leads: [{ email: 'John.Doe@example.com', userId: 'john.doe@example.com' }],
    on: { leads: [{ email: 'John.Doe@example.com', userId: 'john.doe@example.com' }], lead: 0 }
  },
  {
    title: 'Regal: a person who has only a phone number',
    origin: catalog('regal'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      anonymousId: 'e6b2f1a0-5b0e-4f4e-8a53-4d1e7c0a9b11',
      traits: {
        ...{ phone: '+19175554444', firstName: 'Anne', lastName: 'Smith', age: 30 },
        optIn: [{ channel: 'sms', subscribed: true, timestamp: '2020-08-25T21:23:43Z' }]
      }
    },
    on: {
      leads: [
        {
          ...{ anonymousId: 'e6b2f1a0-5b0e-4f4e-8a53-4d1e7c0a9b11', phone: '+19175554444' },
          ...{ firstName: 'Anne', lastName: 'Smith' }
        }
      ]
    },
    off: NO_USER
  },
  {
    title: 'Zendesk: a company that is removed, so it has no name',
    origin: catalog('zendesk'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '12345',
      traits: {
        ...{ name: 'Pikachu', email: 'pikachu@example.com', organizationId: 6789, phone: '763-555-2342' },
        company: { id: '6789', remove: true }
      }
    },
    leads: [{ userId: '12345', company: 'Pallet' }],
    on: {
      leads: [
        {
          userId: '12345',
          company: 'Pallet',
          firstName: 'Pikachu',
          email: 'pikachu@example.com',
          phone: '763-555-2342'
        }
      ]
    }
  },
  {
    title: 'User Guiding: names in small letters',
    origin: catalog('user_guiding'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'user_id_123',
      traits: { email: 'john.doe@example.com', firstname: 'john', lastname: 'doe' }
    },
    on: { leads: [{ userId: 'user_id_123', email: 'john.doe@example.com', firstName: 'john', lastName: 'doe' }] }
  },
  {
    title: 'the classic Marketo V2: its sample Identify',
    origin: catalog('marketo-v2'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '1234',
      traits: {
        ...{ firstName: 'Robyn', lastName: 'Fen', email: 'robyn@example.com', gender: 'woman', phone: '555-555-5555' },
        ...{ company: 'Segment.com', birthday: '1988-02-20T00:00:00.000Z', createdAt: '2007-05-31T00:00:00.000Z' },
        address: { city: 'Eugene', country: 'USA', postalCode: '97405', state: 'Oregon' }
      }
    },
    on: {
      leads: [
        {
          ...{ userId: '1234', firstName: 'Robyn', lastName: 'Fen', email: 'robyn@example.com', gender: 'woman' },
          ...{ phone: '555-555-5555', company: 'Segment.com', dateOfBirth: '1988-02-20', city: 'Eugene' },
          ...{ country: 'USA', postalCode: '97405', state: 'Oregon' }
        }
      ]
    }
  },
  {
    title: 'the first Marketo destination: a company as text, and a trait of one’s own',
    origin: catalog('marketo'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '1234',
      traits: { email: 'example@example.com', name: 'Jake Peterson', company: 'Segment', favoriteColor: 'Blue' }
    },
    on: {
      leads: [
        {
          ...{ userId: '1234', email: 'example@example.com', firstName: 'Jake', lastName: 'Peterson' },
          company: 'Segment'
        }
      ]
    }
  }
]
