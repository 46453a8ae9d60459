import { Destination } from '@segment/actions-core'
import type { SegmentEvent as FrameworkEvent } from '@segment/actions-core'
import express from 'express'
import type { Router } from 'express'
import { join } from 'path'
import type { Sandbox, SegmentEvent } from '../sandbox'
import marketo from '../src'
import { SANDBOX } from './marketo-instance'
import { forwardTo } from './sandbox-proxy'
import { sourceBundles, sourceSettings, webSettings } from './segment-source'

const FILES = join(__dirname, 'website')

/** The parts of the sandbox that the website's pages need: Marketo's scripts, forms and tracking, and Segment. */
const PLAYED = ['/munchkin.js', '/js/forms2', '/index.php', '/webevents', '/v1', '/analytics-next', '/bundles']

/** A small website with analytics.js and both web packages, at `/website`. */
export function website(sandboxUrl: string): Router {
  const router = express.Router()
  router.use(PLAYED, forwardTo(sandboxUrl))
  router.get('/website/website.js', (_req, res) => res.sendFile(join(FILES, 'website.js')))
  router.get(['/website', '/website/:page'], (_req, res) => res.sendFile(join(FILES, 'index.html')))
  return router
}

/**
 * Switches everything on for the website: Page and Identify in the browser, Track from the servers.
 * @param url where the website is served
 */
export async function switchOn(sandbox: Sandbox, url: string): Promise<void> {
  const settings = webSettings(url.replace('http:', ''))
  sandbox.setSource({
    settings: sourceSettings(url, settings),
    bundles: await sourceBundles(),
    deliver: fromTheServers()
  })
}

/** Segment's servers, with one mapping: any Track event becomes the sandbox's activity Order Completed. */
export function fromTheServers(): (event: SegmentEvent) => Promise<void> {
  const cloud = new Destination(marketo)
  const settings = {
    ...SANDBOX,
    trackAnonymousActivity: true,
    subscription: {
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
  }
  return async (event) => void (await cloud.onEvent(event as unknown as FrameworkEvent, settings))
}
