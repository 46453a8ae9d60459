import type { JSONObject } from '@segment/actions-core'
import type { TestEvent } from '../support/marketo'
import { docs, LIST, NO_USER } from './real-event'
import type { RealEvent, Traits } from './real-event'

const SETUP = docs('connections/reverse-etl/setup.md')
const RETL = 'github.com/segmentio/action-destinations (970a17e), packages/core/src/audience-membership.ts'

const row = (event: 'new' | 'updated' | 'deleted', properties: Traits): TestEvent => ({
  ...{ type: 'track', event, userId: 'c-1', properties }
})

/** A warehouse's columns, mapped as customers map them. */
const COLUMNS: JSONObject = {
  __segment_internal_sync_mode: 'upsert',
  firstName: { '@path': '$.properties.FIRST_NAME' },
  company: { '@path': '$.properties.COMPANY' },
  street: { '@path': '$.properties.ADDRESS' },
  customFields: { plan: { '@path': '$.properties.PLANS' }, notes: { '@path': '$.properties.NOTES' } }
}

const upsert = (title: string, properties: Traits, fields: JSONObject): RealEvent => ({
  title,
  origin: SETUP,
  action: 'upsertLead',
  event: row('updated', properties),
  mapping: COLUMNS,
  on: { leads: [{ userId: 'c-1', ...fields }] }
})

const C1 = { userId: 'c-1', email: 'cara@example.com' }

const sync = (title: string, event: TestEvent, isOnList: boolean): RealEvent => ({
  ...{ title, origin: RETL, action: 'syncList', event, leads: [C1], isOnList: !isOnList },
  mapping: { listId: LIST, __segment_internal_sync_mode: 'mirror' },
  on: { leads: [C1], ...(isOnList && { lead: 0 }) }
})

/** Rows of Reverse ETL. */
export const reverseEtl: RealEvent[] = [
  sync('a row that is new', row('new', { EMAIL: 'cara@example.com' }), true),
  sync('a row that is gone', row('deleted', { EMAIL: 'cara@example.com' }), false),
  upsert('a list in a JSON column', { PLANS: '["free","pro"]', NOTES: '[1, 2]' }, { plan: 'free;pro', notes: '1;2' }),
  upsert('an empty list in a JSON column', { FIRST_NAME: 'Cara', PLANS: '[]' }, { firstName: 'Cara' }),
  upsert(
    'objects in JSON columns, which Segment hands over as text',
    {
      COMPANY: '{"name":"Initech","id":7}',
      ADDRESS: '{"street":"1 Main St","city":"Eugene","postal_code":"97405","state":"OR"}'
    },
    { company: 'Initech', address: '1 Main St', city: 'Eugene', postalCode: '97405', state: 'OR' }
  ),
  upsert(
    'text that only looks like JSON',
    { FIRST_NAME: '[Cara]', NOTES: '{draft}' },
    { firstName: '[Cara]', notes: '{draft}' }
  ),
  upsert('an object for a text field stays as it is written', { NOTES: '{"a":1}' }, { notes: '{"a":1}' }),
  upsert('columns of fixed width', { FIRST_NAME: 'Cara      ', NOTES: ' vip ' }, { firstName: 'Cara', notes: 'vip' }),
  upsert('NULL as an export writes it', { FIRST_NAME: 'NULL', COMPANY: 'NULL', NOTES: 'x' }, { notes: 'x' }),
  {
    title: 'Salesforce: the contact’s ID in its form of 18 characters',
    origin: 'help.salesforce.com, 18-character IDs: those of 15 characters differ only in upper and lower case',
    action: 'upsertLead',
    event: { ...row('updated', { NOTES: 'x' }), userId: '0035g00000ABCDeAAX' },
    mapping: COLUMNS,
    leads: [{ userId: '0035g00000aBCDeAAP', firstName: 'Another' }],
    on: {
      leads: [
        { userId: '0035g00000aBCDeAAP', firstName: 'Another' },
        { userId: '0035g00000ABCDeAAX', notes: 'x' }
      ]
    }
  },
  {
    title: 'a row without an ID: an export writes 0',
    origin: docs('unify/identity-resolution/identity-resolution-settings.md'),
    action: 'upsertLead',
    event: { ...row('updated', { email: 'zoe@example.com' }), userId: '0' },
    mapping: { __segment_internal_sync_mode: 'upsert' },
    leads: [{ userId: '0', email: 'first@example.com' }],
    on: { leads: [{ userId: '0', email: 'first@example.com' }, { email: 'zoe@example.com' }] },
    off: { ...NO_USER, leads: [{ userId: '0', email: 'first@example.com' }] }
  }
]
