import { Destination } from '@segment/actions-core'
import type { JSONObject, SegmentEvent as FrameworkEvent } from '@segment/actions-core'
import type { SegmentEvent } from '../sandbox'
import marketo from '../src'
import { SANDBOX } from './marketo-instance'
import { choicesIn } from './website-choices'

type Deliver = (event: SegmentEvent) => Promise<void>

/** A subscription, but for its name. */
type Mapping = {
  partnerAction: string
  subscribe: string
  mapping: JSONObject
}

/** What became of an event in the cloud destination. */
interface Delivered {
  messageId: unknown
  action: string
  /** Why it failed. */
  error?: string
}

/** The last events that reached the cloud destination. */
export const delivered: Delivered[] = []
const KEPT = 50

/** Any Track event becomes the sandbox's activity Order Completed. */
const ORDER: Mapping = {
  partnerAction: 'sendCustomActivity',
  subscribe: 'type = "track"',
  mapping: {
    userId: { '@path': '$.userId' },
    anonymousId: { '@path': '$.anonymousId' },
    activityTypeId: 100001,
    primaryAttributeValue: {
      '@if': {
        exists: { '@path': '$.properties.order_id' },
        then: { '@path': '$.properties.order_id' },
        else: { '@path': '$.event' }
      }
    },
    activityDate: { '@path': '$.timestamp' },
    enable_batching: false
  }
}

/** The mappings that a new destination has: Identify and Page. */
const PRESETS: Mapping[] = (marketo.presets ?? []).flatMap(({ partnerAction, type, mapping, ...preset }) =>
  type === 'automatic' && ['upsertLead', 'visitWebPage'].includes(partnerAction)
    ? [
        {
          partnerAction,
          subscribe: 'subscribe' in preset ? preset.subscribe : '',
          mapping: { ...mapping, enable_batching: false }
        }
      ]
    : []
)

/** Segment's servers in hybrid mode: they send only Track events to Marketo. */
export const fromTheServers = (): Deliver => deliverTo([ORDER], true)

/** Segment's servers, for each event as the visitor has chosen: its write key says how. */
export function deliverAsChosen(): Deliver {
  return async (event) => {
    const { mode, isAnonymousTracked } = choicesIn(String(event.writeKey))
    const mappings = { cloud: [...PRESETS, ORDER], hybrid: [ORDER], device: [] }[mode]
    await deliverTo(mappings, isAnonymousTracked)(event)
  }
}

function deliverTo(mappings: Mapping[], trackAnonymousActivity: boolean): Deliver {
  const cloud = new Destination(marketo)
  return async (event) => {
    const { All: all, [cloud.name]: own = all } = (event.integrations ?? {}) as Record<string, unknown>
    if (own === false) return
    for (const subscription of mappings) {
      if (!subscription.subscribe.includes(`"${event.type}"`)) continue
      const settings = { ...SANDBOX, trackAnonymousActivity, subscription }
      const outcome: Delivered = { messageId: event.messageId, action: subscription.partnerAction }
      try {
        await cloud.onEvent(event as unknown as FrameworkEvent, settings)
      } catch (error) {
        outcome.error = error instanceof Error ? error.message : String(error)
      }
      delivered.unshift(outcome)
      delivered.length = Math.min(delivered.length, KEPT)
    }
  }
}
