import type { TestEvent } from './marketo'

/** Events about person `i`, who is not in the sandbox's starting data. */
export const identify = (i: number, traits: object = {}): TestEvent => ({
  type: 'identify',
  userId: `user-${i}`,
  traits: { email: `person-${i}@example.com`, ...traits }
})

export const track = (i: number, properties: object = {}): TestEvent => ({
  type: 'track',
  userId: `user-${i}`,
  properties: { orderId: `order-${i}`, ...properties }
})

export const page = (i: number, properties: object = {}): TestEvent => ({
  type: 'page',
  userId: `user-${i}`,
  properties: { url: `https://example.com/${i}`, ...properties }
})

/** Maps {@link track} to an Order Completed, one of the sandbox's activity types. */
export const ORDER = { activityTypeId: 100001, primaryAttributeValue: { '@path': '$.properties.orderId' } }

/** Adds everybody to one of the sandbox's static lists. */
export const ON_LIST = { listId: 1001, membership: 'add' }

/** With these mappings, up to 300 events cost one call to `endpoint` and no other call. */
export const ONE_CALL = {
  upsertLead: { event: identify, sending: { mapping: { lookupField: 'userId' } }, endpoint: 'syncLeads' },
  sendCustomActivity: { event: track, sending: { mapping: { ...ORDER, leadId: 1001 } }, endpoint: 'addActivities' },
  visitWebPage: { event: page, sending: { mapping: { associateLead: false } }, endpoint: 'munchkin' },
  syncList: {
    event: track,
    sending: { mapping: { ...ON_LIST, leadId: 1001 } },
    endpoint: 'addToList'
  }
} as const

export type OneCallAction = keyof typeof ONE_CALL
