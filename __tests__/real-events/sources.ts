import { ACTIVITY, docs, NO_USER } from './real-event'
import type { RealEvent } from './real-event'

const source = (name: string) => docs(`connections/sources/catalog/cloud-apps/${name}/index.md`)

const JANE = { email: 'jane@example.com', firstName: 'Jane', userId: 'u7' }

/** These sources have no User ID for some people. Then they put the email address into the anonymous ID. */
const EMAIL_AS_ANONYMOUS_ID: [name: string, folder: string, event: string, properties: Record<string, string>][] = [
  ['Iterable', 'iterable', 'Email Link Clicked', { email_id: '42', link_url: 'https://example.com' }],
  ['Klaviyo', 'klaviyo', 'Email Opened', { email_subject: 'Hello' }],
  ['Vero', 'vero', 'Email Delivered', { campaign_name: 'Welcome' }],
  ['Mailjet', 'mailjet', 'Email Bounced', { email_id: '7' }],
  ['Customer.io', 'customer-io', 'Email Opened', { email_id: 'abc' }],
  ['Selligent', 'selligent', 'Email Link Clicked', { email_id: '3' }],
  ['ActiveCampaign', 'activecampaign', 'Email Opened', { campaign_id: '5' }],
  ['Drip', 'drip', 'Email Delivered', { email_id: '9' }],
  ['Nudgespot', 'nudgespot', 'Email Opened', { email_id: '1' }],
  ['Autopilot', 'autopilothq', 'Email Sent', { campaign_name: 'A' }]
]

const withEmailAsAnonymousId = EMAIL_AS_ANONYMOUS_ID.map(
  ([name, folder, event, properties]): RealEvent => ({
    title: `${name}: the email as the anonymous ID`,
    origin: source(folder),
    action: 'sendCustomActivity',
    event: { type: 'track', event, anonymousId: 'jane@example.com', properties },
    mapping: ACTIVITY,
    leads: [JANE],
    on: { leads: [JANE], lead: 0 },
    off: { ...NO_USER, leads: [JANE] }
  })
)

/** Events of sources in Segment's catalog. */
export const sources: RealEvent[] = [
  ...withEmailAsAnonymousId,
  {
    title: 'Listrak: the email as the anonymous ID and as a trait, beside a User ID',
    origin: source('listrak'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'u8',
      anonymousId: 'jim@example.com',
      traits: { email: 'jim@example.com', listrak_list_1234: true }
    },
    leads: [{ email: 'jim@example.com', firstName: 'Jim' }],
    on: { leads: [{ email: 'jim@example.com', firstName: 'Jim', userId: 'u8' }] }
  },
  {
    title: 'Facebook Lead Ads: capitals, a job title, and the lead’s ID as the anonymous ID',
    origin: source('facebook-lead-ads'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      anonymousId: '254875448264245',
      context: { integration: { name: 'facebook-lead-ads', version: '0.0.3' } },
      traits: {
        ...{ adId: 6052204319312, email: 'fay@example.com', formId: 225571381194652, First_Name: 'Fay' },
        ...{ Last_Name: 'Book', job_title: 'warehouse', work_email: 'fay@work.example.com' }
      }
    },
    on: {
      leads: [
        {
          ...{ email: 'fay@example.com', anonymousId: '254875448264245', firstName: 'Fay', lastName: 'Book' },
          title: 'warehouse'
        }
      ]
    },
    off: NO_USER
  },
  {
    title: 'SendGrid: a hash of the email as the anonymous ID, and the email in the context',
    origin: source('sendgrid-marketing-campaigns'),
    action: 'sendCustomActivity',
    event: {
      type: 'track',
      event: 'Email Opened',
      anonymousId: 'b4c9a289323b21a01c3e940f150eb9b8c542587f1abfd8f0e1cc1ffc5e475514',
      context: { traits: { email: 'sam@example.com' } },
      properties: { email_subject: 'News', template_id: '12' }
    },
    mapping: ACTIVITY,
    leads: [{ email: 'sam@example.com', firstName: 'Sam' }],
    on: { leads: [{ email: 'sam@example.com', firstName: 'Sam' }], lead: 0 },
    off: { ...NO_USER, leads: [{ email: 'sam@example.com', firstName: 'Sam' }] }
  },
  {
    title: 'Insider: the email in the context and in the properties',
    origin: source('insider'),
    action: 'sendCustomActivity',
    event: {
      type: 'track',
      event: 'Email Open',
      anonymousId: 'c1da3de8-b4b7-4cf2-b496-6a271890ff40',
      context: {
        library: { name: 'Insider', version: '1.0.0' },
        traits: { email: 'ina@example.com', phone: '5550100' }
      },
      properties: { campaign_id: '10305', email: 'ina@example.com', user_agent: 'Mozilla/5.0' }
    },
    mapping: ACTIVITY,
    leads: [{ email: 'ina@example.com' }],
    on: { leads: [{ email: 'ina@example.com' }], lead: 0 },
    off: { ...NO_USER, leads: [{ email: 'ina@example.com' }] }
  },
  {
    title: 'Jebbit: empty text for everything that the person did not fill in',
    origin: source('jebbit'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'u9',
      context: { externalIds: [{ collection: 'users', encoding: 'none', id: '', type: 'emailSha256Hash' }] },
      traits: { email: '', emailSha256Hash: '', name: '', phone: '' }
    },
    leads: [{ userId: 'u9', email: 'jeb@example.com', firstName: 'Jeb', phone: '555' }],
    on: { leads: [{ userId: 'u9', email: 'jeb@example.com', firstName: 'Jeb', phone: '555' }] }
  },
  {
    title: 'Looker: an ID of 16 characters and a trait with a space',
    origin: source('looker'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '00MWWFOLRcETcTCf',
      traits: { name: 'Ty Arthur', email: 'ty@example.com', 'sessions count': 2 }
    },
    on: { leads: [{ userId: '00MWWFOLRcETcTCf', email: 'ty@example.com', firstName: 'Ty', lastName: 'Arthur' }] }
  },
  {
    title: 'Mixpanel cohorts: the email as the User ID',
    origin: source('mixpanel-cohorts-source'),
    action: 'upsertLead',
    event: { type: 'identify', userId: 'mia@example.com', traits: { 'Mixpanel - Power users': true } },
    leads: [{ email: 'mia@example.com', firstName: 'Mia' }],
    on: { leads: [{ email: 'mia@example.com', firstName: 'Mia', userId: 'mia@example.com' }] }
  },
  {
    title: 'Upollo: lists of objects among the traits',
    origin: source('upollo'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '97980cfea0067',
      traits: {
        email: 'peter@example.com',
        predictions: [{ name: 'conversion', score: 0.98, timestamp: '2023-09-05T04:30:11Z' }],
        flags: [{ type: 'MULTIPLE_ACCOUNTS', first_flagged: '2023-09-05T04:30:11Z' }]
      }
    },
    on: { leads: [{ userId: '97980cfea0067', email: 'peter@example.com' }] }
  },
  {
    title: 'Foursquare: an address as text, and its parts beside it',
    origin: source('foursquare-movement'),
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: 'u1',
      traits: { address: '225 W Ohio St', city: 'Chicago', country: 'US', crossStreet: '', state: 'IL', zip: '60654' }
    },
    on: {
      leads: [
        {
          ...{ userId: 'u1', address: '225 W Ohio St', city: 'Chicago', country: 'US', state: 'IL' },
          postalCode: '60654'
        }
      ]
    }
  },
  {
    title: 'Shopify: snake_case, and the parts of the address in snake_case',
    origin: 'shopify.dev/docs/api/admin-rest/latest/resources/customer: first_name, last_name, default_address.zip',
    action: 'upsertLead',
    event: {
      type: 'identify',
      userId: '207119551',
      traits: {
        ...{ email: 'bob.norman@example.com', first_name: 'Bob', last_name: 'Norman', phone: '+16136120707' },
        address: { city: 'Louisville', zip: '40202', country: 'United States', address1: '', province: 'Kentucky' }
      }
    },
    on: {
      leads: [
        {
          ...{ userId: '207119551', email: 'bob.norman@example.com', firstName: 'Bob', lastName: 'Norman' },
          ...{ phone: '+16136120707', city: 'Louisville', postalCode: '40202', country: 'United States' }
        }
      ]
    }
  }
]
