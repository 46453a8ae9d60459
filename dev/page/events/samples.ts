import { EXAMPLES } from '../../shared/examples'
import type { Example } from '../../shared/examples'
import type { Event } from '../shared/server'

export interface Sample {
  name: string
  /** The action that such an event is for. */
  action: string
  event: Event | Event[]
}

const BROWSER =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_5) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/40.0.2214.115 Safari/537.36'

/** The calls that Segment's documentation of the classic destination shows, as the events they make. */
const CLASSIC: Sample[] = [
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

const REAL_LIFE: Sample[] = [
  {
    name: 'Anonymous track',
    action: 'sendCustomActivity',
    event: {
      type: 'track',
      anonymousId: 'anon-7f3a',
      event: 'Order Completed',
      properties: { order_id: '50314b8e', total: 27.5, currency: 'USD', coupon: 'hasbros', items: 2 },
      timestamp: '2026-03-02T09:30:00.000Z',
      context: { userAgent: BROWSER, page: { url: 'https://shop.example.com/checkout/done' } }
    }
  },
  {
    name: 'Company as object',
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'user-ada',
      traits: {
        name: 'Ada King Lovelace',
        email: 'Ada.Lovelace@example.com',
        company: { id: 'c-17', name: 'Analytical Engines', employee_count: 12 },
        address: '12 St James Square, London'
      }
    }
  },
  {
    name: 'Relative URL',
    action: 'visitWebPage',
    event: {
      type: 'page',
      userId: 'user-ada',
      anonymousId: 'anon-7f3a',
      properties: { url: '/pricing?plan=team' },
      context: {
        userAgent: BROWSER,
        page: { url: 'https://www.example.com/pricing?plan=team', referrer: 'https://www.google.com/' }
      }
    }
  },
  {
    name: 'rETL row',
    action: 'upsertLead',
    event: {
      type: 'track',
      event: 'new',
      userId: 'row-1',
      properties: { EMAIL_ADDRESS: 'grace.hopper@example.com', 'Plan Name': 'team', MRR: '99.00', ACTIVE: true },
      context: { sources: { job_id: 'job-1', version: 'v1' } }
    }
  },
  {
    name: 'List of three',
    action: 'upsertLead',
    event: [
      { type: 'identify', userId: 'u-1', traits: { email: 'ann@example.com', firstName: 'Ann' } },
      { type: 'identify', userId: 'u-1', traits: { email: 'ann@example.com', phone: '555-0101' } },
      { type: 'identify', userId: 'null', traits: { email: 'bob@example.com', firstName: 'Bob' } }
    ]
  }
]

/** One event for each action that Track events can also go to. */
const FURTHER_ACTIONS: Sample[] = Object.entries<Example>(EXAMPLES).flatMap(([action, { sample }]) =>
  sample ? { action, ...sample } : []
)

export const SAMPLES = {
  'Classic documentation': CLASSIC,
  'Real life': REAL_LIFE,
  'Further actions': FURTHER_ACTIONS
}
export const FIRST_SAMPLE = CLASSIC[0]
