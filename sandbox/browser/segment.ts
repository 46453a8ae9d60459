import { json, type Answer, type HttpCall } from '../rest/message'
import { analyticsScript, script } from './files'

/** An event as analytics.js sends it. */
export type SegmentEvent = Record<string, unknown> & { type: string }

/** What Segment's CDN serves for a source. */
export interface Source {
  /** The settings that analytics.js asks for: integrations and remotePlugins. A function gets the write key. */
  settings: object | ((writeKey: string) => object)
  /** Bundles of web destinations, by file name. */
  bundles: Record<string, string>
  /** What Segment's servers do with an event. */
  deliver: (event: SegmentEvent) => void | Promise<void>
}

/** The small part of Segment that analytics.js needs: its CDN, and its tracking API. */
export class Segment {
  readonly events: SegmentEvent[] = []
  source: Source = { settings: { integrations: {} }, bundles: {}, deliver: () => undefined }

  serve({ path }: HttpCall): Answer | undefined {
    const { settings } = this.source
    const [, writeKey] = /^\/v1\/projects\/([^/]+)\//.exec(path) ?? []
    if (writeKey !== undefined) return json(typeof settings === 'function' ? settings(writeKey) : settings)
    if (path.startsWith('/analytics-next/')) return analyticsScript(path)
    const bundle = this.source.bundles[path.slice('/bundles/'.length)]
    return bundle === undefined ? undefined : script(bundle)
  }

  take({ body, headers }: HttpCall): Answer {
    if (body.length > 0) {
      const event = JSON.parse(body.toString()) as SegmentEvent
      const context = { userAgent: headers['user-agent'], ...(event.context as object) }
      const received = { ...event, context, timestamp: event.timestamp ?? event.sentAt }
      this.events.push(received)
      void this.source.deliver(received)
    }
    return json({ success: true })
  }
}
