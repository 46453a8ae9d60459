import type { BrowserActionDefinition } from '@segment/browser-destination-runtime/types'
import type { Settings } from '../generated-types'
import type { Payload } from './generated-types'

/**
 * There may be several Munchkin cookies. Marketo V2 Web (Actions) knows which one is that of its instance and of the current visitor,
 * and says so with a function of this name in `window`.
 */
type OfVisitor = { marketoV2Cookie?: () => string | undefined }

/** The cloud destination and this one. An event that switches either off stays unchanged. */
const CLOUD = 'Marketo V2 (Actions)'
const PLUGIN = 'Marketo V2 Plugins (Actions)'

const action: BrowserActionDefinition<Settings, unknown, Payload> = {
  title: 'Marketo Cookie',
  description:
    "Adds the visitor's Marketo cookie (`_mkto_trk`) to every event, so that events sent from servers belong to the visitor that Munchkin tracks.",
  platform: 'web',
  lifecycleHook: 'enrichment',
  defaultSubscription: 'type = "track" or type = "page" or type = "identify" or type = "group"',
  fields: {},
  perform: (_client, { context }) => {
    const { integrations, context: about } = context.event
    const isOff = integrations?.[CLOUD] === false || integrations?.[PLUGIN] === false
    if (isOff || (integrations?.All === false && !integrations[CLOUD])) return

    const given = (about as { Marketo?: { marketoCookie?: unknown } } | undefined)?.Marketo?.marketoCookie
    const { marketoV2Cookie: ofVisitor } = window as Window & OfVisitor
    const cookie = ofVisitor ? ofVisitor() : cookieNamed('_mkto_trk')
    if (given || !cookie || isOptedOut()) return
    context.updateEvent('context.Marketo.marketoCookie', cookie)
  }
}

/** After an opt-out link, Munchkin sets the cookie only once it has loaded. */
function isOptedOut(): boolean {
  return cookieNamed('mkto_opt_out') !== undefined || /[?&]marketo_opt_out=true/.test(window.location.search)
}

/** An unreadable cookie must not stop the event. */
function cookieNamed(name: string): string | undefined {
  let value: string | undefined
  try {
    value = new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1]
    return value && decodeURIComponent(value)
  } catch {
    return value
  }
}

export default action
