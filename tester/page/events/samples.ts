import { EXAMPLES } from '../../../examples/actions'
import type { Example } from '../../../examples/actions'
import { BROWSER, CLASSIC_DOCUMENTATION } from '../../../examples/classic-documentation'
import type { Mapping } from '../shared/manifest'
import type { Event } from '../shared/server'

export interface Sample {
  name: string
  /** The action that such an event is for. */
  action: string
  event: Event | Event[]
  /** A mapping that the sample adds. The others are for mappings that are there. */
  mapping?: { name: string; subscribe: string; mapping: Mapping }
}

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

/** Marketo has room for few activity types, so one can take all events. docs/destination.md describes it. */
const ONE_TYPE: Sample = {
  name: 'Segment Event: one type for all events',
  action: 'sendCustomActivity',
  event: [
    {
      type: 'track',
      event: 'Order Completed',
      userId: 'user-ada',
      properties: { order_id: '50314b8e', total: 27.5, products: [{ sku: 'G-32', quantity: 2 }] }
    },
    { type: 'track', event: 'Plan Changed', userId: 'user-ada', properties: { plan: 'pro', seats: 12 } },
    { type: 'track', event: 'Video Watched', userId: 'user-grace', properties: { title: 'Getting started' } }
  ],
  mapping: {
    name: 'Segment Event',
    subscribe: 'type = "track"',
    mapping: {
      primaryAttributeValue: { '@path': '$.event' },
      attributes: { properties: { '@path': '$.properties' } },
      onMappingSave: {
        inputs: { typeName: 'Segment Event', primaryAttribute: 'Event Name', attributes: ['Properties'] }
      }
    }
  }
}

/** One event for each action that Track events can also go to. */
const FURTHER_ACTIONS: Sample[] = Object.entries<Example>(EXAMPLES).flatMap(([action, { sample }]) =>
  sample ? { action, ...sample } : []
)

export const SAMPLES = {
  'Classic documentation': CLASSIC_DOCUMENTATION,
  'Real life': [...REAL_LIFE, ONE_TYPE],
  'Further actions': FURTHER_ACTIONS
}
export const FIRST_SAMPLE = CLASSIC_DOCUMENTATION[0]
