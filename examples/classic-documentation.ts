import type { ActionKey, Sample } from './actions'

export const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/40.0.2214.115 Safari/537.36'

/** The calls that Segment's documentation of the classic destination shows, as the events they make. */
export const CLASSIC_DOCUMENTATION: (Sample & { action: ActionKey })[] = [
  {
    name: 'Identify',
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '1234',
      traits: {
        firstName: 'Robyn Rihanna',
        lastName: 'Fenty',
        email: 'rihanna@example.com',
        gender: 'woman',
        phone: '555-555-5555',
        company: 'Segment.com',
        birthday: '1988-02-20T00:00:00.000Z',
        createdAt: '2007-05-31T00:00:00.000Z',
        address: { city: 'Eugene', country: 'USA', postalCode: '97405', state: 'Oregon' }
      }
    }
  },
  {
    name: 'Track',
    action: 'sendCustomActivity',
    event: { type: 'track', userId: '1234', event: 'Segment Event', properties: { firstName: 'Alex' } }
  },
  {
    name: 'Page',
    action: 'visitWebPage',
    event: {
      type: 'page',
      userId: '019mr8mf4r',
      category: 'Docs',
      name: 'Node.js Library',
      properties: {
        url: '/docs/connections/sources/catalog/libraries/server/node',
        path: '/docs/connections/sources/catalog/libraries/server/node/',
        title: 'Node.js Library - Segment',
        referrer: 'https://github.com/segmentio/analytics-node'
      },
      context: { userAgent: BROWSER }
    }
  }
]
