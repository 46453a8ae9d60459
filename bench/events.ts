import { Destination } from '@segment/actions-core'
import type { DestinationDefinition, JSONObject } from '@segment/actions-core'
import destination from '../src'
import type { Settings } from '../src/generated-types'

export const settings: Settings = { munchkinId: '123-ABC-456', clientId: 'sandbox', clientSecret: 'sandbox' }

export type ActionKey = 'upsertLead' | 'sendCustomActivity' | 'visitWebPage'
export const ACTIONS: ActionKey[] = ['upsertLead', 'sendCustomActivity', 'visitWebPage']

/** Realistic events, each of a different user. */
export function eventsFor(action: ActionKey, count: number): JSONObject[] {
  return Array.from({ length: count }, (_, i) => {
    const email = `person.${i}@example.com`
    const common = { messageId: `message-${i}`, timestamp: '2026-05-31T14:00:00.000Z', userId: `user-${i}` }
    if (action === 'upsertLead') {
      const address = { street: `${i} Main Street`, city: 'Eugene', state: 'Oregon', country: 'USA', zip: '97405' }
      const traits = { email, firstName: 'Robyn', lastName: `Fenty ${i}`, company: { name: 'Segment' }, address }
      return { ...common, type: 'identify', traits: { ...traits, phone: '555-555-5555', birthday: '1988-02-20' } }
    }
    const context = { traits: { email }, userAgent: 'Mozilla/5.0 (Macintosh)', page: { url: 'https://example.com/' } }
    if (action === 'visitWebPage') {
      return { ...common, type: 'page', properties: { url: `https://example.com/page/${i}?a=1&b=2#top` }, context }
    }
    const properties = { orderId: `order-${i}`, total: i, currency: 'USD' }
    return { ...common, type: 'track', event: 'Order Completed', properties, context }
  })
}

export function mappingFor(action: ActionKey): JSONObject {
  const defaults = Object.entries(destination.actions[action].fields)
    .filter(([, field]) => field.default !== undefined)
    .map(([key, field]) => [key, field.default])
  const own = {
    activityTypeId: 100001,
    primaryAttributeValue: { '@path': '$.properties.orderId' },
    attributes: { total: { '@path': '$.properties.total' }, currency: { '@path': '$.properties.currency' } }
  }
  return { ...(Object.fromEntries(defaults) as JSONObject), ...(action === 'sendCustomActivity' && own) }
}

/** Sends events in batches, as Segment's platform does. @throws if one of them failed */
export async function sendInBatches(
  definition: DestinationDefinition<Settings>,
  action: ActionKey,
  events: JSONObject[],
  batchSize = 300
): Promise<void> {
  const running = new Destination<Settings>(definition)
  const mapping = mappingFor(action)
  for (let i = 0; i < events.length; i += batchSize) {
    const data = events.slice(i, i + batchSize)
    const outcomes = await running.actions[action].executeBatch({ data, mapping, settings, auth: undefined })
    const failed = outcomes.find(({ status }) => status >= 300)
    if (failed) throw new Error(JSON.stringify(failed))
    running.responses.length = 0
  }
}
