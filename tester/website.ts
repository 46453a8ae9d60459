import express from 'express'
import type { Router } from 'express'
import { join } from 'path'
import type { Sandbox } from '../sandbox'
import { forwardTo } from './sandbox-proxy'
import { sourceBundles, sourceSettings, webSettings } from './segment-source'
import { choicesIn } from './website-choices'
import { delivered, deliverAsChosen } from './website-delivery'

const FILES = join(__dirname, 'website')
const STYLES = join(__dirname, 'page/styles')

/** The parts of the sandbox that the website's pages need: Marketo's scripts, forms and tracking, and Segment. */
const PLAYED = ['/munchkin.js', '/js/forms2', '/index.php', '/webevents', '/v1', '/analytics-next', '/bundles']

/** A small website with analytics.js and both web packages, at `/website`: a place to try device mode. */
export function website(sandboxUrl: string): Router {
  const router = express.Router()
  router.use(PLAYED, forwardTo(sandboxUrl))
  router.use('/website/styles', express.static(STYLES), express.static(FILES))
  router.use('/website/scripts', express.static(FILES))
  router.get('/website/delivered', (_req, res) => res.json(delivered))
  router.get(['/website', '/website/:page'], (_req, res) => res.sendFile(join(FILES, 'index.html')))
  return router
}

/**
 * Serves the website's source as each visitor has chosen: the write key says how.
 * @param url where the website is served
 */
export async function switchOn(sandbox: Sandbox, url: string): Promise<void> {
  const settingsFor = (writeKey: string) => {
    const { mode, isAnonymousTracked, hasForm } = choicesIn(writeKey)
    const ofSource = webSettings(url.replace('http:', ''))
    const settings = { ...ofSource, trackAnonymousActivity: isAnonymousTracked, formId: hasForm ? ofSource.formId : 99 }
    return sourceSettings(url, mode === 'cloud' ? undefined : settings, undefined, writeKey)
  }
  sandbox.setSource({ settings: settingsFor, bundles: await sourceBundles(), deliver: deliverAsChosen() })
}
