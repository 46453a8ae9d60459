import type { Value } from '../migration/json'
import { LEADS_PER_CAMPAIGN_CALL } from '../src/marketo/transport/limits'

/** What the tests, the benchmarks and the tester page know about an action to try it like all others. */
export interface Example {
  /** What a customer maps beside the default mappings. IDs and names are those of the sandbox's starting data. */
  mapping: { [field: string]: Value }
  /** Absent: batches of visits wait for each other, so a batch of them has no price. See tester/page/cost/visits.ts. */
  calls?: CallsPerBatch
  /** An event that the tester page offers for the action. */
  sample?: Sample
}

/**
 * REST calls of one batch of up to 300 events with the default mappings, about one list, campaign, program or custom object.
 * Tests compare them with docs/performance.md and with what the sandbox counts.
 */
interface CallsPerBatch {
  /** If Marketo knows everybody by email. */
  known: number
  /** If somebody in the batch is new. Absent: the action creates no leads, so it needs people whom Marketo knows. */
  withNew?: number
  /** How many events the last of these calls takes; absent: the whole batch. */
  eventsPerCall?: number
}

export interface Sample {
  name: string
  event: { [key: string]: Value }
}

const BROWSER = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36'

/** One example of each action, by the action's key. */
export const EXAMPLES = {
  upsertLead: {
    mapping: { customFields: { plan: 'basic' } },
    calls: { known: 2, withNew: 3 }
  },
  sendCustomActivity: {
    mapping: { activityTypeId: 100001, primaryAttributeValue: 'order-1', attributes: { coupon: 'x' } },
    calls: { known: 2, withNew: 4 }
  },
  visitWebPage: {
    mapping: {}
  },
  syncList: {
    mapping: { listId: 1001, membership: 'add' },
    calls: { known: 2, withNew: 4 },
    sample: {
      name: 'Audience entered',
      event: {
        type: 'track',
        event: 'Audience Entered',
        userId: 'user-ada',
        properties: { audience_key: 'trial_users', trial_users: true, email: 'ada.lovelace@example.com' },
        context: {
          personas: { computation_class: 'audience', computation_key: 'trial_users', external_audience_id: '1002' }
        }
      }
    }
  },
  requestCampaign: {
    mapping: { campaignId: 3001, tokens: { 'my.coupon': 'x' } },
    calls: { known: 2, withNew: 4, eventsPerCall: LEADS_PER_CAMPAIGN_CALL },
    sample: {
      name: 'Order to confirm',
      event: {
        type: 'track',
        event: 'Order Completed',
        userId: 'user-ada',
        properties: { email: 'ada.lovelace@example.com', order_id: '50314b8e', total: 27.5 }
      }
    }
  },
  syncCustomObject: {
    mapping: { objectName: 'car_c', fields: { vin: { '@path': '$.userId' } } },
    calls: { known: 2, withNew: 4 },
    sample: {
      name: 'Car registered',
      event: {
        type: 'track',
        event: 'Car Registered',
        userId: 'user-ada',
        properties: { email: 'ada.lovelace@example.com', vin: '1HGCM82633A004352', make: 'Honda', year: 2024 }
      }
    }
  },
  setProgramStatus: {
    mapping: { programId: 2001, status: 'Registered' },
    calls: { known: 2, withNew: 4 },
    sample: {
      name: 'Program joined',
      event: {
        type: 'track',
        event: 'Program Joined',
        userId: 'user-ada',
        properties: { email: 'ada.lovelace@example.com', webinar: 'Spring Webinar' }
      }
    }
  },
  submitForm: {
    mapping: { formId: 3, formFields: { firstName: 'Ada' } },
    calls: { known: 1, withNew: 1, eventsPerCall: 1 },
    sample: {
      name: 'Form submitted',
      event: {
        type: 'track',
        event: 'Form Submitted',
        anonymousId: 'anon-7f3a',
        properties: { email: 'grace.hopper@example.com', firstName: 'Grace', company: 'Compilers' },
        context: { ip: '203.0.113.7', userAgent: BROWSER, page: { url: 'https://www.example.com/demo' } }
      }
    }
  }
} satisfies { [action: string]: Example }

export type ActionKey = keyof typeof EXAMPLES

/** The same, where an action's key is any text. */
export const exampleOf = (action: string): Example | undefined =>
  (EXAMPLES as { [action: string]: Example | undefined })[action]

/** Whether an action fails for people whom Marketo does not know. */
export function needsLeads(action: string): boolean {
  const calls = exampleOf(action)?.calls
  return calls !== undefined && calls.withNew === undefined
}
